"""Sitemaps, packed and large, beyond their plain shapes (those are under pages/)."""

import gzip
import zlib

import pytest
from hypothesis import given, settings, strategies as st

from crawlers.discovery import named_sitemaps
from crawlers.readers import read_listing
from crawlers.readers.sitemaps import MOST, sitemap
from newsdesk.errors import Drifted, PresswatchError
from tests.crawlers.examples import a_page, a_source

SITE = "https://www.northmarch.gov.uk"
SOURCE = a_source(reader="sitemap", url=f"{SITE}/sitemap.xml")


def a_sitemap(*entries: str) -> bytes:
    inner = "".join(f"<url>{each}</url>" for each in entries)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</urlset>".encode()


def test_a_packed_sitemap_is_unpacked() -> None:
    body = gzip.compress(a_sitemap(f"<loc>{SITE}/news/family-hub</loc>"))
    assert read_listing(SOURCE, a_page(body, "application/x-gzip")).leads[0].title == "Family hub"


def test_a_sitemap_of_plain_lines_is_read() -> None:
    body = f"{SITE}/news/a-story\n{SITE}/news/b-story\n".encode()
    assert [lead.title for lead in read_listing(SOURCE, a_page(body, "text/plain")).leads] == [
        "A story",
        "B story",
    ]


def test_the_number_of_a_page_is_no_part_of_its_title() -> None:
    body = a_sitemap(f"<loc>{SITE}/news/24511220.budget-gap-grows/</loc>", f"<loc>{SITE}/news/2210</loc>")
    assert [lead.title for lead in read_listing(SOURCE, a_page(body)).leads] == ["Budget gap grows", "2210"]


def test_of_a_large_sitemap_the_newest_are_taken() -> None:
    entries = [
        f"<loc>{SITE}/n/{day}-x</loc><lastmod>2026-01-01T{day:05}Z</lastmod>" for day in range(MOST + 50)
    ]
    leads = read_listing(SOURCE, a_page(a_sitemap(*entries), "text/xml")).leads
    assert len(leads) == MOST
    assert leads[0].url == f"{SITE}/n/{MOST + 49}-x"


def test_a_changed_page_has_another_marker() -> None:
    def marker(stamp: str) -> str | None:
        entry = f"<loc>{SITE}/news/a-b</loc><lastmod>{stamp}</lastmod>"
        return read_listing(SOURCE, a_page(a_sitemap(entry), "text/xml")).leads[0].marker

    assert marker("2026-01-01") != marker("2026-01-02")


def test_a_path_that_no_address_has_is_a_drift() -> None:
    source = a_source(reader="sitemap", url=f"{SITE}/sitemap.xml", options={"path": "/press/"})
    with pytest.raises(Drifted, match="begins with /press/"):
        read_listing(source, a_page(a_sitemap(f"<loc>{SITE}/news/a</loc>"), "text/xml"))


def test_a_packed_bomb_is_not_unpacked_whole() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    assert len(bomb) < 100_000
    with pytest.raises(PresswatchError):
        read_listing(SOURCE, a_page(bomb, "application/x-gzip"))


def test_an_entity_is_not_followed() -> None:
    trick = b"<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + a_sitemap(
        f"<loc>{SITE}/a-&x;</loc>"
    )
    found = sitemap(trick)
    assert found is None or all(
        "/etc" not in each.address and "\n" not in each.address for each in found.places
    )


def test_robots_txt_names_sitemaps_those_of_news_first() -> None:
    lines = ["User-agent: *", "Sitemap: https://x.example/all.xml", "sitemap : https://x.example/news.xml"]
    robots = "\n".join([*lines, "Sitemap: /no", ""]).encode()
    assert named_sitemaps(robots) == ["https://x.example/news.xml", "https://x.example/all.xml"]


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_a_sitemap_or_none(body: bytes, packed: bool) -> None:
    found = sitemap(gzip.compress(body)[: len(body) + 10] if packed else body)
    assert found is None or isinstance(found.places, list)
