"""Everything else, through Apprise: Telegram, Signal, Pushover and a hundred more.

Apprise makes one attempt for each delivery; the outbox tries again. It says no more than yes or no, so a no
is taken for a passing trouble of the route.
"""

from types import TracebackType
from typing import Any, Self

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from notifications.brief import Brief

# What acts on this machine, or asks an address that anybody may have written: for those there is `webhook`.
_REFUSED = frozenset(
    {"apprise", "apprises", "dbus", "exec", "file", "form", "forms", "glib", "gnome", "gotify", "gotifys"}
    | {"json", "jsons", "kde", "macosx", "qt", "rsyslog", "syslog", "windows", "xml", "xmls"}
)


class OthersChannel:
    """`url` is an Apprise address and as a whole a secret."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self._url = name, url
        self._apprise: Any = None

    def __enter__(self) -> Self:
        try:
            from apprise import Apprise
        except ImportError:
            raise self._wrong("install it: pip install presswatch[channels]") from None
        if self._url.partition("://")[0].lower() in _REFUSED or "retry=" in self._url:
            raise self._wrong("this kind of Apprise address is not taken: use kind = webhook")
        self._apprise = Apprise()
        if not self._apprise.add(self._url):
            raise self._wrong("Apprise cannot read its address")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._apprise = None

    def send(self, delivery: Delivery) -> str:
        told = Brief.of(delivery.mail)
        lines = [f"{each.council}: {each.headline} ({each.event}) {each.url}" for each in told.items]
        body = "\n".join(lines) or told.text
        if not self._apprise.notify(title=told.subject, body=body):
            raise self._wrong("it was not accepted", phase="reply")
        return "accepted"

    def check(self) -> str:
        with self:
            return f"{self.name}: Apprise can read its address; whether it works shows when it is used"

    def _wrong(self, reason: str, *, phase: str = "connect") -> DeliveryError:
        return DeliveryError(f"{self.name}: {reason}", permanent=False, fault="route", phase=phase)
