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
    tx: Transaction, records: Records, state: SourceState, listing: Listing, source: Source, now: datetime
) -> Look | None:
    """A reading beside what its list usually looks like, its habit learnt afresh once a day.

    What is read differently than last time is met for the first time. Ask after its leads were taken.
    """
    if listing.problem:
        return None
    before = records.profiles.get(source.name)
    changed = state.declaration not in (None, conditional.declaration(source))
    if before is None or changed:
        if listing.not_modified:
            return None
        seen = first_look(listing, habits.declared(source.weekly), now)
        return replace(seen, profile=_learnt(tx, seen.profile, source, now))
    seen = look(before, listing, now)
    if seen.new and now - before.learnt_at >= _LEARN:
        seen = replace(seen, profile=_learnt(tx, seen.profile, source, now))
    return seen


def _learnt(tx: Transaction, profile: Profile, source: Source, now: datetime) -> Profile:
    since = now - habits.LEARNT_FROM
    moments = habits.arrivals(tx.sources.moments(source.name, since=since), profile.since)
    watched = min([profile.since, *(each for each in moments if each >= since)])
    habit = habits.learn(moments, source.weekly, since=watched, now=now)
    return replace(profile, habit=habit, learnt_at=now)


def note(
    tx: Transaction,
    records: Records,
    before: SourceState,
    after: SourceState,
    listing: Listing,
    seen: Look | None,
    now: datetime,
) -> None:
    """Keeps what a visit says of each level of a source, and what its list looks like now."""
    name = listing.source
    if seen is not None and seen.profile != records.profiles.get(name):
        tx.health.keep(name, seen.profile)
    found = examined(before, after, listing, seen, now)
    tx.health.note(judged(name, records.conditions.get(name, ()), found, now))


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
