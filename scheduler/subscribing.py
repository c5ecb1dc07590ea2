"""Beginning, changing and ending a subscription, with the record of what was agreed to.

Whoever asks for themselves must confirm; for whom the operator vouches, the record says how they agreed.
Nobody vouches for somebody who left, was erased or takes no mail: they come back by their own word alone.
"""

import secrets
from dataclasses import replace
from datetime import timedelta

from newsdesk.dates import local
from newsdesk.errors import DeliveryError, Mistake, StoreError
from newsdesk.kinds import Rule
from newsdesk.leaving import ASKED_A_DAY, forgotten, trace
from newsdesk.model import Delivery
from newsdesk.readers import Consent, Subscriber, Subscription
from newsdesk.searches import Search
from newsdesk.slots import Bell
from newsdesk.tokens import CONFIRM_WITHIN
from newsdesk.tomltext import meant
from notifications.addresses import mailbox
from notifications.confirmation import confirmation
from notifications.proof import sealed
from scheduler.house import House
from storage import Transaction

_BY_THEMSELVES = "add it without saying that they agreed, and they are asked by mail"
_IN_WRITING = "add it without saying that they agreed, and confirm it when they have written anew"
_WORDING = "Presswatch digests and alerts by email; leave at any time."


def subscribe(
    house: House,
    address: str,
    name: str,
    search: Search,
    bell: Bell,
    *,
    channel: str,
    send_empty: bool = False,
    rules: frozenset[Rule] = frozenset(),
    quiet: str = "",
    agreed: str = "",
    source: str,
    quietly: bool = False,
) -> Subscription:
    """A new subscription, begun at once where `agreed` says how its reader agreed.

    Else it is pending, and its reader is asked by mail where readers have a door to answer at. Raises Mistake
    for an address that cannot be written to, for one that only its reader can bring back, and for a name its
    subscriber has already; with `quietly` such a name is no mistake (its question is asked again), so that
    nobody learns who subscribes.
    """
    if channel not in house.routes:
        raise Mistake(f'there is no channel "{channel}"{meant(channel, house.routes)}: see [channels]')
    try:
        plain = mailbox(address).address
    except DeliveryError as error:
        raise Mistake(error.reason) from error
    now = house.clock()
    with house.store.begin(turn="subscribers") as tx:
        subscriber = tx.subscribers.known(plain, now=now)
        if agreed and (why := _gone(tx, subscriber, plain)):
            raise Mistake(f"{plain} {why}: {_BY_THEMSELVES if house.doors else _IN_WRITING}")
        known = [each for each in tx.subscriptions.list(subscriber=subscriber.id) if each.name == name]
        if quietly and known:
            if known[0].since is None:
                _note(house, tx, subscriber.id, Consent.REQUESTED, source, str(search))
                _ask(house, tx, known[0])
            return known[0]
        wanted = Subscription(
            0,
            subscriber.id,
            plain.lower(),
            name,
            search,
            bell,
            channel=channel,
            send_empty=send_empty,
            rules=rules,
            quiet=quiet,
        )
        try:
            stored = replace(wanted, id=tx.subscriptions.add(wanted))
        except StoreError as error:
            raise Mistake(error.reason) from error
        _note(house, tx, subscriber.id, Consent.REQUESTED, source, str(search))
        if agreed:
            return _begin(house, tx, subscriber, stored, Consent.IMPORTED, source, agreed)
        _ask(house, tx, stored)
        return stored


def _gone(tx: Transaction, subscriber: Subscriber, address: str) -> str:
    """Why nobody may vouch for this address: what happened and when; "" where nothing did."""
    if subscriber.state == "left" and subscriber.left_at:
        return f"left on {local(subscriber.left_at):%Y-%m-%d}"
    if at := tx.suppressions.erased_at(_traces(tx, address)):
        return f"was erased on {local(at):%Y-%m-%d}"
    parked = tx.suppressions.among([address]).get(address.lower())
    return (
        f"takes no mail since {local(parked.at):%Y-%m-%d} ({parked.said or parked.reason})" if parked else ""
    )


def _traces(tx: Transaction, address: str) -> list[str]:
    """What would be left of an address, by every key there ever was; the newest last."""
    return [trace(address, key) for key in tx.keys.all()]


def _ask(house: House, tx: Transaction, subscription: Subscription) -> None:
    """Queues the question whether it was asked for; not more often than a mailbox should bear."""
    if house.doors is None:
        return
    now = house.clock()
    asked = [
        each
        for each in tx.subscribers.consents(subscription.subscriber)
        if each.kind is Consent.REQUESTED and now - each.at < timedelta(days=1)
    ]
    if len(asked) > ASKED_A_DAY:
        raise Mistake(f"{subscription.address} was asked {ASKED_A_DAY} times today: try again tomorrow")
    message = confirmation(
        subscription,
        house.doors.confirm(subscription.id),
        sender=house.sender,
        now=now,
        places=house.desk.gazetteer.names,
    )
    mail = Delivery(
        0,
        message.message_id,
        message.sender,
        message.recipient,
        sealed(message),
        kind="confirmation",
        expires_at=now + CONFIRM_WITHIN,
    )
    tx.outbox.queue([mail], now=now)


