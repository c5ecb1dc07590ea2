"""What the service's log says of its work: rounds, sources in trouble and well again, digests, messages."""

import logging
from dataclasses import asdict

from newsdesk.errors import Interrupted
from newsdesk.model import Listing
from scheduler.collecting import Seen, Visited
from scheduler.digesting import Drawn
from scheduler.house import House
from scheduler.sending import Sent
from scheduler.tidying import Tidied

_log = logging.getLogger("presswatch")


class Reports:
    """An observer of the service that writes down what somebody would want to read tomorrow."""

    def __init__(self, house: House) -> None:
        with house.store.read() as tx:
            known = tx.sources.states(list(house.sources))
        self._troubled = {name: state.problem.code for name, state in known.items() if state.problem}

    def seen(self, seen: Seen) -> None:
        """Told once when a source falls into trouble, or into another, and once when it is well again."""
        if not isinstance(seen, Listing):
            return
        before = self._troubled.get(seen.source)
        if seen.problem is None:
            if before:
                del self._troubled[seen.source]
                _log.info("source well again", extra={"source": seen.source, "was": before})
        elif seen.problem.code not in (before, Interrupted.code):
            self._troubled[seen.source] = seen.problem.code
            told = {"source": seen.source, "problem": seen.problem.code, "reason": seen.problem.reason}
            _log.warning("source in trouble", extra=told)

    def done(self, _job: str, result: object, seconds: float) -> None:
        if isinstance(result, Sent):
            self._sent(result, seconds)
        elif isinstance(result, Tidied):
            _log.info("tidied", extra={**asdict(result), "seconds": seconds})
        elif isinstance(result, list):
            if visits := [each for each in result if isinstance(each, Visited)]:
                self._round(visits, seconds)
            for each in result:
                if isinstance(each, Drawn):
                    self._drawn(each)

    def failed(self, _job: str, _seconds: float) -> None:
        """The service itself tells why."""

    def _round(self, visits: list[Visited], seconds: float) -> None:
        told = {
            "sources": len(visits),
            "changed": sum(not each.listing.not_modified and not each.listing.problem for each in visits),
            "in_trouble": sum(each.listing.problem is not None for each in visits),
            "leads": sum(len(each.followed) for each in visits),
            "articles": sum(len(each.filed) for each in visits),
            "relevant": sum(filed.assessment.relevant for each in visits for filed in each.filed),
            "pages_failed": sum(len(each.failed) for each in visits),
        }
        _log.info("crawl round", extra={**told, "seconds": seconds})

    def _drawn(self, drawn: Drawn) -> None:
        digest = drawn.digest
        told = {"subscription": digest.subscription, "date": digest.local_date.isoformat()}
        _log.info("digest drawn", extra={**told, "stories": len(digest.items), "messages": drawn.messages})

    def _sent(self, sent: Sent, seconds: float) -> None:
        if sent.accepted or sent.errors:
            told = {"accepted": sent.accepted, "failed": sent.failed, "waiting": sent.waiting}
            _log.info("messages", extra={**told, "seconds": seconds})
        for each in sent.errors:
            _log.warning("message not accepted", extra={"reason": each})
