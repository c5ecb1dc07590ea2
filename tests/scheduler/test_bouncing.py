"""What comes back is matched, counted once, and leads to silence only where that is sure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsdesk.deliveries import SOFT_BOUNCES, SOFT_WINDOW
from notifications.mailboxes import Maildir
from notifications.verp import Verp
from scheduler import bouncing
from scheduler.bouncing import Returned
from scheduler.house import House
from storage import Store
from tests.notifications.mails import delivery, message
from tests.notifications.returned import ABSENCE, MESSAGE_ID, bounce
from tests.scheduler.houses import NOW, Clock, house, reader

VERP = Verp("bounce@presswatch.example", ["a key"])
OTHERS = "nobody@presswatch.example"
ADDRESS = "director@council.example"


@pytest.fixture
def home(store: Store, clock: Clock, tmp_path: Path) -> House:
    """A house that has sent one message, its first."""
    (tmp_path / "new").mkdir()
    with store.begin() as tx:
        tx.outbox.queue([delivery(message(recipient="Director@council.example"))], now=NOW)
    return house(store, clock, verp=VERP, returned=lambda: Maildir(tmp_path))


@pytest.fixture
def come_back(home: House, tmp_path: Path) -> Callable[..., Returned | None]:
    def arrive(*mails: bytes) -> Returned | None:
        for n, content in enumerate(mails):
            (tmp_path / "new" / f"{n}.mail").write_bytes(content)
        return bouncing.collect(home)

    return arrive


Arrive = Callable[..., Returned | None]


def parked(home: House) -> dict[str, str]:
    with home.store.read() as tx:
        return {each.address: each.reason for each in tx.suppressions.list()}


@pytest.mark.parametrize(
    "mail",
    [
        bounce(to=VERP.returns(1), original=None, recipient="forwarded@elsewhere.example"),
        bounce(to=OTHERS, recipient="forwarded@elsewhere.example"),
        bounce(to=OTHERS, headers_only=True),
    ],
)
def test_a_mailbox_that_is_no_more_is_parked_whichever_sign_it_is_known_by(
    home: House, come_back: Arrive, mail: bytes
) -> None:
    assert come_back(mail) == Returned(hard=1)
    assert parked(home) == {ADDRESS: "bounced"}
    with home.store.read() as tx:
        (kept,) = tx.suppressions.bounces(1)
    assert (kept.address, kept.status) == (ADDRESS, "5.1.1")


def test_whoever_merely_claims_that_an_address_is_gone_parks_nobody(home: House, come_back: Arrive) -> None:
    reader(home, ADDRESS)
    assert come_back(bounce(to=OTHERS, original=None)) == Returned(soft=1)
    assert come_back(bounce(to=OTHERS, original=None, recipient="stranger@x.example")) == Returned(unknown=1)
    assert parked(home) == {}


def test_passing_troubles_count_when_they_are_many_in_a_short_time(
    home: House, come_back: Arrive, clock: Clock
) -> None:
    def full(n: int) -> bytes:
        return bounce(to=VERP.returns(1), status="4.2.2", diagnostic=f"smtp; 452 4.2.2 full, {n}")

    for n in range(SOFT_BOUNCES - 1):
        assert come_back(full(n)) == Returned(soft=1)
    assert come_back(full(0)) == Returned(soft=1), "the same report again"
    assert parked(home) == {}
    clock.at += SOFT_WINDOW + timedelta(days=1)
    come_back(full(10))
    assert parked(home) == {}
    come_back(*(full(20 + n) for n in range(SOFT_BOUNCES)))
    assert parked(home) == {ADDRESS: "often-bounced"}


def test_a_delay_is_kept_and_counts_for_nothing_and_what_is_puzzling_stays(
    home: House, come_back: Arrive, tmp_path: Path
) -> None:
    late = bounce(action="delayed", status="4.4.1", original=MESSAGE_ID)
    assert come_back(*[late] * (SOFT_BOUNCES + 1), ABSENCE) == Returned(delayed=SOFT_BOUNCES + 1, puzzling=1)
    assert parked(home) == {}
    assert len(list((tmp_path / "cur").iterdir())) == SOFT_BOUNCES + 2


def test_an_address_that_was_erased_meanwhile_is_not_brought_back(home: House, come_back: Arrive) -> None:
    with home.store.begin() as tx:
        tx.outbox.forget(ADDRESS, now=NOW)
    assert come_back(bounce(to=VERP.returns(1))) == Returned(hard=1)
    assert parked(home) == {}


def test_a_house_without_a_mailbox_reads_none(home: House) -> None:
    assert bouncing.collect(replace(home, returned=None)) is None
