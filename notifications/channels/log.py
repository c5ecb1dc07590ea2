"""A channel that sends nothing: it writes each mail into a folder, to be looked at."""

import re
from pathlib import Path
from types import TracebackType
from typing import Self

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9.-]+")


class LogChannel:
    """Used until a mail server is configured, and by the demonstration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def send(self, delivery: Delivery) -> str:
        """Writes one .eml file, named after the message: the same message twice is one file."""
        path = self.path(delivery)
        half = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(delivery.mail)
            half.replace(path)
        except OSError as error:
            words = f"{path} cannot be written: {error.strerror}"
            raise DeliveryError(words, permanent=False, fault="route", phase="connect") from error
        return path.name

    def check(self) -> str:
        return f"no mail server is configured: mails are written to {self.folder}"

    def path(self, delivery: Delivery) -> Path:
        name = _NOT_IN_A_NAME.sub("_", delivery.message_id.strip("<>")).lstrip(".")[:200]
        return self.folder / f"{name}.eml"
