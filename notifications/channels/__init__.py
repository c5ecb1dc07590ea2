"""Ways out of the house. A channel takes one delivery at a time and says what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

from newsdesk.model import Delivery


class Channel(Protocol):
    """Open it for a batch: `with channel: ...`. It is used by one thread."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, delivery: Delivery) -> str:
        """Returns the receiver's receipt when the delivery has been accepted; else raises DeliveryError."""

    def check(self) -> str:
        """What the doctor is told: one sentence. Raises DeliveryError when nothing could be sent."""


@dataclass(frozen=True, slots=True)
class Route:
    """A channel as it is configured. `open` raises DeliveryError when it cannot even be made.

    `speaks` says what its deliveries hold: a whole mail, or a brief (see notifications.brief). At most
    `connections` are open at once, and at most `per_minute` deliveries tried in a minute; 0 means any number.
    """

    open: Callable[[], Channel]
    speaks: Literal["mail", "brief"] = "mail"
    connections: int = 1
    per_minute: int = 0
