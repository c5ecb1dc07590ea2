"""Return addresses that name their message: bounce+3f2-9c41d0a5b7e80f12@example.org is about number 1010.

Whatever a bounce says or leaves out, it arrives at an address that only we can have made.
"""

import hmac
import re
from collections.abc import Sequence

from notifications.addresses import mailbox

_TOKEN = re.compile(r"(?P<id>[0-9a-f]{1,16})-(?P<mark>[0-9a-f]{16})")


class Verp:
    """Return addresses under `address`, signed with the newest of `keys` and read with every one.

    Letters count in either case: some servers change it on the way. Raises DeliveryError (permanent) where
    `address` is none.
    """

    def __init__(self, address: str, keys: Sequence[str]) -> None:
        self.address = mailbox(address).address
        self._local, _, self._domain = self.address.rpartition("@")
        self._keys = [f"presswatch verp {each}".encode() for each in keys]

    def returns(self, delivery: int) -> str:
        """Where what cannot be delivered comes back to."""
        return f"{self._local}+{delivery:x}-{_mark(self._keys[-1], delivery)}@{self._domain}"

    def delivery(self, address: str) -> int | None:
        """The message that an address was made for; None where it is not one of ours."""
        local, _, domain = address.lower().rpartition("@")
        base, _, token = local.rpartition("+")
        found = _TOKEN.fullmatch(token)
        if domain != self._domain.lower() or base != self._local.lower() or not found:
            return None
        delivery = int(found["id"], 16)
        known = any(hmac.compare_digest(_mark(each, delivery), found["mark"]) for each in self._keys)
        return delivery if known else None


def _mark(key: bytes, delivery: int) -> str:
    return hmac.digest(key, str(delivery).encode(), "sha256").hex()[:16]
