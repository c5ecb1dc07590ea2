"""GOV.UK Notify, through its own client: mail for services that may use it.

The template must hold ((subject)) as its subject and ((body)) as its text. Our message's identity is the
`reference`; Notify does not refuse a second one, so what became of an uncertain message is asked for first.
"""

from types import TracebackType
from typing import Any, Self

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from newsdesk.text import clean_line
from notifications.addresses import mailbox
from notifications.brief import Brief

_API = "https://api.notifications.service.gov.uk"
_TIMEOUT = 20  # seconds
_KEY = 73  # characters of a key that count: the service's id, a hyphen, and the secret


class NotifyChannel:
    """`key` is the API key as Notify shows it, `template` the id of the template."""

    def __init__(self, name: str, key: str, template: str, *, url: str = "") -> None:
        self.name, self._key, self._template, self._url = name, key, template, url or _API
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            from notifications_python_client.notifications import NotificationsAPIClient
        except ImportError:
            raise self._wrong("install it: pip install presswatch[notify]") from None
        if len(self._key) < _KEY:
            raise self._wrong("its API key is not whole")
        made: Any = NotificationsAPIClient
        self._client = made(self._key, base_url=self._url, timeout=_TIMEOUT)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.request_session.close()

    def send(self, delivery: Delivery) -> str:
        """Returns Notify's own id of the message."""
        told, reference = Brief.of(delivery.mail), delivery.message_id.strip("<>")
        if delivery.state == "uncertain" and (known := self._known(reference)):
            return known
        page = next((each for each in told.unsubscribe if each.startswith("https:")), None)
        answer = self._asked(
            "send_email_notification",
            email_address=mailbox(delivery.recipient).address,
            template_id=self._template,
            personalisation={"subject": told.subject, "body": told.text},
            reference=reference,
            one_click_unsubscribe_url=page,
        )
        return str(answer["id"])

    def check(self) -> str:
        with self:
            name = clean_line(str(self._asked("get_template", self._template).get("name")))
        return f"{self.name}: GOV.UK Notify answers and has the template {name!r}"

    def _known(self, reference: str) -> str:
        found = self._asked("get_all_notifications", reference=reference)["notifications"]
        return str(found[0]["id"]) if found else ""

    def _asked(self, method: str, *args: Any, **given: Any) -> Any:
        from notifications_python_client.errors import APIError

        try:
            return getattr(self._client, method)(*args, **given)
        except APIError as error:
            raise self._meaning(error, sends=method.startswith("send")) from None

    def _meaning(self, error: Any, *, sends: bool) -> DeliveryError:
        """400 is about the message, or the address where it says so; all else about us or about Notify."""
        from requests import ReadTimeout

        said = clean_line(str(error.message)).replace(self._key, "…")
        silent = isinstance(error.__context__, ReadTimeout)
        bad = error.response is not None and error.status_code == 400
        return DeliveryError(
            f"{self.name}: {error.status_code}: {said}",
            permanent=bad,
            uncertain=silent and sends,
            fault=("address" if "email_address" in said else "message") if bad else "route",
            phase="reply" if error.response is not None or silent else "connect",
            status=str(error.status_code),
        )

    def _wrong(self, reason: str) -> DeliveryError:
        return DeliveryError(f"{self.name}: {reason}", permanent=False, fault="route", phase="connect")
