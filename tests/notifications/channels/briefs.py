"""A delivery of a brief, for the channels that write their own messages."""

from newsdesk.model import Delivery
from notifications.brief import Brief, brief
from tests.notifications.examples import COUNCILS, NOW, digest, inspection, monitoring_visit

IDENTITY = "digest.20230804.0123456789abcdef"
PAGE = "https://digest.example/leave/token"


def told() -> Brief:
    return brief(
        digest(inspection(), monitoring_visit(), updated=frozenset({1})),
        message_id=IDENTITY,
        subject="Stonebridge: inadequate overall",
        text="Stonebridge was judged inadequate.\n",
        at=NOW,
        councils=COUNCILS,
        unsubscribe=(PAGE,),
    )


def delivery(state: str = "queued", recipient: str = "desk@council.example") -> Delivery:
    return Delivery(
        7,
        f"<{IDENTITY}@presswatch.example>",
        "digest@presswatch.example",
        recipient,
        told().to_bytes(),
        state=state,  # type: ignore[arg-type]
        channel="desk",
    )
