"""GOV.UK's own answers in JSON: its search, and a collection of documents in its content API."""

import json
from collections.abc import Iterator
from typing import Any

from crawlers.readers.reading import Reading, instead, marker, once_each, when
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source
from newsdesk.text import clean_line

SITE = "https://www.gov.uk"
_HOSTS = frozenset(("gov.uk",))


def read_govuk(source: Source, page: Page) -> Reading:  # noqa: ARG001 - every reader has this signature
    """The leads of a search result, or of a document collection; Drifted when there are none."""
    try:
        answer = json.loads(page.body)
    except ValueError as error:
        raise instead(page, "answer in JSON") from error
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
    for result in _dicts(answer["results"]):
        yield from _lead(result, "link", "public_timestamp", page)


def _collection(answer: dict[str, Any], page: Page) -> Iterator[Lead]:
    """The collection itself first: its change notes say what moved, and a new note is a new marker."""
    links = answer.get("links")
    for each in (answer, *_dicts(links.get("documents") if isinstance(links, dict) else None)):
        yield from _lead(each, "base_path", "public_updated_at", page)


def _lead(thing: dict[str, Any], path_key: str, stamp_key: str, page: Page) -> Iterator[Lead]:
    path, title, summary, stamp = (
        _words(thing.get(key)) for key in (path_key, "title", "description", stamp_key)
    )
    url = urls.canonical(path, base=SITE)
    if url and title:
        yield Lead(
            url=url,
            title=title,
            guid=path,
            published_printed=stamp or None,
            published=when(stamp, page),
            updated=when(stamp, page),
            summary=summary,
            marker=stamp or marker(title, summary),
        )


def _words(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
