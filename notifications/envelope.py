"""Who a mail is from and to, and an identity that is the same on every try.

A server or mailbox that gets the same message twice can only know it by its Message-ID, and Exchange only by
Message-ID and Date together. So both follow from what the message is, never from when it is sent.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from newsdesk.model import Digest, Message
from newsdesk.readers import Subscription
from notifications.addresses import mailbox
from notifications.headers import cleaned
from notifications.render import Rendered

_NOT_IN_A_LABEL = re.compile(r"[^a-z0-9]+")


def compose(
    rendered: Rendered,
    *,
    digest: Digest,
    recipient: str,
    sender: str,
    date: datetime,
    unsubscribe: Sequence[str] = (),
) -> Message:
    """One recipient's message. `date` is when the digest was due, not when it leaves; aware.

    Raises DeliveryError (permanent) when `recipient` or `sender` is no address mail can carry.
    """
    to, domain = mailbox(recipient), mailbox(sender).domain
    return Message(
        message_id=f"<{identity(digest.subscription, digest.local_date, to.address)}@{domain}>",
        date=date,
        sender=sender,
        recipient=recipient,
        subject=cleaned(rendered.subject),
        text=rendered.text,
        html=rendered.html,
        list_id=list_id(digest.name, domain),
        unsubscribe=tuple(unsubscribe),
    )


def alert(
    rendered: Rendered,
    *,
    subscription: Subscription,
    named: str,
    sender: str,
    date: datetime,
    unsubscribe: Sequence[str] = (),
) -> Message:
    """A message that is told at once. `named` says what it tells of, `date` when that was found; aware."""
    to, domain = mailbox(subscription.address), mailbox(sender).domain
    what = sha256("\0".join((str(subscription.id), named, to.address.lower())).encode()).hexdigest()[:32]
    return Message(
        message_id=f"<alert.{what}@{domain}>",
        date=date,
        sender=sender,
        recipient=subscription.address,
        subject=cleaned(rendered.subject),
        text=rendered.text,
        html=rendered.html,
        list_id=list_id(subscription.name, domain),
        unsubscribe=tuple(unsubscribe),
        kind="alert",
    )


def identity(subscription: int, local_date: date, address: str) -> str:
    """Names one digest of one reader. It shows the day; reader and subscription are only hashed in."""
    named = "\0".join((str(subscription), local_date.isoformat(), address.lower()))
    return f"digest.{local_date:%Y%m%d}.{sha256(named.encode()).hexdigest()[:32]}"


def list_id(subscription: str, domain: str) -> str:
    """RFC 2919: one stable id per subscription, by which readers can sort their mail."""
    label = _NOT_IN_A_LABEL.sub("-", subscription.lower()).strip("-")[:48] or "digest"
    return f"<{label}.{domain}>"
