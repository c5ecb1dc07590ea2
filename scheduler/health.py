"""How well sources are, noted with each visit; and our own network, told from theirs after each round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk import conditional, habits, outages
from newsdesk.errors import Held, Interrupted, Unreachable
from newsdesk.examining import examined
from newsdesk.health import Condition, judged
from newsdesk.model import Listing, Source, SourceState
from newsdesk.profiles import Look, Profile, first_look, look
from newsdesk.silence import SUSPICIOUS, silence
from storage import Transaction

_LEARN = timedelta(days=1)
_NOT_ASKED = {Held.code, Interrupted.code}


@dataclass(frozen=True, slots=True)
class Records:
    """What was known of some sources before a round."""

    profiles: Mapping[str, Profile]
    conditions: Mapping[str, Sequence[Condition]]

    @classmethod
    def of(cls, tx: Transaction, names: Sequence[str]) -> "Records":
        return cls(tx.health.profiles(names), tx.health.conditions(names))

    def suspects(self, state: SourceState, now: datetime) -> bool:
        """Whether "not modified" is hardly likely any more of this source, and was not looked into lately."""
        profile, trust = self.profiles.get(state.name), state.trust
        if profile is None or trust is None or not trust.unmodified or trust.whole_at is None:
            return False
        quiet = silence(profile.habit, profile.new_at or profile.since, now)
        seldom = max(_LEARN, (now - quiet.since) / 2)
        return quiet.long and quiet.chance < SUSPICIOUS and now - trust.whole_at >= seldom


def looked(
    tx: Transaction,
    records: Records,
    states: Mapping[str, SourceState],
    sources: Mapping[str, Source],
    listings: Sequence[Listing],
    now: datetime,
) -> dict[str, Look]:
    """Each reading beside what its list usually looks like, its habit learnt afresh once a day.

    What is read differently than last time is met for the first time. Ask after the leads were taken.
    """
    looks: dict[str, Look] = {}
    learning: list[Source] = []
    for each in listings:
        source = sources[each.source]
        seen, learns = _look(records.profiles.get(source.name), states[source.name], each, source, now)
        if seen is not None:
            looks[source.name] = seen
        if learns:
            learning.append(source)
    moments = tx.sources.moments([each.name for each in learning], since=now - habits.LEARNT_FROM)
    for source in learning:
        seen = looks[source.name]
        looks[source.name] = replace(seen, profile=_learnt(seen.profile, moments[source.name], source, now))
    return looks


def _look(
    before: Profile | None, state: SourceState, listing: Listing, source: Source, now: datetime
) -> tuple[Look | None, bool]:
    """What is to be said of this reading, and whether it is time to learn the source's habit."""
    if listing.problem:
        return None, False
    changed = state.declaration not in (None, conditional.declaration(source))
    if before is None or changed:
        seen = None if listing.not_modified else first_look(listing, habits.declared(source.weekly), now)
        return seen, seen is not None
    seen = look(before, listing, now)
    return seen, bool(seen.new) and now - before.learnt_at >= _LEARN


def _learnt(
    profile: Profile, came: Sequence[tuple[datetime | None, datetime]], source: Source, now: datetime
) -> Profile:
    since = now - habits.LEARNT_FROM
    moments = habits.arrivals(came, profile.since)
    watched = min([profile.since, *(each for each in moments if each >= since)])
    habit = habits.learn(moments, source.weekly, since=watched, now=now)
    return replace(profile, habit=habit, learnt_at=now)


def note(
    tx: Transaction,
    records: Records,
    before: Mapping[str, SourceState],
    after: Mapping[str, SourceState],
    listings: Sequence[Listing],
    looks: Mapping[str, Look],
    now: datetime,
) -> None:
    """Keeps what visits say of each level of their sources, and what their lists look like now."""
    profiles = {name: each.profile for name, each in looks.items()}
    tx.health.keep({name: each for name, each in profiles.items() if each != records.profiles.get(name)})
    judgements = []
    for each in listings:
        name = each.source
        found = examined(before[name], after[name], each, looks.get(name), now)
        judgements += judged(name, records.conditions.get(name, ()), found, now)
    tx.health.note(judgements)


def is_silent(listing: Listing) -> bool:
    """Whether nobody answered: its host may be away, or we are."""
    return listing.problem is not None and listing.problem.code == Unreachable.code


def verdict(
    tx: Transaction, hosts: Mapping[str, str], listings: Collection[Listing], watched: int, now: datetime
) -> frozenset[str]:
    """The hosts that are not blamed for a round's silence; the outage is noted.

    `hosts` are those of the sources that were asked, `watched` is how many hosts there are in all.
    """
    asked = [each for each in listings if each.problem is None or each.problem.code not in _NOT_ASKED]
    answered = frozenset(hosts[each.source] for each in asked if not is_silent(each))
    silent = frozenset(hosts[each.source] for each in asked) - answered
    live = tx.health.outage()
    said = outages.judged(live, silent, answered, watched=watched, now=now)
    if said.outage is not None and said.outage != live:
        tx.health.save_outage(said.outage)
    return said.spared
