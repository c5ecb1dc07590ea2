"""What a source's list looks like when it is well, and in what way one that was just read is not like that.

A list that cannot be read at all is told by its reader. This is for the others: lists that can be read and
are wrong all the same. Each is compared with the source's own past, never with other sources.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk import urls
from newsdesk.habits import Habit, expected
from newsdesk.health import Finding, Level
from newsdesk.model import Lead, Listing
from newsdesk.text import digest

_MOST = 100  # items whose addresses and titles are remembered: the newest of a long list
_ENOUGH = 5  # items: of fewer no share means anything
_SHRUNK, _SUDDENLY, _SPAN = 0.25, 0.4, 0.7
_WHOLE, _LACKING = 0.8, 0.2  # shares: a field was on nearly all items, and is on hardly any
_SAME, _OTHER = 0.6, 0.1  # shares: the titles are those of last time, the addresses are not
_AHEAD = timedelta(days=2)
_SLOW = 0.2  # the weight of the latest list in an average
_GARBLED = re.compile("Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\xa0£©·–]|\N{REPLACEMENT CHARACTER}")
_FREEZE = frozenset({"shrunk", "one-page", "went-back", "another-list"})
_ONCE = frozenset({"ids-rotate"})  # a list that did not change since says nothing new of it


@dataclass(frozen=True, slots=True)
class Profile:
    """A source's list: what it last showed, and its averages. Shares are of its items.

    `since` is the first reading, `read_at` the latest; the habit was learnt at `learnt_at`, and an item was
    last new at `new_at`. `span` is the age of the oldest item in days. `doubts` are what the latest reading
    found wrong.
    """

    since: datetime
    read_at: datetime
    habit: Habit
    learnt_at: datetime
    addresses: frozenset[int]
    titles: frozenset[int]
    last: int
    items: float
    span: float
    dated: float
    titled: float
    garbled: float
    newest: datetime | None = None
    new_at: datetime | None = None
    doubts: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What a reading showed beside the profile it leaves. `rolled`: items may have come and gone unseen."""

    profile: Profile
    confirmed: tuple[Finding, ...] = ()
    new: int = 0
    rolled: bool = False


def first_look(listing: Listing, habit: Habit, now: datetime) -> Look:
    """The profile of a source that was never read before. Nothing can be wrong with it yet."""
    seen = _Seen(listing.leads, now)
    made = Profile(
        since=now,
        read_at=now,
        habit=habit,
        learnt_at=now,
        addresses=seen.addresses,
        titles=seen.titles,
        last=seen.count,
        items=seen.count,
        span=seen.span,
        dated=seen.dated,
        titled=seen.titled,
        garbled=seen.garbled,
        newest=seen.newest,
        new_at=seen.newest or now,
    )
    return Look(made, new=seen.count)


def look(profile: Profile, listing: Listing, now: datetime) -> Look:
    """A reading beside the profile. Whatever is wrong is confirmed when the last reading found it, too."""
    if listing.not_modified:
        return Look(profile, tuple(each for each in profile.doubts if each.code not in _ONCE))
    seen = _Seen(listing.leads, now)
    rolled = _rolled_over(profile, seen, now)
    found = tuple(_wrong(profile, seen, rolled=rolled))
    doubted = {each.code for each in profile.doubts}
    new = _new(profile, seen)
    wrong = {each.code for each in found}
    after = profile
    if not wrong & _FREEZE:
        after = _shown(after, seen)
    if not wrong:
        after = _averaged(after, seen)
    honest = new if not wrong & {"ids-rotate", *_FREEZE} else []
    if honest:
        after = replace(after, new_at=max(_came(lead, profile, now) for lead in honest))
    after = replace(after, read_at=now, doubts=found)
    return Look(
        after, tuple(each for each in found if each.code in doubted), len(honest), rolled and not wrong
    )


class _Seen:
    """One list in figures."""

    def __init__(self, leads: Sequence[Lead], now: datetime) -> None:
        by_address = {_short(urls.key(lead.url)): lead for lead in reversed(leads)}
        self.shown = len(leads)
        self.count = len(by_address)
        known = [lead.published for lead in by_address.values() if lead.published]
        past = [each for each in known if each <= now + _AHEAD]
        self.leads = dict(sorted(by_address.items(), key=_newest_first)[:_MOST])
        self.addresses = frozenset(self.leads)
        self.titles = frozenset(_short(digest(lead.title)) for lead in self.leads.values() if lead.title)
        self.newest = min(max(past), now) if past else None
        self.oldest = min(past) if past else None
        self.span = (now - self.oldest) / timedelta(days=1) if self.oldest else 0.0
        total = max(self.count, 1)
        self.dated = len(past) / total
        self.ahead = (len(known) - len(past)) / total
        self.titled = len(self.titles) / max(len(self.leads), 1)
        self.garbled = sum(bool(_GARBLED.search(f"{x.title} {x.summary}")) for x in leads) / max(
            len(leads), 1
        )


def _newest_first(item: tuple[int, Lead]) -> tuple[bool, float]:
    published = item[1].published
    return published is None, -published.timestamp() if published else 0.0


def _short(hashed: int) -> int:
    return hashed & 0xFFFFFFFF


