"""Which of the declared sources are watched: the names and sets in the configuration's list, and its editing.

A set is one of "starter" (a few sources to begin with), "own" (what the installation declares itself),
"national" (what is about no council in particular), "council:leeds" and "region:West Midlands" (all that is
published by these councils or covers them). An empty list means the starter set and the installation's own.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council
from newsdesk.model import Kind, Source
from newsdesk.tomltext import meant

STARTER_SET = (
    "herefordshire-news-feed",
    "herefordshire-news-page",
    "herefordshire-committees",
    "leeds-news",
    "ofsted-herefordshire",
    "ofsted-leeds",
    "ofsted-news",
    "dfe-news",
    "cypnow",
    "community-care",
    "lgc",
    "hereford-times",
    "bbc-hereford-worcester",
)
WHEN_EMPTY = ("starter", "own")
_LONGEST = 100  # characters of a list on one line
_LIST = re.compile(r"^[ \t]*sources[ \t]*=[ \t]*\[", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_PART = re.compile(r"#[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|,|\]")


class Served(NamedTuple):
    """Of so many councils, how many have a newsroom, committee papers, and a page of Ofsted's."""

    councils: int
    newsroom: int
    committees: int
    official: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is declared. `own` are the names that the installation's folder declares."""

    declared: Mapping[str, Source]
    councils: Mapping[str, Council]
    own: Collection[str]

    def chosen(self, wanted: Sequence[str]) -> dict[str, Source]:
        """The sources that these names and sets switch on. Raises Mistake with every one that is unknown."""
        unknown = [said for each in wanted if (said := self._unknown(each))]
        if unknown:
            raise Mistake(*unknown)
        names = {name for each in wanted or WHEN_EMPTY for name in self._named(each)}
        return {name: source for name, source in self.declared.items() if name in names}

    def source(self, name: str) -> Source:
        """A declared source, switched on or not. Raises Mistake."""
        if name not in self.declared:
            raise Mistake(_none("source", name, self.declared))
        return self.declared[name]

    def served(self) -> "Served":
        """How many councils there are, and how many have declared sources of each sort of their own."""
        wanted = (Kind.COUNCIL, Kind.COMMITTEE, Kind.INSPECTORATE)
        whose = ({each.council for each in self.declared.values() if each.kind is kind} for kind in wanted)
        return Served(len(self.councils), *(len(self.councils.keys() & slugs) for slugs in whose))

    def region(self, name: str) -> str:
        """The region as it is written in sets, however its letters were typed. Raises Mistake."""
        known = {each.lower(): each for each in self._regions()}
        if name.lower() not in known:
            raise Mistake(f'no region is called "{name}"{meant(name, known.values())}')
        return known[name.lower()]

    def _named(self, wanted: str) -> Iterable[str]:
        kind, _, value = wanted.partition(":")
        if kind == "council":
            return self._about({value})
        if kind == "region":
            return self._about({slug for slug, each in self.councils.items() if each.region == value})
        if wanted == "starter":
            return STARTER_SET
        if wanted == "own":
            return self.own
        if wanted == "national":
            return (
                name
                for name, each in self.declared.items()
                if not each.council and not each.covers and name not in self.own
            )
        return (wanted,)

    def _about(self, councils: Collection[str]) -> list[str]:
        return [
            name
            for name, each in self.declared.items()
            if each.council in councils or not set(councils).isdisjoint(each.covers)
        ]

    def _unknown(self, wanted: str) -> str | None:
        kind, colon, value = wanted.partition(":")
        if kind == "council" and colon:
            return None if value in self.councils else _none("council", value, self.councils)
        if kind == "region" and colon:
            return None if value in self._regions() else _none("region", value, self._regions())
        if wanted in ("starter", "own", "national") or wanted in self.declared:
            return None
        return _none("source", wanted, self.declared)

    def _regions(self) -> set[str]:
        return {each.region for each in self.councils.values()}


def _none(what: str, name: str, known: Iterable[str]) -> str:
    return f'no {what} is called "{name}"{meant(name, known)}'


# ---------------------------------------------------------------- the configuration's list


def listed(text: str, added: Sequence[str]) -> str:
    """The configuration's text with these in its list of sources; every comment and line stays as it is.

    A list that was empty names what it meant before. Raises Mistake when the list is written in a way that
    cannot be edited with certainty.
    """
    table = tomllib.loads(text)
    before = table.get("sources", [])
    wanted = list(dict.fromkeys([*(before or WHEN_EMPTY), *added]))
    edited = _edited(text, wanted, [each for each in wanted if each not in before])
    if edited is None or _parsed(edited) != table | {"sources": wanted}:
        raise Mistake("the list of sources could not be edited: write " + _on_one_line(wanted))
    return edited


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _edited(text: str, wanted: Sequence[str], new: Sequence[str]) -> str | None:
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    first_table = _TABLE.search(text)
    found = _LIST.search(text, 0, first_table.start() if first_table else len(text))
    if found is None:
        at = first_table.start() if first_table else len(text)
        lead = end_of_line if at and not text[:at].endswith("\n") else ""
        return f"{text[:at]}{lead}sources = {_array(wanted, end_of_line)}{end_of_line * 2}{text[at:]}"
    last, comma, close = found.end(), True, None
    for part in _PART.finditer(text, found.end()):
        if part[0] == "]":
            close = part.start()
            break
        if part[0][0] != "#":
            last, comma = part.end(), part[0] == ","
    if close is None or not new:
        return text if close else None
    if "\n" not in text[found.end() : close]:
        return text[: found.end() - 1] + _array(wanted, end_of_line) + text[close + 1 :]
    kept = text[:last] + ("" if comma else ",") + text[last:close].rstrip()
    return kept + "".join(f"{end_of_line}    {_quoted(each)}," for each in new) + end_of_line + text[close:]


def _array(names: Sequence[str], end_of_line: str) -> str:
    line = _on_one_line(names)
    if len(line) <= _LONGEST:
        return line
    return "[" + "".join(f"{end_of_line}    {_quoted(each)}," for each in names) + end_of_line + "]"


def _on_one_line(names: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
