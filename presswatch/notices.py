"""What somebody should know or do about a source: it moved, it is gone, it waits, it is not believed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from newsdesk import conditional, moves
from newsdesk.dates import local
from newsdesk.health import Condition
from newsdesk.holds import Hold
from newsdesk.model import Source, SourceState
from newsdesk.rhythm import is_paused
from scheduler import holding

LATELY = timedelta(weeks=4)


def notices(
    source: Source,
    state: SourceState,
    holds: Sequence[Hold],
    now: datetime,
    *,
    conditions: Sequence[Condition] = (),
    rolled: datetime | None = None,
) -> Iterator[str]:
    """A sentence for each; none for a source that is in order.

    `rolled` is when its list last held nothing that had been seen before.
    """
    for each in conditions:
        if each.state != "fixed":
            yield f"{each.level}: {each.reason} ({each.state} since {_when(each.since)})"
    if rolled:
        yield f"items may have come and gone unseen before {_when(rolled)}: its list had changed altogether"
    if moved := moves.advice(source.url, state.move):
        yield moved
    if is_paused(state):
        yield f"its server says that it is gone for good: paused, and looked for {_when(state.next_visit_at)}"
    if hold := holding.over(moves.address(source.url, state.move), holds, now):
        whole = f"all of {hold.domain}" if hold.wide else hold.host
        yield f"{whole} is left alone until {_when(hold.until)}: {hold.problem.reason}"
    if state.trust and state.trust.lied_at:
        off = state.trust.lied_at + conditional.OFF
        yield f'"not modified" is not believed until {_when(off)}: {state.trust.evidence}'


def _when(at: datetime | None) -> str:
    return f"{local(at):%d %b %Y %H:%M}" if at else "soon"
