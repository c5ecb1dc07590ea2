"""What a message looks like on the channel it leaves by: a whole mail, or a brief."""

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery, Digest, Message
from notifications.brief import brief
from notifications.proof import sealed
from scheduler.house import House


def packed(house: House, channel: str, message: Message, told: Digest) -> Delivery:
    """The row of the outbox for a message that tells this. Raises DeliveryError (permanent) for one that
    cannot be written, or where there is no such channel."""
    route = house.routes.get(channel)
    if route is None:
        raise DeliveryError(f"no channel is called {channel!r}: see [channels]", permanent=True)
    content = sealed(message) if route.speaks == "mail" else _brief(house, message, told)
    return Delivery(
        0,
        message.message_id,
        message.sender,
        message.recipient,
        content,
        kind=message.kind,
        channel=channel,
    )


def _brief(house: House, message: Message, told: Digest) -> bytes:
    return brief(
        told,
        message_id=message.message_id.strip("<>"),
        kind=message.kind,
        subject=message.subject,
        text=message.text,
        at=message.date,
        councils=house.desk.gazetteer.names,
        unsubscribe=message.unsubscribe,
    ).to_bytes()
