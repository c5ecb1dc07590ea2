"""Where bounces are read, as [bounces] says."""

from collections.abc import Callable

from newsdesk.errors import DeliveryError, Mistake
from notifications.mailboxes import Imap, Mailbox, Maildir
from presswatch.config import Config
from presswatch.routes import kept_in


def mailbox(settings: Config) -> Callable[[], Mailbox] | None:
    """Opens the mailbox of what could not be delivered; None where there is none."""
    table = settings.bounces
    if table.maildir:
        return lambda: Maildir(settings.folder / table.maildir)
    if not table.host:
        return None

    def open_() -> Mailbox:
        try:
            password = kept_in(table.password_ref, "bounces.password_ref", settings.folder)
        except Mistake as mistake:
            raise DeliveryError(mistake.reason, permanent=False, fault="route") from None
        return Imap(
            table.host,
            table.port,
            username=table.username,
            password=password,
            folder=table.folder,
            tls=table.security == "tls",
        )

    return open_
