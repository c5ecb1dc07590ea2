"""A topic: what makes an article relevant and which words show what happened, as data.

The words live in TOML (newsdesk/data/childrens-services.toml says how they count), so that they can be read,
argued over and changed without touching a rule.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newsdesk.errors import Mistake
from newsdesk.model import Event


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern that speaks for (or, with a negative weight, against) the topic.

    `unless` silences it where that other pattern is in the title or the lead. `core` signals are those of
    which at least one must be there.
    """

    rule: str
    weight: float
    pattern: re.Pattern[str]
    core: bool = False
    where: Literal["anywhere", "title"] = "anywhere"
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class EventSign:
    """The weighted patterns that show one kind of event."""

    kind: Event
    patterns: tuple[tuple[float, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    threshold: float
    signals: tuple[Signal, ...]
    events: tuple[EventSign, ...]

    @classmethod
    def of(cls, table: Mapping[str, Any], origin: str) -> "Topic":
        """From a parsed TOML table; raises Mistake naming `origin` and the entry that is wrong."""
        try:
            return cls(
                name=str(table["name"]),
                threshold=float(table["threshold"]),
                signals=tuple(_signal(each, origin) for each in table["signal"]),
                events=tuple(_event(each, origin) for each in table["event"]),
            )
        except KeyError as missing:
            raise Mistake(f"{origin}: {missing.args[0]} is missing") from missing


def _signal(entry: Mapping[str, Any], origin: str) -> Signal:
    unless = entry.get("unless")
    return Signal(
        rule=entry["rule"],
        weight=float(entry["weight"]),
        pattern=_compiled(entry["pattern"], f"{origin}: signal {entry['rule']!r}"),
        core=bool(entry.get("core", False)),
        where=entry.get("where", "anywhere"),
        unless=_compiled(unless, f"{origin}: signal {entry['rule']!r}, unless") if unless else None,
    )


def _event(entry: Mapping[str, Any], origin: str) -> EventSign:
    kind = entry["kind"]
    if kind not in set(Event):
        raise Mistake(f"{origin}: event {kind!r} is not one of {', '.join(Event)}")
    patterns: Sequence[tuple[float, str]] = entry["patterns"]
    return EventSign(
        Event(kind),
        tuple((float(weight), _compiled(words, f"{origin}: event {kind!r}")) for weight, words in patterns),
    )


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise Mistake(f"{where}: the pattern cannot be read: {error}") from error
