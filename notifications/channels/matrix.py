"""Matrix: the address is the home server's, the secret an access token, and each message goes to one room.

The transaction's name is the message's, so the same message twice is one.
"""

from html import escape
from urllib.parse import quote

from notifications.brief import Brief, BriefItem
from notifications.channels.posting import PostingChannel, Request, as_json


class MatrixChannel(PostingChannel):
    """A notice (m.notice), as bots send: no other bot answers it."""

    def __init__(self, name: str, url: str, *, secret: str, room: str, private: bool = False) -> None:
        """`room` is a room's id: "!abc:example.org"."""
        super().__init__(name, url, secret=secret, private=private)
        self._room = room

    def request(self, brief: Brief) -> Request:
        path = f"/_matrix/client/v3/rooms/{quote(self._room, safe='')}/send/m.room.message/"
        more = [f"and {brief.more} more"] if brief.more else []
        plain = [f"{each.council}: {each.headline} ({each.event}) {each.url}" for each in brief.items]
        listed = "".join(f"<li>{each}</li>" for each in [*map(_line, brief.items), *more])
        said = {
            "msgtype": "m.notice",
            "body": "\n".join([brief.subject, *plain, *more]),
            "format": "org.matrix.custom.html",
            "formatted_body": f"<strong>{escape(brief.subject)}</strong><ul>{listed}</ul>",
        }
        body, headers = as_json(said, Authorization=f"Bearer {self._secret}")
        name = quote(brief.id, safe="")
        return Request(f"{self._url.rstrip('/')}{path}{name}", body, headers, method="PUT")


def _line(item: BriefItem) -> str:
    words = escape(item.headline)
    headline = f'<a href="{escape(item.url)}">{words}</a>' if item.url else words
    return f"{escape(item.council)}: {headline} ({escape(item.event)})"
