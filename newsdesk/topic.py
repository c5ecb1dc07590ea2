"""A topic: what makes an article relevant and which words show what happened, as data.

The words live in TOML (newsdesk/data/childrens-services.toml says how they count), so that they can be read,
argued over and changed without touching a rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from newsdesk.errors import Mistake
from newsdesk.model import Event
from newsdesk.phrases import Lookout, Phrases

Where = Literal["anywhere", "top", "title"]


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
            signals = tuple(_signal(each, origin) for each in table["signal"])
            topic = cls(
                name=str(table["name"]),
                threshold=float(table["threshold"]),
                signals=signals,
                events=tuple(_event(each, origin) for each in table["event"]),
                ahead=_phrases(table["ahead"], f"{origin}: ahead"),
                national=_phrases(table["national"], f"{origin}: national"),
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


def _signal(entry: Mapping[str, Any], origin: str) -> Signal:
    return Signal(
        rule=entry["rule"],
        weight=float(entry["weight"]),
        words=_phrases(entry["words"], f"{origin}: signal {entry['rule']!r}"),
        core=bool(entry.get("core", False)),
        where=entry.get("where", "anywhere"),
        unless=tuple(entry.get("unless", ())),
    )


def _event(entry: Mapping[str, Any], origin: str) -> EventSign:
    kind = entry["kind"]
    if kind not in set(Event):
        raise Mistake(f"{origin}: event {kind!r} is not one of {', '.join(Event)}")
    where = f"{origin}: event {kind!r}"
    return EventSign(
        Event(kind),
        signs=tuple((float(each["weight"]), _phrases(each["words"], where)) for each in entry["sign"]),
        background=_phrases(entry.get("background", ()), where),
    )


def _phrases(words: Iterable[str], where: str) -> Phrases:
    try:
        return Phrases(words)
    except ValueError as error:
        raise Mistake(f"{where}: {error}") from error
