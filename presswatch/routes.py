"""The ways out of the house, as they are configured: "email" and each [channels.NAME]."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from newsdesk.errors import DeliveryError, Mistake
from newsdesk.readers import MAIL
from notifications import dkim
from notifications.channels import Channel, Route
from notifications.channels.log import LogChannel
from notifications.channels.matrix import MatrixChannel
from notifications.channels.notify import NotifyChannel
from notifications.channels.ntfy import NtfyChannel
from notifications.channels.others import OthersChannel
from notifications.channels.slack import SlackChannel
from notifications.channels.smtp import SmtpChannel
from notifications.channels.teams import TeamsChannel
from notifications.channels.webhook import WebhookChannel
from notifications.verp import Verp
from presswatch.config import ChannelTable, Config, DkimTable


def routes(
    settings: Config,
    *,
    verp: Verp | None,
    clock: Callable[[], datetime],
    environment: Mapping[str, str] = os.environ,
) -> dict[str, Route]:
    """Every way out by its name. Secrets are only looked for when one is opened."""

    def opening(name: str, table: ChannelTable) -> Callable[[], Channel]:
        def open_() -> Channel:
            try:
                return _Opening(name, table, settings, clock, environment).channel()
            except Mistake as mistake:
                raise DeliveryError(mistake.reason, permanent=False, fault="route", phase="connect") from None

        return open_

    named = {
        name: Route(
            opening(name, table), "mail" if table.kind == "log" else "brief", per_minute=table.per_minute
        )
        for name, table in settings.channels.items()
    }
    return {MAIL: _mail(settings, verp), **named}


def _mail(settings: Config, verp: Verp | None) -> Route:
    """SMTP where a relay is set, else a folder of .eml files."""
    relay = settings.smtp
    if not relay.host:
        return Route(lambda: LogChannel(settings.folder / settings.outbox))

    def open_() -> Channel:
        try:
            sign = _signer(settings.dkim, settings.folder) if settings.dkim.key else None
        except Mistake as mistake:
            raise DeliveryError(mistake.reason, permanent=False, fault="route", phase="connect") from None
        return SmtpChannel(
            relay.host,
            relay.port,
            security=relay.security,
            username=relay.username or None,
            password=relay.password or None,
            returns=verp.returns if verp else None,
            sign=sign,
        )

    return Route(open_, connections=relay.connections, per_minute=relay.per_minute)


@cache
def _signer(table: DkimTable, folder: Path) -> dkim.Signer:
    return dkim.signer(table.domain, table.selector, folder / table.key)


class _Opening:
    """One [channels.NAME] and what it needs."""

    def __init__(
        self,
        name: str,
        table: ChannelTable,
        settings: Config,
        clock: Callable[[], datetime],
        environment: Mapping[str, str],
    ) -> None:
        self._name, self._table, self._settings = name, table, settings
        self._clock, self._environment = clock, environment

    def channel(self) -> Channel:
        name, table, private = self._name, self._table, self._table.private
        url = self._secret("url_ref", table.url_ref) or table.url
        secret = self._secret("secret_ref", table.secret_ref)
        match table.kind:
            case "slack":
                return SlackChannel(name, url, private=private)
            case "teams":
                return TeamsChannel(name, url, private=private)
            case "ntfy":
                return NtfyChannel(name, url, secret=secret, private=private)
            case "matrix":
                return MatrixChannel(name, url, secret=secret, room=table.room, private=private)
            case "webhook":
                return WebhookChannel(name, url, secret=secret, clock=self._clock, private=private)
            case "notify":
                return NotifyChannel(name, secret, table.template, url=url)
            case "apprise":
                return OthersChannel(name, url)
            case "log":
                return LogChannel(self._settings.folder / self._settings.outbox)

    def _secret(self, key: str, reference: str) -> str:
        return kept_in(reference, f"channels.{self._name}.{key}", self._settings.folder, self._environment)


def kept_in(reference: str, key: str, folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """What "env:NAME" or "file:PATH" holds; nothing for nothing. Raises Mistake, which repeats no secret."""
    how, _, where = reference.partition(":")
    if not reference:
        return ""
    if how == "env":
        if not environment.get(where):
            raise Mistake(f"{key}: the environment variable {where} is not set")
        return environment[where]
    try:
        return (folder / where).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(
            f"{key}: {folder / where} cannot be read: {getattr(error, 'strerror', error)}"
        ) from None
