"""How long things are kept. What tells that something is known already is kept for ever."""

from dataclasses import dataclass
from datetime import timedelta

from newsdesk import duplicates

SAMPLES = duplicates.ELSEWHERE + timedelta(days=30)
"""Of the shingles by which copies are found: the window of that search, and a month in hand."""


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
