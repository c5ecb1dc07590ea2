"""A webhook of the reader's own: the brief as it is, signed, with a name by which a repeat is known.

    Presswatch-Event: digest
    Idempotency-Key: digest.20230804.1f0e…          the same on every try
    Presswatch-Timestamp: 1691128800                when it was sent, in seconds since 1970
    Presswatch-Signature: sha256=…                  HMAC-SHA256 with the secret over "timestamp.body"

A receiver refuses a signature that does not fit, and a timestamp more than five minutes away.
"""

import hmac
from collections.abc import Callable
from datetime import datetime

from notifications.brief import Brief
from notifications.channels.posting import PostingChannel, Request


class WebhookChannel(PostingChannel):
    """`clock` gives aware UTC."""

    def __init__(
        self, name: str, url: str, *, secret: str, clock: Callable[[], datetime], private: bool = False
    ) -> None:
        super().__init__(name, url, secret=secret, private=private)
        self._clock = clock

    def request(self, brief: Brief) -> Request:
        at, body = str(int(self._clock().timestamp())), brief.to_bytes()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": brief.id,
            "Presswatch-Event": brief.kind,
            "Presswatch-Timestamp": at,
            "Presswatch-Signature": f"sha256={signature(self._secret, at, body)}",
        }
        return Request(self._url, body, headers)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What a receiver computes for itself and compares."""
    return hmac.digest(secret.encode(), timestamp.encode() + b"." + body, "sha256").hex()
