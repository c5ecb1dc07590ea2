"""Signed words in links: who may confirm, leave or manage what, without a password.

A token says nothing but an id, and cannot be made without the installation's key. Those that let somebody
leave hold for ever, because a mail is opened years later; those that confirm are good for three days.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from itsdangerous import BadSignature, URLSafeSerializer

from newsdesk.errors import Mistake

Purpose = Literal["confirm", "leave", "manage", "bounce"]
CONFIRM_WITHIN = timedelta(hours=72)


class Tokens:
    """Makes tokens with the newest key and reads those of every key: a key may be changed at any time."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are secrets, the newest last."""
        self._keys = list(keys)

    def make(self, purpose: Purpose, subject: int) -> str:
        return self._signer(purpose).dumps(subject)

    def read(self, purpose: Purpose, token: str) -> int:
        """The id it was made for. Raises Mistake for a token of another purpose, or that is not ours."""
        try:
            subject = self._signer(purpose).loads(token)
        except BadSignature:
            raise Mistake("this link is not whole: copy all of it from the mail") from None
        if not isinstance(subject, int):
            raise Mistake("this link is not whole: copy all of it from the mail")
        return subject

    def _signer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=f"presswatch {purpose}")


class Doors:
    """The addresses that readers are given, under the installation's public one (https://news.example.org)."""

    def __init__(self, address: str, tokens: Tokens) -> None:
        self.address, self.tokens = address.rstrip("/"), tokens

    def confirm(self, subscription: int) -> str:
        return f"{self.address}/confirm/{self.tokens.make('confirm', subscription)}"

    def leave(self, subscription: int) -> str:
        return f"{self.address}/leave/{self.tokens.make('leave', subscription)}"

    def manage(self, subscriber: int) -> str:
        return f"{self.address}/manage/{self.tokens.make('manage', subscriber)}"
