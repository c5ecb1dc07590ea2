"""`crawl`: visit sources and follow what is new there, in a process of its own that can be killed."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from crawlers.guard import Allowance
from crawlers.process import CrawlProcess
from crawlers.settings import Limits, user_agent
from crawlers.wire import Chosen, Done, Job, Message, decode
from newsdesk.errors import Unreachable
from newsdesk.model import Fetched, Lead, Listing, Order, Problem, Robots

_log = logging.getLogger(__name__)
_ORDINARY = Limits()

Choose = Callable[[Listing], Sequence[Lead]]


def crawl(
    orders: Sequence[Order],
    *,
    choose: Choose,
    contact: str,
    now: datetime,
    robots: Sequence[Robots] = (),
    allow: Sequence[Allowance] = (),
    limits: Limits = _ORDINARY,
    parsers: str = "crawlers.parsers",
) -> Iterator[Listing | Fetched | Robots]:
    """Yield one Listing per order, one Fetched per chosen lead, and every robots.txt that was asked for.

    Each listing is first given to `choose`, which keeps what it needs and returns the leads to follow; also
    those of sources that failed, for it may hold leads from before. Results come as they are made, so a
    crawl that is killed loses only what was in flight: that is yielded with the problem `unreachable`.
    Closing the iterator ends the crawl at once.

    `now` is when the crawl begins (aware, UTC) and `contact` the address that servers are given. The sources
    of the orders have different names. `parsers` is the module whose read_listing, page_address and
    read_article are used. Raises Mistake when `contact` is no address.
    """
    job = Job(tuple(orders), tuple(robots), tuple(allow), user_agent(contact), now, limits, parsers)
    ledger = _Ledger(orders)
    with CrawlProcess(job) as process:
        for line in process.lines(limits.seconds):
            message = _heard(line, ledger)
            if isinstance(message, Done):
                process.finish()
                break
            if isinstance(message, str):
                process.end(message)
                break
            if isinstance(message, Listing):
                process.say(Chosen(message.source, ledger.chosen(message, choose)))
            yield message
        process.end("the crawl's process left before it had finished")
        if words := process.last_words():
            _log.warning("the crawl's process said: %s", words)
    yield from ledger.settle(choose, process.ending)


class _Ledger:
    """What is still owed: listings by their source, leads by the source they were chosen from."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self._sources = [order.source.name for order in orders]
        self._leads: dict[str, list[Lead]] = {}
        if len(set(self._sources)) < len(self._sources):
            raise ValueError("two orders have a source of the same name")

    def answered(self, message: Message) -> None:
        """Strike off what this answers. Raises ValueError when it answers nothing that is owed."""
        match message:
            case Listing():
                self._sources.remove(message.source)
            case Fetched():
                self._leads.get(message.source, []).remove(message.lead)

    def chosen(self, listing: Listing, choose: Choose) -> tuple[Lead, ...]:
        leads = tuple(choose(listing))
        self._leads[listing.source] = list(leads)
        return leads

    def settle(self, choose: Choose, ending: str) -> Iterator[Listing | Fetched]:
        """Answers for all that nobody answered, saying why."""
        problem = Problem.of(Unreachable(ending))
        for source in self._sources:
            listing = Listing(source, problem=problem)
            self.chosen(listing, choose)
            yield listing
        for source, leads in self._leads.items():
            for lead in leads:
                yield Fetched(source, lead, problem=problem)


def _heard(line: bytes, ledger: _Ledger) -> Listing | Fetched | Robots | Done | str:
    """The message on a line, struck off the ledger; or why it is not one that belongs here."""
    try:
        message = decode(line)
        ledger.answered(message)
    except ValueError as error:
        return f"the crawl's process made no sense ({error})"
    if isinstance(message, Listing | Fetched | Robots | Done):
        return message
    return f"the crawl's process made no sense (it said {type(message).__name__})"
