"""What must hold after any death and recovery, against a run that nothing disturbed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.torture.world import Post
from storage import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is in the database in the end: articles, stories as sets of addresses, and what each digest and
    alert told, a story named by its least address (its headline depends on the order of arrival)."""

    articles: frozenset[str]
    stories: frozenset[frozenset[str]]
    digests: frozenset[tuple[str, str, frozenset[str]]]
    alerts: frozenset[tuple[int, str]]
    settled: Counter[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What went wrong; `repeated` messages left twice, with the same Message-ID and the same octets."""

    wrong: tuple[str, ...] = ()
    repeated: int = 0


def outcome(url: str) -> Outcome:
    """Reads it out of the store."""
    store = Store.open(url, create=False)
    try:
        with store.read() as tx:
            stories = {each.id: each for each in tx.stories.list()}
            named = {each.id: min(one.url for one in each.reports) for each in stories.values()}
            subscriptions = tx.subscriptions.list()
            digests = set()
            for asked in subscriptions:
                for local_date, told in tx.digests.all_of(asked.id):
                    digests.add(
                        (asked.address, local_date.isoformat(), frozenset(named[each] for each in told))
                    )
            candidates = tx.ledger.candidates(
                since=min(each.first_seen for each in stories.values()).replace(year=2020)
            )
            return Outcome(
                articles=frozenset(one.url for each in stories.values() for one in each.reports),
                stories=frozenset(frozenset(one.url for one in each.reports) for each in stories.values()),
                digests=frozenset(digests),
                alerts=frozenset(
                    (each.subscription, stories[each.story].headline) for each in tx.alerts.all()
                ),
                settled=Counter(each.state for each in candidates),
            )
    finally:
        store.close()


def judged(found: Outcome, truth: Outcome, post: Post, expected: Iterable[str], deaths: int) -> Verdict:
    """Nothing lost, nothing doubled; at most one message repeated for each death, and then unchanged."""
    wrong = []
    for name in ("articles", "stories", "digests", "alerts", "settled"):
        mine, theirs = getattr(found, name), getattr(truth, name)
        if mine != theirs:
            wrong.append(f"{name}: {mine} instead of {theirs}")
    copies = post.copies()
    if Counter(recipient for recipient, _ in copies) != Counter(expected):
        wrong.append(f"messages: {sorted(copies)}")
    octets: dict[tuple[str, str], bytes] = {}
    for recipient, name, mail in post.taken:
        if octets.setdefault((recipient, name), mail) != mail:
            wrong.append(f"{name} to {recipient} left twice and was not the same")
    repeated = sum(copies.values()) - len(copies)
    if repeated > deaths:
        wrong.append(f"{repeated} messages were repeated after {deaths} deaths")
    return Verdict(tuple(wrong), repeated)
