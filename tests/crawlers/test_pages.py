"""Pages of the shapes that are met, and what is read from each.

A folder under `pages` holds the page as it came and `expected.json`: how it is read (listing or article),
with which source, and what must come of it. A new folder is a new test.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.articles import read_article
from crawlers.readers import page_address, read_listing
from newsdesk import errors
from newsdesk.model import Article, Kind, Lead, Page, Source

PAGES = sorted(each for each in (Path(__file__).parent / "pages").iterdir() if each.is_dir())
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
ADDRESS = "https://www.northmarch.gov.uk/news/article/1"


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_a_page_of_a_known_shape_gives_what_it_shows(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    source, page = _source(expected["source"]), _page(folder, expected)
    if "error" in expected:
        with pytest.raises(getattr(errors, expected["error"])) as raised:
            _read(expected, source, page)
        assert str(raised.value) == expected["reason"]
    elif expected["read"] == "listing":
        _check_listing(expected, source, page)
    else:
        _check_article(expected, read_article(source, _lead(expected, page), page))


def _check_listing(expected: dict[str, Any], source: Source, page: Page) -> None:
    reading = read_listing(source, page)
    assert len(reading.leads) == len(expected["leads"])
    for lead, wanted in zip(reading.leads, expected["leads"], strict=True):
        assert _shown(lead, wanted) == wanted
        assert lead.marker
    if "warnings" in expected:
        assert list(reading.warnings) == expected["warnings"]
    for warning, start in zip(reading.warnings, expected.get("warning_starts", []), strict=False):
        assert warning.startswith(start)
    assert len(reading.warnings) >= len(expected.get("warning_starts", []))
    for name in ("held", "further"):
        if name in expected:
            shown = [each if isinstance(each, str) else each.url for each in getattr(reading, name)]
            assert shown == expected[name]
    if "followed" in expected:
        assert [page_address(source, lead) for lead in reading.leads] == expected["followed"]


def _check_article(expected: dict[str, Any], article: Article) -> None:
    assert _shown(article, expected["article"]) == expected["article"]
    assert article.kind == expected["source"]["kind"]
    for words in expected.get("text_has", []):
        assert words in article.text
    for words in expected.get("text_lacks", []):
        assert words not in article.text
    winners = expected.get("winners", {})
    assert {name: article.winners.get(name) for name in winners} == winners


def _read(expected: dict[str, Any], source: Source, page: Page) -> object:
    if expected["read"] == "listing":
        return read_listing(source, page)
    return read_article(source, _lead(expected, page), page)


def _shown(value: object, wanted: dict[str, Any]) -> dict[str, Any]:
    """The wanted fields of a value, in the words of JSON."""
    fields = {name: getattr(value, name) for name in wanted}
    return {name: _plain(each) for name, each in fields.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _source(stated: dict[str, Any]) -> Source:
    given = {"outlet": "Northmarch", "url": ADDRESS} | stated
    return Source(
        name="under-test",
        weekly=(0, 10),
        verified="made for this test",
        verified_on=date(2026, 11, 21),
        **(given | {"kind": Kind(given["kind"]), "covers": tuple(given.get("covers", ()))}),
    )


def _page(folder: Path, expected: dict[str, Any]) -> Page:
    body = next(folder.glob("page.*")).read_bytes()
    url = expected.get("url") or expected["source"].get("url") or ADDRESS
    return Page(url, url, 200, expected["content_type"], body, NOW)


def _lead(expected: dict[str, Any], page: Page) -> Lead:
    return Lead(page.url, **({"title": ""} | expected.get("lead", {})))
