"""A topic: what makes an article relevant and which words show what happened, as data.

The words live in TOML (newsdesk/data/childrens-services.toml says how they count), so that they can be read,
argued over and changed without touching a rule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from newsdesk.errors import Mistake
from newsdesk.model import Event
from newsdesk.phrases import Lookout, Phrases, listed

Where = Literal["anywhere", "top", "title"]
_PART = re.compile(r"\b[A-Z][A-Z_]+\b")


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that speak for the topic or, with a negative weight, against it.

    `core` signals are those of which at least one must be there. `where` says how far down the words are
    looked for. `unless` names other signals: where one of those is in the title or the lead, this is silent.
    """

    rule: str
    weight: float
    words: Phrases
    core: bool = False
    where: Where = "anywhere"
    unless: tuple[str, ...] = ()


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
    def of(cls, table: Mapping[str, Any], origin: str) -> "Topic":
        """From a parsed TOML table; raises Mistake naming `origin` and the entry that is wrong."""
        try:
            parts = {name: f"({'|'.join(listed(words))})" for name, words in table.get("parts", {}).items()}
            reader = _Reader(origin, parts)
            signals = tuple(reader.signal(each) for each in table["signal"])
            topic = cls(
                name=str(table["name"]),
                threshold=float(table["threshold"]),
                signals=signals,
                events=tuple(reader.event(each) for each in table["event"]),
                ahead=reader.phrases(table["ahead"], "ahead"),
                national=reader.phrases(table["national"], "national"),
            )
        except KeyError as missing:
            raise Mistake(f"{origin}: {missing.args[0]} is missing") from missing
        rules = {each.rule for each in signals}
        unknown = [(each.rule, name) for each in signals for name in each.unless if name not in rules]
        if unknown:
            raise Mistake(
                *(f"{origin}: signal {rule!r}: unless names no signal: {name!r}" for rule, name in unknown)
            )
        return topic


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads entries of a topic's table; `parts` are the names that stand in its phrases for what recurs."""

    origin: str
    parts: Mapping[str, str]

    def signal(self, entry: Mapping[str, Any]) -> Signal:
        return Signal(
            rule=entry["rule"],
            weight=float(entry["weight"]),
            words=self.phrases(entry["words"], f"signal {entry['rule']!r}"),
            core=bool(entry.get("core", False)),
            where=entry.get("where", "anywhere"),
            unless=tuple(entry.get("unless", ())),
        )

    def event(self, entry: Mapping[str, Any]) -> EventSign:
        kind = entry["kind"]
        if kind not in set(Event):
            raise Mistake(f"{self.origin}: event {kind!r} is not one of {', '.join(Event)}")
        where = f"event {kind!r}"
        return EventSign(
            Event(kind),
            signs=tuple(
                (float(each["weight"]), self.phrases(each["words"], where)) for each in entry["sign"]
            ),
            background=self.phrases(entry.get("background", ""), where),
        )

    def phrases(self, words: str, where: str) -> Phrases:
        unknown = sorted({name for name in _PART.findall(words) if name not in self.parts})
        if unknown:
            raise Mistake(f"{self.origin}: {where}: no part is called {', '.join(unknown)}")
        try:
            return Phrases(listed(_PART.sub(lambda name: self.parts[name[0]], words)))
        except ValueError as error:
            raise Mistake(f"{self.origin}: {where}: {error}") from error