def confirm(house: House, subscription: int, *, source: str, evidence: str) -> Subscription:
    """Begins a pending subscription, and whatever kept mail from its address is over.

    One that has begun stays as it is. Raises Mistake when there is none.
    """
    with house.store.begin(turn="subscribers") as tx:
        stored = _live(tx, subscription)
        subscriber = tx.subscribers.get(stored.subscriber)
        assert subscriber is not None
        if stored.since is not None:
            return stored
        tx.suppressions.release(stored.address)
        tx.suppressions.welcome(_traces(tx, stored.address))
        return _begin(house, tx, subscriber, stored, Consent.CONFIRMED, source, evidence)


def require_recent(house: House, subscription: Subscription) -> None:
    """Raises Mistake when the question whether it was asked for is more than three days old."""
    with house.store.read() as tx:
        record = tx.subscribers.consents(subscription.subscriber)
    asked = [each.at for each in record if each.kind is Consent.REQUESTED]
    if not asked or house.clock() - max(asked) > CONFIRM_WITHIN:
        raise Mistake("this link was good for three days: subscribe again if you want it")


def change(house: House, subscription: Subscription, bell: Bell, *, source: str) -> Subscription:
    """Another time or cadence for a subscription: same id, so that what was told stays told."""
    with house.store.begin(turn="subscribers") as tx:
        changed = replace(_live(tx, subscription.id), bell=bell)
        tx.subscriptions.save(changed)
        _note(house, tx, changed.subscriber, Consent.CHANGED, source, f"{bell.cadence} {bell.at}")
    return changed


def end(house: House, subscription: int, *, source: str) -> Subscription:
    """Ends a subscription. Whoever has no other has left, and is forgotten in time."""
    now = house.clock()
    with house.store.begin(turn="subscribers") as tx:
        stored = replace(_live(tx, subscription), ended_at=now)
        tx.subscriptions.save(stored)
        _note(house, tx, stored.subscriber, Consent.WITHDRAWN, source, stored.name)
        if not tx.subscriptions.list(subscriber=stored.subscriber):
            subscriber = tx.subscribers.get(stored.subscriber)
            assert subscriber is not None
            tx.subscribers.save(replace(subscriber, state="left", left_at=now))
    return stored


def leave(house: House, subscriber: int, *, source: str) -> None:
    """Ends everything that a subscriber asked for."""
    with house.store.read() as tx:
        live = tx.subscriptions.list(subscriber=subscriber)
    for each in live:
        end(house, each.id, source=source)


def erase(house: House, subscriber: int, *, source: str) -> None:
    """Forgets an address at once but for its trace: what was to be sent to it is dropped.

    The record of consent stays, without the address.

    Raises Mistake when there is no such subscriber.
    """
    leave(house, subscriber, source=source)
    with house.store.begin(turn="subscribers") as tx:
        _forget(house, tx, subscriber, source)


def forget_the_gone(house: House) -> int:
    """Erases the addresses of those who never confirmed or left long ago; says how many."""
    now = house.clock()
    with house.store.begin(turn="subscribers") as tx:
        gone = [each for each in tx.subscribers.list() if forgotten(each, now)]
        for each in gone:
            for subscription in tx.subscriptions.list(subscriber=each.id):
                tx.subscriptions.save(replace(subscription, ended_at=now))
            _forget(house, tx, each.id, "the calendar")
    return len(gone)


def _forget(house: House, tx: Transaction, subscriber: int, source: str) -> None:
    known = tx.subscribers.get(subscriber)
    if known is None:
        raise Mistake(f"there is no subscriber {subscriber}")
    if known.address is not None:
        if known.state != "pending":  # an address that somebody typed has left nobody
            key = tx.keys.first(secrets.token_urlsafe(32), now=house.clock())[-1]
            tx.suppressions.remember(trace(known.address, key), now=house.clock())
        tx.outbox.forget(known.address, now=house.clock())
        tx.suppressions.forget(known.address)
        tx.subscribers.forget(subscriber, known.address)
        tx.subscribers.save(replace(known, state="erased", address=None))
        _note(house, tx, subscriber, Consent.ERASED, source, "")


def _begin(
    house: House,
    tx: Transaction,
    subscriber: Subscriber,
    subscription: Subscription,
    kind: Consent,
    source: str,
    evidence: str,
) -> Subscription:
    now = house.clock()
    begun = replace(subscription, since=now)
    tx.subscriptions.save(begun)
    confirmed = subscriber.confirmed_at or now
    tx.subscribers.save(replace(subscriber, state="active", confirmed_at=confirmed, left_at=None))
    _note(house, tx, subscriber.id, kind, source, evidence)
    return begun


def _live(tx: Transaction, subscription: int) -> Subscription:
    found = tx.subscriptions.get(subscription)
    if found is None or found.ended_at is not None:
        raise Mistake(f"there is no subscription {subscription}: `presswatch subscriptions list` shows all")
    return found


def _note(house: House, tx: Transaction, subscriber: int, kind: Consent, source: str, evidence: str) -> None:
    tx.subscribers.note(
        subscriber, kind, at=house.clock(), wording=_WORDING, source=source, evidence=evidence
    )
