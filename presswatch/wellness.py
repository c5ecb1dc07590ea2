"""How well the installation is, in plain values: what `status` and `sources health` tell."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from newsdesk.concerns import Concern
from newsdesk.dates import local
from newsdesk.habits import arrivals, declared
from newsdesk.health import Condition, needs_somebody
from newsdesk.profiles import Profile
from newsdesk.remedies import remedy
from newsdesk.silence import notices_after, silence, tells
from presswatch.shapes import stamp
from scheduler import accounting, bulletins, leasing
from scheduler.house import House
from storage import Transaction

_DAYS = 28


def sources(house: House, names: Sequence[str]) -> list[dict[str, Any]]:
    """Each source with its levels, its rhythm, and the items of each of the last 28 London days."""
    now = house.clock()
    with house.store.read() as tx:
        states, profiles = tx.sources.states(names), tx.health.profiles(names)
        conditions, rolled = tx.health.conditions(names), tx.sources.rolled(since=now - timedelta(_DAYS))
        return [
            {
                "name": name,
                "outlet": house.sources[name].outlet,
                "needs_somebody": any(needs_somebody(each, now) for each in conditions.get(name, ())),
                "levels": [_level(house, each) for each in conditions.get(name, ())],
                "rhythm": _rhythm(house, name, profiles.get(name)),
                "silence": _silence(profiles.get(name), now),
                "items_per_day": _items_per_day(tx, name, profiles.get(name), now),
                "rolled_at": stamp(rolled.get(name)),
                "visited_at": stamp(states[name].visited_at),
                "next_visit_at": stamp(states[name].next_visit_at),
            }
            for name in names
        ]


def status(house: House) -> dict[str, Any]:
    """Service, last round, sources by health, slots of today, outbox, and what needs a person."""
    now = house.clock()
    lines = accounting.watch(house)
    with house.store.read() as tx:
        ill = tx.health.conditions(list(house.sources))
        states = tx.sources.states(list(house.sources))
        latest, outage = tx.sources.latest(), tx.health.outage()
        needs = list(bulletins.concerns(house, tx))
        accounts = tx.accounts.latest(100, since=_midnight(now))
        outbox = tx.outbox.waiting()
        alive = [each for each in tx.leases.names(now) if each.startswith(leasing.PRESENCE)]
    worst = [_worst(ill.get(name, ()), visited=states[name].visited_at) for name in house.sources]
    return {
        "services": [each.removeprefix(leasing.PRESENCE) for each in alive],
        "last_visit_at": stamp(latest.at) if latest else None,
        "offline_since": stamp(outage.since) if outage and outage.recognised else None,
        "sources": dict(Counter(worst)),
        "slots_today": dict(Counter(each.state for each in accounts)),
        "outbox": outbox,
        "needs": [_need(each) for each in needs] + [{"what": each, "since": None} for each in lines],
    }


def _level(house: House, each: Condition) -> dict[str, Any]:
    source = house.sources[each.source]
    return {
        "level": each.level.value,
        "state": each.state,
        "code": each.code,
        "reason": each.reason,
        "since": stamp(each.since),
        "evidence": each.evidence,
        "remedy": remedy(each.code, name=source.name, url=source.url),
    }


def _need(each: Concern) -> dict[str, Any]:
    return {
        "what": each.what,
        "since": stamp(each.since),
        "evidence": each.evidence,
        "remedy": each.remedy,
        "missed": each.missed,
    }


def _worst(conditions: Sequence[Condition], *, visited: datetime | None) -> str:
    """The lowest level that is not well, or "well", or "never visited"."""
    ill = next((each.level.value for each in conditions if each.state != "fixed"), None)
    return ill or ("well" if visited else "never visited")


def _rhythm(house: House, name: str, profile: Profile | None) -> str:
    if profile is None:
        low, high = house.sources[name].weekly
        return f"never read; declared to bring {low} to {high} a week"
    return f"{profile.habit.weekly:.1f} a week"


def _silence(profile: Profile | None, now: datetime) -> str:
    """Whether its number of items can tell that it has died, and when that would be."""
    habit = profile.habit if profile else declared((0, 0))
    if profile is None or not tells(habit):
        return "its volume cannot tell whether it is silent: it rests on the structure of its list"
    quiet = silence(habit, profile.new_at or profile.since, now)
    days = notices_after(habit, quiet.since) / timedelta(days=1)
    return f"latest item {local(quiet.since):%d %b %H:%M}; a silence of {days:.0f} days would be strange"


def _items_per_day(tx: Transaction, name: str, profile: Profile | None, now: datetime) -> list[int]:
    since = now - timedelta(days=_DAYS)
    came = arrivals(tx.sources.moments([name], since=since)[name], profile.since) if profile else []
    by_day = Counter(local(each).date() for each in came)
    today = local(now).date()
    return [by_day[today - timedelta(days=back)] for back in range(_DAYS - 1, -1, -1)]


def _midnight(now: datetime) -> datetime:
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)
