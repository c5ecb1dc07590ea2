"""A saved search: which stories somebody wants. It is also the query string of an address.

council=leeds&region=London&neighbours=york&event=inspection&grade=inadequate&outlet=BBC+News
    &topic=childrens-services&q=%22care+leavers%22

Values of one key widen, keys narrow: an inspection or a direction, of Leeds or in London. A search without a
key wants everything of it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from urllib.parse import parse_qsl, urlencode

from newsdesk.errors import Mistake
from newsdesk.kinds import Event, Grade, Role, Scope
from newsdesk.model import Story
from newsdesk.queries import Document, document, question
from newsdesk.tomltext import meant

# A council is somebody's news when it is judged, when it helps and when its people are sent to help.
TELLING = frozenset({Role.SUBJECT, Role.PARTNER, Role.COMMISSIONER})

_FEW = 20  # words of a vocabulary that a mistake names all of


@dataclass(frozen=True, slots=True)
class Search:
    """What is wanted. Councils are slugs; `neighbours` are councils whose statistical neighbours are meant.

    `grades` asks for a grade that a story announces, never for one that it recalls. `topics` are the names
    of the desk's. `query` is in the language of newsdesk.queries.
    """

    councils: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    neighbours: frozenset[str] = frozenset()
    events: frozenset[Event] = frozenset()
    grades: frozenset[Grade] = frozenset()
    outlets: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    query: str = ""

    def __str__(self) -> str:
        """The query string; `Search.of` reads it back."""
        pairs = [
            (key, value) for key, name in _KEYS.items() if key != "q" for value in sorted(getattr(self, name))
        ]
        return urlencode([*pairs, *([("q", self.query)] if self.query else [])])

    @classmethod
    def of(cls, query_string: str, places: "Places", topics: Collection[str] = ()) -> "Search":
        """From a query string, where these are the known topics.

        Raises Mistake with everything in it that means nothing here.
        """
        said: dict[str, list[str]] = {}
        for key, value in parse_qsl(query_string.removeprefix("?"), keep_blank_values=True):
            said.setdefault(key, []).append(value)
        return _Reader(places, topics).search(said)

    @classmethod
    def stored(cls, query_string: str) -> "Search":
        """From a query string that was read by `of` once: places that have ceased to be find nothing."""
        said: dict[str, set[str]] = {name: set() for name in _KEYS.values()}
        for key, value in parse_qsl(query_string):
            said[_KEYS[key]].add(value)
        return cls(
            councils=frozenset(said["councils"]),
            regions=frozenset(said["regions"]),
            neighbours=frozenset(said["neighbours"]),
            events=frozenset(map(Event, said["events"])),
            grades=frozenset(map(Grade, said["grades"])),
            outlets=frozenset(said["outlets"]),
            topics=frozenset(said["topics"]),
            query="".join(said["query"]),
        )


_KEYS = {
    "council": "councils",
    "region": "regions",
    "neighbours": "neighbours",
    "event": "events",
    "grade": "grades",
    "outlet": "outlets",
    "topic": "topics",
    "q": "query",
}
assert set(_KEYS.values()) == {each.name for each in fields(Search)}


@dataclass(frozen=True, slots=True)
class Places:
    """What councils stand for: the region of each, and its statistical neighbours, nearest first.

    The neighbours in data/neighbours.csv are those the Department for Education groups for comparison, as
    listed in the lookup of the ofsted-ilacs-scrape-tool (MIT) in 2026.
    """

    regions: Mapping[str, str]
    neighbours: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def councils(self, search: Search) -> frozenset[str] | None:
        """Every council that a search is about; None where it does not say."""
        if not (search.councils or search.regions or search.neighbours):
            return None
        near = {each for council in search.neighbours for each in self.neighbours.get(council, ())}
        placed = self.regions.items() if search.regions else ()
        inside = {council for council, region in placed if region in search.regions}
        return search.councils | near | inside


@dataclass(frozen=True, slots=True)
class _Reader:
    places: Places
    topics: Collection[str]

    def search(self, said: Mapping[str, Sequence[str]]) -> Search:
        mistakes = [
            f'there is no "{key}" in a search{meant(key, _KEYS)}' for key in said.keys() - _KEYS.keys()
        ]
        councils, regions = self.places.regions.keys(), set(self.places.regions.values())
        found = {
            "councils": self._known("council", said, councils, mistakes),
            "regions": self._known("region", said, regions, mistakes),
            "neighbours": self._known("neighbours", said, councils, mistakes),
            "events": frozenset(map(Event, self._known("event", said, list(Event), mistakes))),
            "grades": frozenset(map(Grade, self._known("grade", said, list(Grade), mistakes))),
            "outlets": frozenset(said.get("outlet", ())),
            "topics": self._known("topic", said, self.topics, mistakes),
            "query": " AND ".join(f"({each})" for each in said.get("q", ()) if each)
            if len(said.get("q", ())) > 1
            else "".join(said.get("q", ())),
        }
        search = Search(**found)  # type: ignore[arg-type]
        if search.query:
            try:
                question(search.query)
            except Mistake as mistake:
                mistakes += mistake.mistakes
        if mistakes:
            raise Mistake(*sorted(mistakes))
        return search

    def _known(
        self, key: str, said: Mapping[str, Sequence[str]], known: Collection[str], mistakes: list[str]
    ) -> frozenset[str]:
        values = frozenset(said.get(key, ()))
        among = f" (there are {', '.join(sorted(known))})" if len(known) <= _FEW else ""
        mistakes += [
            f'{key}: there is no "{each}"{among}{meant(each, known)}' for each in values - set(known)
        ]
        return values & set(known)


# ---------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Why a story is for somebody, a line for each key that narrowed; or why not, the line that failed."""

    yes: bool
    why: tuple[str, ...]