def _new(profile: Profile, seen: _Seen) -> list[Lead]:
    """Items not shown last time, without old ones that a long list shows again."""
    return [
        lead
        for address, lead in seen.leads.items()
        if address not in profile.addresses
        and (lead.published is None or profile.newest is None or lead.published > profile.newest - _AHEAD)
    ]


def _came(lead: Lead, profile: Profile, now: datetime) -> datetime:
    """When an item came: as it says, if that lies between two visits, else when it was seen."""
    said = lead.published
    return said if said and profile.read_at <= said <= now else now


def _rolled_over(profile: Profile, seen: _Seen, now: datetime) -> bool:
    """Whether all that was shown last time has made room for what is newer."""
    if profile.last < 2 or seen.addresses & profile.addresses or seen.titles & profile.titles:
        return False
    if seen.oldest and profile.newest:
        return seen.oldest > profile.newest - _AHEAD
    return expected(profile.habit, profile.read_at, now) >= seen.count / 4


def _wrong(profile: Profile, seen: _Seen, *, rolled: bool) -> Iterator[Finding]:
    yield from _of_candidates(profile, seen, rolled=rolled)
    yield from _of_fields(profile, seen)
    yield from _of_rhythm(profile, seen)


def _of_candidates(profile: Profile, seen: _Seen, *, rolled: bool) -> Iterator[Finding]:
    level = Level.CANDIDATES
    usual = f"{profile.items:.0f}"
    if seen.shown >= _ENOUGH and seen.count <= seen.shown * _SHRUNK:
        said = f"{seen.shown} items, {seen.count} addresses; usually {usual}"
        yield Finding(level, "one-page", "all its items lead to the same page", said)
    elif (
        profile.items >= 2 * _ENOUGH - 2
        and seen.count <= profile.items * _SHRUNK
        and seen.count <= profile.last * _SUDDENLY
        and not (profile.span and seen.span >= profile.span * _SPAN)
    ):
        said = f"{_items(seen.count)} shown, {profile.last} the time before; usually {usual}"
        yield Finding(level, "shrunk", "its list has shrunk to next to nothing", said)
    both = min(profile.last, seen.count) >= _ENOUGH
    strange = not (seen.addresses & profile.addresses or seen.titles & profile.titles)
    if both and strange and not rolled:
        said = f"none of the {profile.last} items of the time before is among {seen.count}"
        yield Finding(level, "another-list", "another list has taken the place of the news", said)
    gone = len(profile.addresses - seen.addresses)
    back = profile.newest and seen.newest and seen.newest < profile.newest
    if both and not strange and back and gone >= 3:
        said = f"its newest item is of {seen.newest:%d %b}, {gone} newer ones are gone"
        yield Finding(level, "went-back", "its list went back in time: an old copy is served", said)


def _of_fields(profile: Profile, seen: _Seen) -> Iterator[Finding]:
    level = Level.FIELDS
    if seen.count < min(_ENOUGH, profile.items):
        return
    if profile.dated >= _WHOLE and seen.dated <= _LACKING:
        said = f"{seen.dated:.0%} of {seen.count} items have one, usually {profile.dated:.0%}"
        if seen.ahead >= 0.5:
            said = f"{seen.ahead:.0%} of {seen.count} items are dated more than two days ahead"
            yield Finding(level, "dates-ahead", "its items are dated in the future", said)
        else:
            yield Finding(level, "dates-gone", "its items have no date any more", said)
    if profile.titled >= _WHOLE and seen.titled <= 0.5:
        said = f"{len(seen.titles)} titles for {seen.count} items"
        yield Finding(level, "titles-gone", "its items have no titles of their own any more", said)
    if profile.garbled <= 0.05 and seen.garbled >= 0.15:
        said = f"{seen.garbled:.0%} of {seen.shown} items, usually {profile.garbled:.0%}"
        yield Finding(level, "garbled", "its letters are garbled: the character set it states is wrong", said)


def _of_rhythm(profile: Profile, seen: _Seen) -> Iterator[Finding]:
    if len(seen.titles) < _ENOUGH or not profile.titles:
        return
    same = _share(seen.titles, profile.titles)
    if same >= _SAME and _share(seen.addresses, profile.addresses) <= _OTHER:
        said = f"{same:.0%} of {seen.count} titles are those of the time before, their addresses are not"
        yield Finding(Level.RHYTHM, "ids-rotate", "the addresses of its items change at every visit", said)


def _share(now: Collection[int], before: Collection[int]) -> float:
    return len(frozenset(now) & frozenset(before)) / max(len(now), 1)


def _shown(profile: Profile, seen: _Seen) -> Profile:
    newest = max(filter(None, (profile.newest, seen.newest)), default=None)
    return replace(profile, addresses=seen.addresses, titles=seen.titles, last=seen.count, newest=newest)


def _averaged(profile: Profile, seen: _Seen) -> Profile:
    def mixed(before: float, now: float) -> float:
        return round(before + _SLOW * (now - before), 4)

    return replace(
        profile,
        items=mixed(profile.items, seen.count),
        span=mixed(profile.span, seen.span),
        dated=mixed(profile.dated, seen.dated),
        titled=mixed(profile.titled, seen.titled),
        garbled=mixed(profile.garbled, seen.garbled),
    )


def _items(number: int) -> str:
    return f"{number} item" if number == 1 else f"{number} items"
