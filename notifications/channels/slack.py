"""Slack, by an incoming webhook, whose address is its secret."""

from notifications.brief import Brief, BriefItem
from notifications.channels.posting import PostingChannel, Request, as_json

_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_IN_A_LINK = _ENTITIES | {ord("|"): "%7C"}


class SlackChannel(PostingChannel):
    """Slack's own markup; only "&", "<" and ">" mean anything that could notify or link somebody."""

    def request(self, brief: Brief) -> Request:
        lines = [f"*{_plain(brief.subject)}*", *map(_line, brief.items)]
        lines += [f"_and {brief.more} more_"] if brief.more else []
        body, headers = as_json({"text": "\n".join(lines), "unfurl_links": False, "mrkdwn": True})
        return Request(self._url, body, headers)


def _line(item: BriefItem) -> str:
    words = _plain(item.headline)
    headline = f"<{item.url.translate(_IN_A_LINK)}|{words}>" if item.url else words
    return f"• {_plain(item.council)}: {headline} ({_plain(item.event)})"


def _plain(text: str) -> str:
    return text.translate(_ENTITIES)
