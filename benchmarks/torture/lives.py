"""One life: an evening and a morning, one of them disturbed, and what was made good afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from benchmarks.torture.cycle import Call, Fault, Order, lay
from benchmarks.torture.places import Kept, Place
from benchmarks.torture.points import Phase, Point
from benchmarks.torture.verdict import Outcome, Verdict, judged, outcome
from benchmarks.torture.world import EVENING, READERS, SEVEN, Mail, World, world
from benchmarks.torture.zygote import Ended, Moment, Zygote

RUNS = (EVENING, SEVEN)
RECOVERIES = 3  # runs in which everything must have been made good
AFTER_A_DEATH = timedelta(minutes=7)  # what a killed process held is free again
AFTER_A_FAULT = timedelta(minutes=40)  # what failed is tried again


@dataclass(frozen=True, slots=True)
class Blow:
    """What disturbs a life, in which of its two runs. Without any it is just a life."""

    run: int
    point: Point | None = None
    moment: Moment | None = None
    fault: Fault | None = None

    def __str__(self) -> str:
        return f"run {self.run}, {self.point or self.moment or self.fault or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Lived:
    """How a life went. `phase` is where it died; None if it did not."""

    blow: Blow
    verdict: Verdict
    phase: Phase | None


@dataclass(frozen=True, slots=True)
class Truth:
    """Two undisturbed runs: what each began with, came to and took."""

    begun: tuple[tuple[Kept, tuple[Mail, ...]], ...]
    outcomes: tuple[Outcome, ...]
    mails: tuple[tuple[Mail, ...], ...]
    counts: tuple[dict[str, int], ...]  # by point and kind of call
    lasted: tuple[dict[Phase, float], ...]  # seconds

    def number(self, run: int, call: Call) -> int:
        return self.counts[run].get(call, 0)


@dataclass(frozen=True, slots=True)
class Ward:
    """What one life at a time needs but a database: a world, and processes to live it."""

    world: World
    warm: Zygote
    cold: Zygote


@contextmanager
def ward() -> Iterator[Ward]:
    """Until the block ends."""
    with world() as here, Zygote() as warm, Zygote(cold=True) as cold:
        yield Ward(here, warm, cold)


class Bench:
    """A ward and an empty database, which is laid."""

    def __init__(self, place: Place, ward: Ward) -> None:
        self._place = place
        self._world, self._warm, self._cold = ward.world, ward.warm, ward.cold
        lay(place.url)

    def truth(self) -> Truth:
        """What happens when nothing disturbs it, and how often it comes to each point."""
        self._world.renew(())
        begun, outcomes, mails, counts, lasted = [], [], [], [], []
        for at in RUNS:
            begin = self._place.keep(), tuple(self._world.post.taken)
            begun.append(begin)
            timed = self._well(at)
            self._begin(*begin)
            requests, commands = self._world.requests, self._world.post.commands
            counted = self._well(at, counting=True).counted
            counted |= {"request": self._world.requests - requests}
            counts.append(counted | {"command": self._world.post.commands - commands})
            ends = [*(since for _, since in timed.passed[1:]), timed.seconds]
            pairs = zip(timed.passed, ends, strict=True)
            lasted.append({phase: end - since for (phase, since), end in pairs})
            outcomes.append(outcome(self._place.url))
            mails.append(tuple(self._world.post.taken))
        reached = sorted(each.recipient for each in self._world.post.taken)
        if reached != sorted(address for address, *_ in READERS):
            raise AssertionError(f"undisturbed, mail went to {reached}")
        return Truth(tuple(begun), tuple(outcomes), tuple(mails), tuple(counts), tuple(lasted))

    def live(self, blow: Blow, truth: Truth) -> Lived:
        """The disturbed run, recoveries until all is well, and one run more, which must change nothing."""
        self._begin(*truth.begun[blow.run])
        when, wrong = RUNS[blow.run], []
        ended = self._disturbed(blow)
        if ended.how == "straggling":
            wrong.append(ended.error)
        later = AFTER_A_FAULT if blow.fault else AFTER_A_DEATH
        for again in range(1, RECOVERIES + 1):
            if again > 1 and self._verdict(truth, blow.run).good:
                break
            healed = self._run(when + again * later)
            if healed.how != "ended":
                wrong.append(f"recovery {again} ended in {healed.error or healed.how}")
        last = RUNS[-1] if blow.run == 0 else SEVEN + (RECOVERIES + 1) * later
        ending = self._run(last)
        if ending.how != "ended":
            wrong.append(f"the last run ended in {ending.error or ending.how}")
        verdict = self._verdict(truth, -1)
        died = ended.how in ("killed", "error")
        return Lived(blow, replace(verdict, wrong=(*wrong, *verdict.wrong)), ended.phase if died else None)

    def _disturbed(self, blow: Blow) -> Ended:
        fault, inside = blow.fault, None
        match fault:
            case Fault("request", nth):
                self._world.fails_at = nth
            case Fault("command", nth):
                self._world.post.fails_at = nth
            case _:
                inside = fault
        cold = fault is not None and fault.call == "file"
        order = replace(self._order(RUNS[blow.run]), kill=blow.point, fault=inside)
        ended = (self._cold if cold else self._warm).run(order, blow.moment)
        self._world.fails_at = self._world.post.fails_at = 0
        return ended

    def _verdict(self, truth: Truth, run: int) -> Verdict:
        taken = self._world.post.taken
        return judged(outcome(self._place.url), truth.outcomes[run], taken, truth.mails[run])

    def _well(self, at: datetime, *, counting: bool = False) -> Ended:
        """Counted where everything is cold: else some of the files would have been read already."""
        order = replace(self._order(at), counting=counting)
        ended = (self._cold if counting else self._warm).run(order)
        if ended.how != "ended":
            raise AssertionError(f"undisturbed, a run ended in {ended.error or ended.how}")
        return ended

    def _run(self, at: datetime) -> Ended:
        return self._warm.run(self._order(at))

    def _begin(self, kept: Kept, taken: Sequence[Mail]) -> None:
        self._place.put(kept)
        self._world.renew(taken)

    def _order(self, at: datetime) -> Order:
        return Order(self._place.url, at, self._world.smtp_port, self._world.allowed)
