"""When a digest is due: local times of a reader, as instants in UTC.

Local times between 00:59 and 02:01 are refused by the configuration: on clock-change nights they happen
twice or never. At every other time a local date has exactly one instant.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsdesk.dates import LONDON
from newsdesk.model import Subscription

UTC = ZoneInfo("UTC")
LOOK_BACK = timedelta(days=14)  # how old a story's last report may be and still be news to somebody


def cutoff(day: date, at: str) -> datetime:
    """The instant, in UTC, at which the digest of this local date is drawn up; `at` is "07:00"."""
    return datetime.combine(day, time.fromisoformat(at), LONDON).astimezone(UTC)


def due(subscription: Subscription, now: datetime) -> date | None:
    """The latest local date, today or up to a week back, whose digest should exist by now."""
    today = now.astimezone(LONDON).date()
    for back in range(7):
        day = today - timedelta(days=back)
        if day.weekday() in subscription.weekdays and cutoff(day, subscription.at) <= now:
            return day
    return None
