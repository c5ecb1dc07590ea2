"""Not more than so many in an hour from one place. Forgotten with the process, and bounded."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_PLACES = 10_000


class Throttle:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()

    def allows(self, place: str, now: datetime) -> bool:
        """Whether one more is allowed; if so it counts."""
        seen = self._seen.setdefault(place, deque())
        self._seen.move_to_end(place)
        while len(self._seen) > _PLACES:
            self._seen.popitem(last=False)
        while seen and now - seen[0] >= _HOUR:
            seen.popleft()
        if len(seen) >= self._limit:
            return False
        seen.append(now)
        return True
