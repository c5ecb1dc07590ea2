"""Messages for the tests of the mail itself."""

from datetime import UTC, datetime

from newsdesk.model import Delivery, Message
from notifications.proof import sealed

DATE = datetime(2023, 8, 4, 6, 0, tzinfo=UTC)


def message(
    *,
    subject: str = "Rivermouth: monitoring visit letter – Friday 4 August 2023",
    text: str = "A letter was published.\n",
    html: str = "<p>A letter was published.</p>\n",
    sender: str = "Presswatch <digest@presswatch.example>",
    recipient: str = "director@council.example",
    message_id: str = "<digest.20230804.0123456789abcdef@presswatch.example>",
    unsubscribe: tuple[str, ...] = (),
) -> Message:
    return Message(
        message_id=message_id,
        date=DATE,
        sender=sender,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        list_id="<directors.presswatch.example>",
        unsubscribe=unsubscribe,
    )


def delivery(meant: Message | None = None) -> Delivery:
    meant = meant or message()
    return Delivery(1, meant.message_id, meant.sender, meant.recipient, sealed(meant))
