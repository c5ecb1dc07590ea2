"""Read what came back: an address that is no more is left in peace, and one in trouble is counted.

Each report is written down before its mail is marked as read, so one that is read twice counts once. What
cannot be read is flagged for a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from newsdesk.deliveries import SOFT_BOUNCES, SOFT_WINDOW, Bounce, Suppression
from newsdesk.model import Delivery
from notifications import bounces
from notifications.bounces import Report
from scheduler.house import House, unhurried
from storage import Transaction


@dataclass(frozen=True, slots=True)
class Returned:
    """How many said that an address is no more, had trouble, or only a delay; spoke of no message of ours;
    or could not be read."""

    hard: int = 0
    soft: int = 0
    delayed: int = 0
    unknown: int = 0
    puzzling: int = 0


def collect(house: House, *, beat: Callable[[], None] = unhurried) -> Returned | None:
    """Read all that came back; None where there is no mailbox. Raises DeliveryError when it is away."""
    if house.returned is None:
        return None
    counts = dict.fromkeys(Returned.__slots__, 0)
    with house.returned() as mailbox:
        for name, content in mailbox.unread():
            beat()
            report = bounces.read(content)
            what = "puzzling" if report is None else _noted(house, report)
            counts[what] += 1
            (mailbox.puzzling if what in ("puzzling", "unknown") else mailbox.read)(name)
    return Returned(**counts)


def _noted(house: House, report: Report) -> str:
    with house.store.begin(turn="bounces") as tx:
        bounce = _matched(house, tx, report)
        if bounce is None:
            return "unknown"
        if tx.suppressions.note(bounce) and bounce.address:
            _park(tx, bounce, bounce.address, house.clock())
    return bounce.kind


def _matched(house: House, tx: Transaction, report: Report) -> Bounce | None:
    """The report as it is kept. Whose message is not known by a sign of ours has trouble, no more: anybody
    can write that an address is gone."""
    bounce = Bounce(report.key, report.kind, house.clock(), status=report.status, said=report.said)
    if delivery := _delivery(house, tx, report):
        return replace(bounce, address=delivery.recipient.lower() or None, delivery=delivery.id)
    if report.recipient and tx.subscribers.of(report.recipient):
        kind = "soft" if report.kind == "hard" else report.kind
        return replace(bounce, kind=kind, address=report.recipient)
    return None


def _delivery(house: House, tx: Transaction, report: Report) -> Delivery | None:
    """By the address it came back to, else by the Message-ID that it returns."""
    for address in report.sent_to:
        known = house.verp.delivery(address) if house.verp else None
        if known is not None and (found := tx.outbox.get(known)):
            return found
    return tx.outbox.of(report.message_id) if report.message_id else None


def _park(tx: Transaction, bounce: Bounce, address: str, now: datetime) -> None:
    said = f"{bounce.status} {bounce.said}".strip()
    often = tx.suppressions.soft(address, since=now - SOFT_WINDOW) >= SOFT_BOUNCES
    if bounce.kind == "hard":
        tx.suppressions.park(Suppression(address, "bounced", now, said, bounce.delivery))
    elif bounce.kind == "soft" and often:
        tx.suppressions.park(Suppression(address, "often-bounced", now, said, bounce.delivery))
