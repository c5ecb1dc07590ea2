"""What clocks do: histories of a service that is away, falls over, and whose clock is put back and forward.

And the law that holds whatever they do: each reader and local date has exactly one digest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from newsdesk.kinds import Cadence
from newsdesk.slots import LATEST, LONDON, Bell

DAY = timedelta(days=1)
NIGHTS = (date(2026, 3, 29), date(2026, 10, 25))  # on which London's clocks change
Span = tuple[date, date]

DAILY = Bell(Cadence.DAILY, LONDON, "07:00")
BELLS: Mapping[str, Bell] = {
    "daily": DAILY,
    "daily, asked later": DAILY,
    "after clocks change": Bell(Cadence.DAILY, LONDON, "02:30"),
    "while clocks change": Bell(Cadence.DAILY, LONDON, "01:30"),  # nobody may ask for it; it holds even so
    "weekdays": Bell(Cadence.WEEKDAYS, LONDON, "07:00"),
    "mondays": Bell(Cadence.WEEKLY, LONDON, "07:00", 0),
    "fridays": Bell(Cadence.WEEKLY, LONDON, "07:00", 4),
    "sunday nights": Bell(Cadence.WEEKLY, LONDON, "02:30", 6),
    "at once": Bell(Cadence.INSTANT, LONDON, "07:00"),
}


@dataclass(frozen=True)
class Tick:
    """The clock shows `now`, and the bell rings. Falling over then leaves slots without their digests."""

    now: datetime
    falls_over: bool


@dataclass(frozen=True)
class History:
    """`since` is by reader when each began to be one."""

    since: Mapping[str, datetime]
    ticks: tuple[Tick, ...]


_DAY = 24 * 60  # minutes, in steps of a quarter of an hour: on the clock's face, and between
_STEP = st.one_of(
    st.integers(-_DAY // 15, _DAY // 15).map(lambda each: each * 15 + 1),
    st.integers(0, 14 * _DAY // 15).map(lambda each: each * 15),
)
_STEPS = st.lists(st.tuples(_STEP, st.booleans()), min_size=2, max_size=10)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Around a night on which clocks change: minutes, days back and forward, and fortnights away."""
    night = datetime.combine(draw(st.sampled_from(NIGHTS)), datetime.min.time(), UTC)
    begin = now = night + timedelta(hours=draw(st.integers(-24 * 8, 24 * 2)))
    ticks = []
    for minutes, falls_over in draw(_STEPS):
        now += timedelta(minutes=minutes)
        ticks.append(Tick(now, falls_over))
    later = begin + draw(st.integers(0, 10)) * DAY
    return History({name: later if "later" in name else begin - 20 * DAY for name in BELLS}, tuple(ticks))


def told_twice(bell: Bell, told: Iterable[Span]) -> list[date]:
    """The dates that two of a reader's digests cover."""
    return [day for day, times in Counter(_days(bell, told)).items() if times > 1]


def left_out(bell: Bell, since: datetime, told: Iterable[Span], ticks: Sequence[Tick]) -> set[date]:
    """The dates of which a reader should have been told after these ticks and was not.

    What is older than a week is not made good: seen from where the clock has been at its latest, for what was
    let go then is not taken up again. `told` are the dates of digests, and of slots yet to be drawn.
    """
    now, latest = ticks[-1].now, max(each.now for each in ticks)
    horizon = latest.astimezone(ZoneInfo(bell.zone)).date() - LATEST * DAY
    due = _days(bell, [(horizon, now.date())])
    return {day for day in due if since <= bell.instant(day) <= now} - {*_days(bell, told)}


def _days(bell: Bell, spans: Iterable[Span]) -> Iterator[date]:
    """The dates in these spans on which the bell rings."""
    for first, last in spans:
        for each in range((last - first).days + 1):
            if bell.rings(first + each * DAY):
                yield first + each * DAY
