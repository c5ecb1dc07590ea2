"""Where the process is killed: on entering or on leaving a named function of the house, the n-th time.

A trace function watches every call, so that nothing in the house knows of it. Its name is a module and a
qualified name; a point that a whole run never reaches is a mistake in this list.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any, Literal

Phase = Literal["crawl", "story", "digest", "send"]
PHASES: tuple[Phase, ...] = ("crawl", "story", "digest", "send")
When = Literal["enter", "leave"]
TraceFunction = Callable[[FrameType, str, Any], Any]

FUNCTIONS = (
    # a round of visits: what is due, what is held, what is asked
    "scheduler.collecting:due",
    "scheduler.collecting:collect",
    "scheduler.leasing:held",
    "storage.leases:Leases.claim",
    "storage.leases:Leases.show",
    "storage.leases:Leases.release",
    "scheduler.sharing:Domains.admit",
    "storage.domains:Domains.leave",
    "crawlers.process:CrawlProcess.say",
    "crawlers.process:CrawlProcess.finish",
    "scheduler.collecting:_Round.choose",
    "scheduler.collecting:_Round._keep",
    "scheduler.health:looked",
    "scheduler.collecting:_Round.receive",
    "scheduler.collecting:_Round.finish",
    "storage.leads:Leads.take_all",
    "storage.leads:Leads.settle",
    "storage.robots:Robots.save",
    "storage.sources:Sources.save",
    "storage.sources:Sources.record",
    # an article becomes, or joins, a story
    "scheduler.filing:file",
    "scheduler.filing:_judge",
    "scheduler.filing:_written",
    "scheduler.telling:tell",
    "storage.articles:Articles.add",
    "storage.stories:Stories.found",
    "storage.stories:Stories.join",
    "scheduler.alerting:raise_alerts",
    "storage.alerts:Alerts.raise_",
    "scheduler.alerting:tell",
    "scheduler.alerting:_tell",
    "storage.alerts:Alerts.told",
    "storage.digests:Digests.tell",
    "storage.outbox:Outbox.queue",
    # digests are drawn up
    "scheduler.planning:plan",
    "storage.slots:Slots.plan",
    "scheduler.digesting:draw_due",
    "scheduler.digesting:_expand",
    "storage.slots:Slots.begin",
    "scheduler.digesting:_made",
    "notifications.proof:sealed",
    "storage.digests:Digests.freeze_all",
    "storage.slots:Slots.close",
    # mail leaves
    "scheduler.sending:send",
    "scheduler.sending:_Run._claim",
    "storage.outbox:Outbox.claim",
    "notifications.channels.smtp:SmtpChannel._connected",
    "notifications.channels.smtp:SmtpChannel.send",
    "smtplib:SMTP.send",
    "smtplib:SMTP.getreply",
    "scheduler.ledger:Ledger.settle",
    "storage.outbox:Outbox.accepted",
    "storage.attempts:Attempts.note",
    "scheduler.sending:_Run._give_back",
    # whatever is written
    "storage.store:Store.begin",
    "storage.engine:take_turn",
    "sqlalchemy.engine.base:Connection._commit_impl",
)
# killed there every time that they are passed: just before and after what cannot be taken back
EVERY = {"sqlalchemy.engine.base:Connection._commit_impl", "smtplib:SMTP.getreply"}
_WATCHED = frozenset(FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` time that a function is entered or left in a phase."""

    phase: Phase
    when: When
    function: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.phase} {self.when} {self.function} #{self.nth}"


class Watcher:
    """Counts how often each named function is entered and left in each phase, and kills at a point."""

    def __init__(self, deadly: Point | None = None) -> None:
        self.counts: dict[str, int] = {}
        self._phase = PHASES[0]
        self._deadly, self._killer = deadly, str(deadly)
        self._named: dict[int, tuple[CodeType, str]] = {}  # by identity: to hash a code is slow

    def begin(self, phase: Phase) -> None:
        """A phase begins. It is slow to be watched, so nobody is before the phase in which to die."""
        self._phase = phase
        if self._deadly is None or self._deadly.phase == phase:
            threading.settrace(self._called)  # for the threads that are started from now on
            sys.settrace(self._called)

    def _called(self, frame: FrameType, _: str, __: Any) -> TraceFunction | None:
        """Whatever is called passes here, and what is named is looked at until it returns."""
        code = frame.f_code
        known = self._named.get(id(code))
        if known is None:
            name = f"{frame.f_globals.get('__name__', '')}:{code.co_qualname}"
            known = self._named[id(code)] = code, name if name in _WATCHED else ""
        if not known[1]:
            return None
        frame.f_trace_lines = False
        self._pass("enter", known[1])
        return self._returned

    def _returned(self, frame: FrameType, event: str, _: Any) -> TraceFunction:
        if event == "return":
            self._pass("leave", self._named[id(frame.f_code)][1])
        return self._returned

    def _pass(self, when: When, name: str) -> None:
        key = f"{self._phase} {when} {name}"
        self.counts[key] = self.counts.get(key, 0) + 1
        if f"{key} #{self.counts[key]}" == self._killer:
            os.kill(os.getpid(), signal.SIGKILL)


def points(counts: dict[str, int]) -> list[Point]:
    """Every point that a run reached: its first and last passage in each phase, and of a few all."""
    found = []
    for key, times in counts.items():
        if " " not in key:
            continue  # no point, but a kind of call
        phase, when, function = key.split(" ")
        passages = range(1, times + 1) if function in EVERY else sorted({1, times})
        found += [Point(phase, when, function, nth) for nth in passages]  # type: ignore[arg-type]
    return found


def reached(counts: Iterable[dict[str, int]]) -> set[tuple[str, str]]:
    """The functions of the list that these runs came to, entering and leaving each for itself."""
    return {(each.when, each.function) for one in counts for each in points(one)}


def unreached(counts: Iterable[dict[str, int]]) -> list[str]:
    """The functions of the list that none of these runs came to."""
    names = {name for _, name in reached(counts)}
    return [each for each in FUNCTIONS if each not in names]
