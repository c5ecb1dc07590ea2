"""GOV.UK's own answers in JSON: its search, and a collection of documents in its content API."""

import json
from collections.abc import Iterator
from typing import Any

from crawlers.readers.reading import Reading, marker, once_each, when
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

SITE = "https://www.gov.uk"
_HOSTS = frozenset(("gov.uk",))


def read_govuk(source: Source, page: Page) -> Reading:  # noqa: ARG001 - every reader has this signature
    """The leads of a search result, or of a document collection; Drifted when there are none."""
    try:
        answer = json.loads(page.body)
    except ValueError as error:
        raise Drifted(f"GOV.UK did not answer in JSON: {error}") from error
    if not isinstance(answer, dict):
        raise Drifted("GOV.UK answered with something else than an object")
    found = _results(answer, page) if "results" in answer else _collection(answer, page)
    leads = once_each(found)
    if not leads:
        raise Drifted("GOV.UK's answer names no document")
    return Reading(leads)


def content_address(url: str) -> str:
    """Where the content API answers for a page of www.gov.uk; any other address stays as it is."""
    if urls.site(url) not in _HOSTS or not url.startswith(SITE + "/") or url.startswith(SITE + "/api/"):
        return url
    return SITE + "/api/content" + url.removeprefix(SITE)


def _results(answer: dict[str, Any], page: Page) -> Iterator[Lead]:
    for result in answer["results"]:
        yield from _lead(
            result.get("link"),
            result.get("title"),
            result.get("description"),
            result.get("public_timestamp"),
            page,
        )


def _collection(answer: dict[str, Any], page: Page) -> Iterator[Lead]:
    """The collection itself first: its change notes say what moved, and a new note is a new marker."""
    yield from _lead(
        answer.get("base_path"),
        answer.get("title"),
        answer.get("description"),
        answer.get("public_updated_at"),
        page,
    )
    for each in answer.get("links", {}).get("documents", []):
        yield from _lead(
            each.get("base_path"),
            each.get("title"),
            each.get("description"),
            each.get("public_updated_at"),
            page,
        )


def _lead(
    path: str | None, title: str | None, summary: str | None, stamp: str | None, page: Page
) -> Iterator[Lead]:
    url = urls.canonical(path, base=SITE) if path else None
    if url and title:
        yield Lead(
            url=url,
            title=title.strip(),
            guid=path,
            published_printed=stamp,
            published=when(stamp, page),
            updated=when(stamp, page),
            summary=(summary or "").strip(),
            marker=stamp or marker(title, summary),
        )
