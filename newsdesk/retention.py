"""How long things are kept. What tells that something is known already is kept for ever."""

from dataclasses import dataclass
from datetime import timedelta

from newsdesk import copies

SAMPLES = copies.ELSEWHERE + timedelta(days=30)
"""Of the shingles by which copies are found: the window of that search, and a month in hand."""


MANNERS = timedelta(days=30)
"""Of what robots.txt said, of hosts that asked us to wait, of when a domain may be asked again and of
services that are gone, once it is over: all of it is learnt anew with the next visit."""

TRIES = timedelta(days=90)
"""Of the tries of a message: a reader who misses one asks within weeks, and the last word stays with it.
No message is tried for longer than three days, and the rate of a channel looks back a minute."""

BOUNCES = timedelta(days=400)
"""Of what came back: whoever wonders why an address is parked reads a year of it; that it is parked stays.
Far more than the fortnight in which soft ones are counted, and than any mailbox shows a report anew."""

OUTAGES = timedelta(days=400)
"""Of our own outages that are over: as long as the ledger of visits, whose gaps they explain."""

BULLETINS = timedelta(days=30)
"""Of when the operator was written to: no more than five in seven days is all that is asked of them."""


@dataclass(frozen=True, slots=True)
class Retention:
    """`texts` of articles and their earlier versions, `mails` as they were sent, and the ledger of `visits`.

    The defaults: somebody who looks for last year's report finds it, and a mail can be shown for as long as
    anybody asks where it went.
    """

    texts: timedelta = timedelta(days=400)
    mails: timedelta = timedelta(days=30)
    visits: timedelta = timedelta(days=400)


KEPT = Retention()
