"""The service as a process of its own: `python -m benchmarks.months.hand URL SOURCES DAYS WEB SMTP` (ports).

Each line of its standard input is a moment and the jobs that are rung for then. It puts its clock there, does
each job in a thread of its own as the service does, and answers with a line of JSON: what its database holds.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Thread

from benchmarks.months.town import newsrooms, readers
from crawlers.guard import Allowance
from newsdesk.readers import MAIL
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from presswatch import memory
from presswatch.demo.web import LOOPBACK
from presswatch.reports import Reports
from presswatch.serving import Both
from presswatch.web.metrics import Metrics
from scheduler import bouncing, bulletins, tidying, working
from scheduler.house import House, unhurried
from scheduler.service import Observer
from storage import Store
from tests.scheduler.houses import Clock, house

_log = logging.getLogger("presswatch")


def ring(home: House, job: str, observer: Observer) -> None:
    """Do a job as the service does."""
    own: Mapping[str, Callable[[House], object]] = {
        "bounces": bouncing.collect,
        "operator": bulletins.tell_operator,
        "tidy": tidying.tidy,
    }
    try:
        if job in own:
            result = own[job](home)
        else:
            result = working.work(home, job, working.keys(home, job), watch=observer.seen, beat=unhurried)
        observer.done(job, result, 0.0)
    except Exception:  # noqa: BLE001  what fails is told, and the next moment comes
        _log.exception("job failed", extra={"job": job})
        observer.failed(job, 0.0)


def main(url: str, sources: int, days: int, web_port: int, smtp_port: int) -> None:
    memory.patient()
    logging.basicConfig(level=logging.ERROR)
    town = newsrooms(sources, days)
    clock, store = Clock(), Store.open(url)
    home = house(
        store,
        clock,
        sources={each.source.name: each.source for each in town},
        allow=tuple(Allowance(each.host, 80, LOOPBACK, web_port, 0.0) for each in town),
        routes={MAIL: Route(lambda: SmtpChannel(LOOPBACK, smtp_port, security="none", timeout=10))},
        operator="operator@presswatch.example",
    )
    metrics = Metrics()
    observer = Both(Reports(home), metrics)
    for line in sys.stdin:
        moment, *jobs = line.split()
        clock.at = datetime.fromisoformat(moment)
        readers(home)
        for job in jobs:
            thread = Thread(target=ring, args=(home, job, observer))
            thread.start()
            thread.join()
        metrics.text()
        with store.read() as tx:
            counts = tx.census.counts()
        told = {"articles": counts.articles, "stories": counts.stories}
        told |= {"mails": sum(counts.deliveries.values()), "troubled": counts.sources_in_trouble}
        print(json.dumps(told), flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
