"""ntfy: the address is that of a topic; the secret, where there is one, an access token."""

from urllib.parse import urlsplit

from notifications.brief import Brief
from notifications.channels.posting import PostingChannel, Request, as_json

_LONGEST = 3_500  # octets; ntfy makes an attachment of what is over 4,096
_URGENT = 4


class NtfyChannel(PostingChannel):
    """Published as JSON, in which a title may hold any character, at the server's root."""

    def request(self, brief: Brief) -> Request:
        parts = urlsplit(self._url)
        lines = [f"{each.council}: {each.headline} ({each.event})" for each in brief.items]
        lines += [f"and {brief.more} more"] if brief.more else []
        said: dict[str, object] = {
            "topic": parts.path.strip("/"),
            "title": brief.subject,
            "message": "\n".join(lines).encode()[:_LONGEST].decode(errors="ignore") or brief.subject,
        }
        links = [each.url for each in brief.items if each.url]
        said |= {"click": links[0]} if links else {}
        said |= {"priority": _URGENT} if brief.kind == "alert" else {}
        body, headers = as_json(said, **({"Authorization": f"Bearer {self._secret}"} if self._secret else {}))
        return Request(f"{parts.scheme}://{parts.netloc}/", body, headers)
