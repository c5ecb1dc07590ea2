"""Ways out of the house. A channel takes one delivery at a time and says what became of it."""

from types import TracebackType
from typing import Protocol, Self

from newsdesk.model import Delivery


class Channel(Protocol):
    """Open it for a batch: `with channel: ...`."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, delivery: Delivery) -> None:
        """Returns when the delivery has been accepted; otherwise raises DeliveryError."""

    def check(self) -> str:
        """What the doctor is told: one sentence. Raises DeliveryError when nothing could be sent."""
