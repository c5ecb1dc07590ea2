"""What must hold after any death and recovery, against a run that nothing disturbed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.torture.world import Mail, copies
from storage import Store

_EVER = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is in the database in the end, each by how often: articles, stories as the addresses that they
    join, what each digest and alert told (a story is named by its least address, since its headline depends
    on the order of arrival), messages by their recipient and their state, and leads by theirs."""

    articles: Counter[str]
    stories: Counter[tuple[str, ...]]
    digests: Counter[tuple[str, str, tuple[str, ...]]]
    alerts: Counter[tuple[int, str]]
    messages: Counter[tuple[str, str]]
    leads: Counter[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was lost, what there is twice, what else is wrong; and how many messages left twice, unchanged."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong: tuple[str, ...]
    repeated: int

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


def outcome(url: str) -> Outcome:
    """Reads it out of the store."""
    store = Store.open(url, create=False)
    try:
        with store.read() as tx:
            stories = {each.id: each for each in tx.stories.list()}
            named = {each.id: min(one.url for one in each.reports) for each in stories.values()}
            return Outcome(
                articles=Counter(one.url for each in stories.values() for one in each.reports),
                stories=Counter(tuple(sorted(one.url for one in each.reports)) for each in stories.values()),
                digests=Counter(
                    (asked.address, day.isoformat(), tuple(sorted(named[each] for each in told)))
                    for asked in tx.subscriptions.list()
                    for day, told in tx.digests.all_of(asked.id)
                ),
                alerts=Counter((each.subscription, named[each.story]) for each in tx.alerts.all()),
                messages=Counter((each.recipient, each.state) for each in tx.outbox.list(1000)),
                leads=Counter(each.state for each in tx.ledger.candidates(since=_EVER)),
            )
    finally:
        store.close()


def judged(found: Outcome, truth: Outcome, mails: Sequence[Mail], expected: Sequence[Mail]) -> Verdict:
    """Against what would have been without the one disturbance: it may repeat one message, unchanged."""
    lost, doubled, wrong = [], [], []
    for name in Outcome.__slots__:
        mine: Counter[Any] = getattr(found, name)
        theirs: Counter[Any] = getattr(truth, name)
        lost += [f"{name}: {each}" for each in theirs - mine]
        doubled += [f"{name}: {each}" for each in mine - theirs]
    left, due = copies(mails), Counter(each.recipient for each in expected)
    reached = Counter(recipient for recipient, _ in left)
    lost += [f"mail to {each}" for each in due - reached]
    doubled += [f"mail to {each}, with another Message-ID" for each in reached - due]
    repeated = left.total() - len(left)
    if repeated > 1:
        wrong.append(f"{repeated} messages were repeated: {[each for each in left if left[each] > 1]}")
    octets: dict[tuple[str, str], bytes] = {}
    wrong += [
        f"{each.message_id} to {each.recipient} left twice and was not the same"
        for each in mails
        if octets.setdefault((each.recipient, each.message_id), each.octets) != each.octets
    ]
    return Verdict(tuple(lost), tuple(doubled), tuple(wrong), repeated)
