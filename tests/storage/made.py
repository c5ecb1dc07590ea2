"""Articles, stories and messages made for the tests of the store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from typing import Any, TypeVar

from newsdesk.model import (
    Article,
    Assessment,
    CouncilRole,
    Delivery,
    Event,
    Kind,
    Lead,
    Reason,
    Role,
    Scope,
    Story,
)
from newsdesk.readers import Subscription
from newsdesk.text import digest
from newsdesk.urls import key
from storage import Store, Transaction

Answer = TypeVar("Answer")

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def lead(url: str = "https://www.leeds.gov.uk/news/1", **fields: Any) -> Lead:
    return replace(Lead(url, "Leeds praised by inspectors"), **fields)


def article(url: str = "https://www.leeds.gov.uk/news/1", **fields: Any) -> Article:
    plain = Article(
        url=url,
        outlet="Leeds City Council",
        title="Leeds praised by inspectors",
        text="Inspectors came in February.\n\nThey praised the council.",
        fetched_at=NOW,
        source="leeds-news",
        kind=Kind.COUNCIL,
    )
    return replace(plain, **fields)


def assessment(**fields: Any) -> Assessment:
    plain = Assessment(
        relevant=True,
        score=0.75,
        reasons=(Reason("names-ofsted", 0.5, "Inspectors came in February."),),
        scope=Scope.COUNCIL,
        event=Event.INSPECTION,
        councils=(CouncilRole("leeds", Role.SUBJECT, "They praised the council."),),
        snippet="Inspectors came in February.",
    )
    return replace(plain, **fields)


def add(tx: Transaction, one: Article | None = None, **fields: Any) -> int:
    """Stores an article with what would have been computed for it."""
    one = one or article()
    computed: dict[str, Any] = {
        "keys": [key(one.url)],
        "title_key": digest(one.title),
        "fingerprint": digest(one.text),
        "sketch": frozenset({1, 2, 3}),
        "duplicate_of": None,
        "why": "new",
    }
    return tx.articles.add(one, fields.pop("assessment", assessment()), **computed | fields)


def story(**fields: Any) -> Story:
    plain = Story(
        id=0,
        headline="Leeds praised by inspectors",
        event=Event.INSPECTION,
        scope=Scope.COUNCIL,
        councils=(CouncilRole("leeds", Role.SUBJECT, "They praised the council."),),
        judgements=(),
        visit=None,
        first_seen=NOW,
        last_seen=NOW,
    )
    return replace(plain, **fields)


def found(store: Store, url: str = "https://www.leeds.gov.uk/news/1", **fields: Any) -> Story:
    """A stored story with one report."""
    with store.begin() as tx:
        return tx.stories.found(story(**fields), add(tx, article(url)), "nothing like it")


def mail(message_id: str = "<1@example.org>", **fields: Any) -> Delivery:
    plain = Delivery(0, message_id, "news@example.org", "reader@example.org", b"Subject: x\r\n\r\nA\x00B\xff")
    return replace(plain, **fields)


def at_once(url: str, *tasks: Callable[[Store], Answer]) -> list[Answer]:
    """Each task in a thread and with a store of its own, all let go at the same moment."""
    start = Barrier(len(tasks))

    def run(task: Callable[[Store], Answer]) -> Answer:
        store = Store(url)
        try:
            start.wait(timeout=30)
            return task(store)
        finally:
            store.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return [*threads.map(run, tasks)]


def reader(
    store: Store, address: str = "reader@example.org", name: str = "team", **fields: Any
) -> Subscription:
    """Somebody who asked for everything long ago."""
    with store.begin() as tx:
        subscriber = tx.subscribers.known(address, now=NOW)
        tx.subscribers.save(replace(subscriber, state="active", confirmed_at=NOW))
        wanted = replace(
            Subscription(0, subscriber.id, address, name, since=datetime(2026, 1, 1, tzinfo=UTC)), **fields
        )
        return replace(wanted, id=tx.subscriptions.add(wanted))
