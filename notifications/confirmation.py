"""The one mail that somebody gets before they agreed: was it you who asked?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from newsdesk.dates import LONDON, english_date
from newsdesk.model import Message
from newsdesk.readers import Subscription
from newsdesk.text import clean_line
from newsdesk.tokens import CONFIRM_WITHIN
from notifications.addresses import mailbox
from notifications.envelope import list_id
from notifications.headers import cleaned
from notifications.typesetting import filled
from notifications.wishes import what, when
from notifications.words import cut

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What the templates see."""

    subject: str
    what: str
    when: str
    link: str
    until: str
    sender: str


def confirmation(
    subscription: Subscription, link: str, *, sender: str, now: datetime, places: Mapping[str, str]
) -> Message:
    """Asks whether the subscription was asked for. `places` gives the name of each council's slug.

    The same question of the same day is the same message, however often it is asked.
    """
    until = (now + CONFIRM_WITHIN).astimezone(LONDON)
    asked = Asked(
        subject="Please confirm your news of children’s services",
        what=cut(what(subscription.search, places), _LONGEST),
        when=when(subscription),
        link=link,
        until=f"{until:%H:%M} on {english_date(until)}",
        sender=clean_line(sender),
    )
    named = f"{subscription.id} {now:%Y-%m-%d} {subscription.address}"
    identity = sha256(named.encode()).hexdigest()[:32]
    domain = mailbox(sender).domain
    return Message(
        message_id=f"<confirm.{identity}@{domain}>",
        date=now,
        sender=sender,
        recipient=subscription.address,
        subject=cleaned(asked.subject),
        text=filled("confirmation.txt", page=asked),
        html=filled("confirmation.html", page=asked),
        list_id=list_id("confirmations", domain),
    )
