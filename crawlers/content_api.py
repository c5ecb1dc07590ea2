"""A page of GOV.UK as its content API gives it: an article for every kind of document.

The text begins with what matters most: a notice of withdrawal, the description, the newest change note
(for a collection of notices that note is the news: it names the council and the move), then the body.
"""

import json
from collections.abc import Iterator
from typing import Any

from crawlers.markup import blocks, parse, strip_tags
from crawlers.readers.govuk import SITE
from newsdesk import dates, urls
from newsdesk.dates import Reading
from newsdesk.errors import Unreadable
from newsdesk.model import Article, Lead, Page, Source
from newsdesk.text import clean_line, clean_text

_BODIES = ("body", "cancellation_reason", "final_outcome_detail", "public_feedback_detail")


def read_content(source: Source, lead: Lead, page: Page) -> Article:
    """The article behind a content API answer; Unreadable when it is not one."""
    try:
        answer = json.loads(page.body)
        title, details = clean_line(answer["title"]), answer.get("details") or {}
        text = clean_text("\n\n".join(part for part in _parts(answer, details) if part))
        first = answer.get("first_published_at") or details.get("first_public_at")
        latest = answer.get("public_updated_at")
        published, updated = _when(first or latest, page), _when(latest, page)
        own = urls.canonical(answer.get("base_path") or "", base=SITE)
        language = str(answer.get("locale") or "") or None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(f"GOV.UK's answer is not a page: {type(error).__name__}: {error}") from error
    if not text:
        raise Unreadable("GOV.UK's answer holds neither a body nor a description")
    changed = updated is not None and published is not None and updated.at > published.at
    return Article(
        url=lead.url,
        outlet=source.outlet,
        title=title or lead.title,
        text=text,
        fetched_at=page.fetched_at,
        canonical_url=own,
        published=published.at if published else lead.published,
        published_printed=first or latest or lead.published_printed,
        updated=updated.at if updated and changed else None,
        updated_printed=latest if changed else None,
        language=language,
        winners={
            "title": "content-api",
            "text": "content-api",
            **({"published": "content-api" if published else "lead"} if published or lead.published else {}),
        },
    )


def _when(stamp: str | None, page: Page) -> Reading | None:
    return dates.read(stamp, now=page.fetched_at) if stamp else None


def _parts(answer: dict[str, Any], details: dict[str, Any]) -> Iterator[str]:
    withdrawn = answer.get("withdrawn_notice") or {}
    if withdrawn.get("explanation"):
        yield f"Withdrawn: {strip_tags(withdrawn['explanation'])}"
    yield clean_line(answer.get("description") or "")
    yield _newest_note(details)
    for name in _BODIES:
        yield _html(details.get(name))
    for group in _dicts(details.get("collection_groups")):
        yield clean_line(group.get("title") or "")
        yield _html(group.get("body"))
    for attachment in _dicts(details.get("attachments")):
        yield clean_line(attachment.get("title") or "")


def _newest_note(details: dict[str, Any]) -> str:
    """What changed last, unless it is only that the page was published."""
    notes = [note for note in _dicts(details.get("change_history")) if note.get("public_timestamp")]
    if not notes:
        return ""
    newest = max(notes, key=lambda note: str(note["public_timestamp"]))
    said = clean_line(newest.get("note") or "")
    return (
        ""
        if said.lower().rstrip(".") in ("", "first published", "first published online")
        else f"Changed: {said}"
    )


def _html(value: Any) -> str:
    """A body is HTML, or a list of the same in several formats."""
    if isinstance(value, list):
        value = next(
            (each.get("content") for each in _dicts(value) if each.get("content_type") == "text/html"), ""
        )
    return blocks(parse(f"<div>{value}</div>")) if value else ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
