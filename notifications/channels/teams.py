"""Microsoft Teams, by a Power Automate workflow ("when a webhook request is received"), which answers 202."""

import re

from notifications.brief import Brief, BriefItem
from notifications.channels.posting import PostingChannel, Request, as_json

_MARKUP = re.compile(r"([\\`*_\[\]()#~>|])")


class TeamsChannel(PostingChannel):
    """An adaptive card."""

    def request(self, brief: Brief) -> Request:
        blocks = [_block(_plain(brief.subject), weight="Bolder", size="Medium")]
        blocks += [_block(_line(each)) for each in brief.items]
        blocks += [_block(f"and {brief.more} more")] if brief.more else []
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": blocks,
        }
        attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        body, headers = as_json({"type": "message", "attachments": [attached]})
        return Request(self._url, body, headers)


def _block(text: str, **more: str) -> dict[str, object]:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def _line(item: BriefItem) -> str:
    words = _plain(item.headline)
    url = item.url.replace("(", "%28").replace(")", "%29")
    headline = f"[{words}]({url})" if url else words
    return f"{_plain(item.council)}: {headline} ({_plain(item.event)})"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
