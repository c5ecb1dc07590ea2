"""`crawl`: visit sources and follow what is new there, in a process of its own that can be killed."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime

from crawlers.guard import Allowance
from crawlers.process import CrawlProcess
from crawlers.settings import Limits, user_agent
from crawlers.wire import Chosen, Done, Granted, Job, Message, Wanted, decode
from newsdesk.errors import Interrupted, Unreachable
from newsdesk.model import Fetched, Lead, Listing, Order, Problem, Robots

_log = logging.getLogger(__name__)
_ORDINARY = Limits()

Choose = Callable[[Sequence[Listing]], Sequence[Sequence[Lead]]]
_Said = Listing | Fetched | Robots | Wanted | Done


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
    beat: Callable[[], None] = lambda: None,
    admit: Callable[[str], float | None] = lambda _: 0.0,
) -> Generator[Listing | Fetched | Robots, None, None]:
    """Yield one Listing per order, one Fetched per chosen lead, and every robots.txt that was asked for.

    Each listing is first given to `choose`, together with others that came at the same time. It keeps what it
    needs and returns the leads to follow of each; also of sources that failed, for it may hold leads from
    before. Nothing is followed before it has returned. Results come as they are made, so a crawl that is
    killed loses only what was in flight: that is yielded with the problem `unreachable`, or `interrupted`
    where it was our own deadline. Closing the iterator ends the crawl at once, and so does `beat` by raising:
    it is called every second at least.

    `admit` is asked once per registrable domain, before its first request, wherever a redirect or a lead may
    point: it says how many seconds to wait, or None for a domain that is not to be asked. What depends on
    such a domain is yielded with the problem `interrupted`.

    `now` is when the crawl begins (aware, UTC) and `contact` the address that servers are given. The sources
    of the orders have different names. `parsers` is the module whose read_listing, page_address and
    read_article are used. Raises Mistake when `contact` is no address.
    """
    job = Job(tuple(orders), tuple(robots), tuple(allow), user_agent(contact), now, limits, parsers)
    ledger = _Ledger(orders)
    with CrawlProcess(job) as process:
        for lines in process.lines(limits.seconds, beat):
            messages, nonsense = _heard(lines, ledger)
            for each in messages:
                if isinstance(each, Wanted):
                    process.say(Granted(each.domain, admit(each.domain)))
            for answer in ledger.chosen([each for each in messages if isinstance(each, Listing)], choose):
                process.say(answer)
            yield from (each for each in messages if not isinstance(each, Done | Wanted))
            if nonsense:
                process.end(nonsense)
                break
            if isinstance(messages[-1], Done):
                process.finish()
                break
        process.end("the crawl's process left before it had finished")
        if words := process.last_words():
            _log.warning("the crawl's process said: %s", words)
    kind = Interrupted if process.out_of_time else Unreachable
    yield from ledger.settle(choose, Problem.of(kind(process.ending)))


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

    def chosen(self, listings: Sequence[Listing], choose: Choose) -> list[Chosen]:
        if not listings:
            return []
        leads = zip(listings, choose(listings), strict=True)
        answers = [Chosen(listing.source, tuple(followed)) for listing, followed in leads]
        self._leads |= {each.source: list(each.leads) for each in answers}
        return answers

    def settle(self, choose: Choose, problem: Problem) -> Iterator[Listing | Fetched]:
        """Answers for all that nobody answered, saying why."""
        listings = [Listing(source, problem=problem) for source in self._sources]
        self.chosen(listings, choose)
        yield from listings
        for source, leads in self._leads.items():
            for lead in leads:
                yield Fetched(source, lead, problem=problem)


def _heard(lines: Sequence[bytes], ledger: _Ledger) -> tuple[list[_Said], str]:
    """The messages on these lines, struck off the ledger, up to the first that does not belong here: why."""
    messages: list[_Said] = []
    for line in lines:
        try:
            message = decode(line)
            ledger.answered(message)
        except ValueError as error:
            return messages, f"the crawl's process made no sense ({error})"
        if not isinstance(message, _Said):
            return messages, f"the crawl's process made no sense (it said {type(message).__name__})"
        messages.append(message)
    return messages, ""
