"""A topic: what makes an article relevant and which words show what happened, as data.

The words live in TOML (newsdesk/data/childrens-services.toml says how they count), so that they can be read,
argued over and changed without touching a rule.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

from newsdesk.errors import Mistake
from newsdesk.model import Event
from newsdesk.phrases import Lookout, Phrases, listed
from newsdesk.tomltext import line_of, meant

Where = Literal["anywhere", "top", "title"]
_PART = re.compile(r"\b[A-Z][A-Z_]+\b")


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that speak for the topic or, with a negative weight, against it.

    `core` signals are those of which at least one must be there. `where` says how far down the words are
    looked for. `unless` names other signals: where one of those is in the title or the lead, this is silent;
    it is so too where one that it `needs` is not there. Words of a form of page are not telling before they
    stand in as many lines as `times` says.
    """

    rule: str
    weight: float
    words: Phrases
    core: bool = False
    where: Where = "anywhere"
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class EventSign:
    """The words, each group with its weight, that show one kind of event.

    `background` are words that make a sentence with a sign speak of an event of this kind long past.
    """

    kind: Event
    signs: tuple[tuple[float, Phrases], ...]
    background: Phrases


@dataclass(frozen=True)
class Topic:
    """`ahead` are words of what is only to come; `national` are those of news about no single council."""

    name: str
    threshold: float
    signals: tuple[Signal, ...]
    events: tuple[EventSign, ...]
    ahead: Phrases
    national: Phrases

    @cached_property
    def lookout(self) -> Lookout:
        """Over the words of all signals and events."""
        of_events = (words for event in self.events for _, words in event.signs)
        return Lookout([*(each.words for each in self.signals), *of_events])

    @classmethod
    def read(cls, text: str, origin: str) -> "Topic":
        """From the text of a TOML file. Raises Mistake naming file, line and key."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise Mistake(f"{origin}: {error}") from error
        return cls.of(table, origin, text)

    @classmethod
    def of(cls, table: Mapping[str, Any], origin: str, text: str = "") -> "Topic":
        """From a parsed TOML table; raises Mistake naming `origin`, the line in `text` and the entry."""
        reader = _Reader(origin, text, table)
        reader.check(table, _OF_TOPIC, ())
        signals = tuple(reader.signal(each, number) for number, each in enumerate(table["signal"]))
        rules = {each.rule for each in signals}
        for number, each in enumerate(signals):
            for key, names in (("unless", each.unless), ("needs", each.needs)):
                for name in names:
                    if name not in rules:
                        what = f"signal {each.rule!r}: {key} names no signal: {name!r}"
                        raise reader.mistake(what, ("signal", number, key))
        return cls(
            name=str(table["name"]),
            threshold=reader.number(table, "threshold", ()),
            signals=signals,
            events=tuple(reader.event(each, number) for number, each in enumerate(table["event"])),
            ahead=reader.phrases(table["ahead"], "ahead", ("ahead",)),
            national=reader.phrases(table["national"], "national", ("national",)),
        )


_OF_TOPIC = ({"name", "threshold", "signal", "event", "ahead", "national"}, {"parts"})
_OF_SIGNAL = ({"rule", "weight", "words"}, {"core", "where", "unless", "needs", "times"})
_OF_EVENT = ({"kind", "sign"}, {"background"})
_OF_SIGN = ({"weight", "words"}, set[str]())

_Path = tuple[str | int, ...]


class _Reader:
    """Reads entries of a topic's table; its parts are the names that stand in its phrases for what recurs."""

    def __init__(self, origin: str, text: str, table: Mapping[str, Any]) -> None:
        self._origin, self._text = origin, text
        self._parts = {name: f"({'|'.join(listed(words))})" for name, words in table.get("parts", {}).items()}

    def mistake(self, what: str, path: _Path) -> Mistake:
        line = f":{line_of(self._text, path)}" if self._text else ""
        return Mistake(f"{self._origin}{line}: {what}")

    def check(self, entry: Mapping[str, Any], keys: tuple[set[str], set[str]], path: _Path) -> None:
        """Whether an entry has what it must have, and nothing that is not known."""
        needed, allowed = keys
        for key in sorted(entry.keys() - needed - allowed):
            close = meant(key, needed | allowed)
            raise self.mistake(f"{_called(entry)}{key} is no key that is known{close}", (*path, key))
        for key in sorted(needed - entry.keys()):
            raise self.mistake(f"{_called(entry)}{key} is missing", path)

    def number(self, entry: Mapping[str, Any], key: str, path: _Path) -> float:
        if isinstance(entry[key], bool) or not isinstance(entry[key], (int, float)):
            raise self.mistake(f"{_called(entry)}{key} is no number: {entry[key]!r}", (*path, key))
        return float(entry[key])

    def signal(self, entry: Mapping[str, Any], number: int) -> Signal:
        path = ("signal", number)
        self.check(entry, _OF_SIGNAL, path)
        where = entry.get("where", "anywhere")
        if where not in get_args(Where):
            one_of = ", ".join(get_args(Where))
            raise self.mistake(f"{_called(entry)}where is {where!r}, not one of {one_of}", (*path, "where"))
        return Signal(
            rule=entry["rule"],
            weight=self.number(entry, "weight", path),
            words=self.phrases(entry["words"], f"signal {entry['rule']!r}", (*path, "words")),
            core=bool(entry.get("core", False)),
            where=where,
            unless=tuple(entry.get("unless", ())),
            needs=tuple(entry.get("needs", ())),
            times=int(entry.get("times", 1)),
        )

    def event(self, entry: Mapping[str, Any], number: int) -> EventSign:
        path = ("event", number)
        self.check(entry, _OF_EVENT, path)
        kind, where = entry["kind"], f"event {entry['kind']!r}"
        if kind not in set(Event):
            raise self.mistake(f"{where} is not one of {', '.join(Event)}", (*path, "kind"))
        for each in entry["sign"]:
            self.check(each, _OF_SIGN, path)
        return EventSign(
            Event(kind),
            signs=tuple(
                (self.number(each, "weight", path), self.phrases(each["words"], where, path))
                for each in entry["sign"]
            ),
            background=self.phrases(entry.get("background", ""), where, (*path, "background")),
        )

    def phrases(self, words: str, where: str, path: _Path) -> Phrases:
        unknown = sorted({name for name in _PART.findall(words) if name not in self._parts})
        if unknown:
            raise self.mistake(f"{where}: no part is called {', '.join(unknown)}", path)
        try:
            return Phrases(listed(_PART.sub(lambda name: self._parts[name[0]], words)))
        except ValueError as error:
            raise self.mistake(f"{where}: {error}", path) from error


def _called(entry: Mapping[str, Any]) -> str:
    name = entry.get("rule") or entry.get("kind")
    return f"{name!r}: " if name else ""