def asked_of(story: Story, texts: Iterable[str] = ()) -> Document:
    """A story as queries see it: its titles, the texts of its reports, and its facts as words."""
    return document(
        title=[story.headline, *(each.title for each in story.reports)],
        text=[*texts, *(each.snippet for each in story.reports)],
        council=[each.council for each in story.councils if each.role in TELLING],
        event=[story.event],
        grade=[each.grade for each in story.judgements if each.current],
        outlet=[each.outlet for each in story.reports],
        kind=[each.kind for each in story.reports],
        topic=story.topics,
    )


def wanted(search: Search, story: Story, asked: Callable[[], Document], places: Places) -> Wanted:
    """Whether a story is for this search, and why. `asked` is called only where there is a query."""
    why: list[str] = []
    for line, holds in _tests(search, story, asked, places.councils(search)):
        if not holds:
            return Wanted(False, (f"not {line()}",))
        why.append(line())
    return Wanted(True, tuple(why) or ("everything is wanted",))


def is_wanted(
    search: Search, story: Story, asked: Callable[[], Document], about: frozenset[str] | None
) -> bool:
    """The same without the reasons, for many stories; `about` is what Places.councils makes of the search."""
    return all(holds for _, holds in _tests(search, story, asked, about))


def _tests(
    search: Search, story: Story, asked: Callable[[], Document], about: frozenset[str] | None
) -> Iterable[tuple[Callable[[], str], bool]]:
    if search.events:
        yield lambda: f"about {_listed(search.events)}: it is {story.event}", story.event in search.events
    if about is not None:
        named = {each.council for each in story.councils if each.role in TELLING}
        if story.scope is Scope.NATIONAL:
            yield lambda: "national, so for every council", True
        else:
            yield lambda: f"about {_listed(named & about or about)}", not named.isdisjoint(about)
    if search.grades:
        new = {each.grade for each in story.judgements if each.current}
        yield lambda: f"a new grade among {_listed(search.grades)}", bool(new & search.grades)
    if search.outlets:
        outlets = {each.outlet for each in story.reports}
        yield lambda: f"reported by {_listed(search.outlets)}", bool(outlets & search.outlets)
    if search.topics:
        yield lambda: f"on {_listed(search.topics)}", not search.topics.isdisjoint(story.topics)
    if search.query:
        yield lambda: f"found by {search.query}", question(search.query)(asked())


def _listed(values: Iterable[str]) -> str:
    ordered = sorted(values)
    return ", ".join(ordered[:3]) + (f" and {len(ordered) - 3} more" if len(ordered) > 3 else "")
