"""Where the process is killed: on entering or on leaving a named function of the house, the n-th time.

A profile function watches every call, so that nothing in the house knows of it. Its name is a module and a
qualified name; a point that a whole run never reaches is a mistake in this list.
"""

import os
import signal
import sys
import threading
from dataclasses import dataclass
from types import FrameType
from typing import Any, Literal

When = Literal["enter", "leave"]

FUNCTIONS = (
    "scheduler.collecting:due",
    "scheduler.collecting:collect",
    "scheduler.leasing:held",
    "scheduler.collecting:_Round.choose",
    "scheduler.collecting:_Round._keep",
    "scheduler.collecting:_Round.receive",
    "scheduler.collecting:_Round.finish",
    "storage.leads:Leads.take",
    "storage.leads:Leads.settle",
    "storage.sources:Sources.save",
    "scheduler.filing:file",
    "scheduler.filing:_written",
    "storage.articles:Articles.add",
    "storage.stories:Stories.found",
    "storage.stories:Stories.join",
    "scheduler.alerting:raise_alerts",
    "storage.alerts:Alerts.raise_",
    "scheduler.alerting:tell",
    "scheduler.planning:plan",
    "storage.slots:Slots.plan",
    "scheduler.digesting:draw_due",
    "scheduler.digesting:_expand",
    "storage.slots:Slots.close",
    "notifications.proof:sealed",
    "scheduler.sending:send",
    "scheduler.sending:_Run._claim",
    "notifications.channels.smtp:SmtpChannel.send",
    "scheduler.ledger:Ledger.settle",
    "storage.outbox:Outbox.accepted",
    "storage.store:Store.begin",
)


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` time that a function is entered or left."""

    function: str
    when: When
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.when} {self.function} #{self.nth}"


class Watcher:
    """Counts how often each named function was entered and left, and kills at a point."""

    def __init__(self, deadly: Point | None = None) -> None:
        self.counts: dict[str, int] = {}
        self._deadly = deadly
        self._named: dict[Any, str] = {}

    def install(self) -> None:
        """From now on, in this thread and in those that it starts."""
        threading.setprofile(self._see)
        sys.setprofile(self._see)

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        if event not in ("call", "return"):
            return
        code = frame.f_code
        name = self._named.get(code)
        if name is None:
            name = self._named[code] = f"{frame.f_globals.get('__name__', '')}:{code.co_qualname}"
        if name not in _WATCHED:
            return
        key = f"{'enter' if event == 'call' else 'leave'} {name}"
        self.counts[key] = self.counts.get(key, 0) + 1
        point = self._deadly
        if point is not None and f"{key} #{self.counts[key]}" == str(point):
            os.kill(os.getpid(), signal.SIGKILL)


_WATCHED = frozenset(FUNCTIONS)


def points(counts: dict[str, int]) -> list[Point]:
    """The first and, where there are several, the middle passage of every point that a run reached."""
    found = []
    for key, times in sorted(counts.items()):
        when, _, function = key.partition(" ")
        found += [Point(function, when, nth) for nth in sorted({1, times // 2 + 1})]  # type: ignore[arg-type]
    return found
