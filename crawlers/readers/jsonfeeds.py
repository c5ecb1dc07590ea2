"""JSON Feed, versions 1 and 1.1 (jsonfeed.org): the form some newsrooms offer instead of RSS."""

import json
from typing import Any

from crawlers.readers.plainfeeds import Entry, Feed


def json_feed(body: bytes) -> Feed | None:
    """What the feed holds, or None when this is not a JSON Feed."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version/" not in str(answer.get("version")):
        return None
    return Feed(
        [_entry(each) for each in items if isinstance(each, dict)], _said(answer.get("home_page_url")) or None
    )


def _entry(item: dict[str, Any]) -> Entry:
    """An item's own page goes before the page it speaks of; an id is often its address."""
    said = {name: _said(value) for name, value in item.items()}
    return Entry(
        title=said.get("title", ""),
        link=said.get("url") or said.get("external_url") or "",
        guid=said.get("id", ""),
        summary=said.get("summary") or said.get("content_html") or said.get("content_text") or "",
        published=said.get("date_published") or None,
        updated=said.get("date_modified") or None,
    )


def _said(value: object) -> str:
    """Ids are sometimes numbers, though they should not be."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
