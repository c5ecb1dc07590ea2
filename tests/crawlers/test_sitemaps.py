"""Sitemaps, packed and large, beyond their plain shapes (those are under pages/)."""

import gzip
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from crawlers.discovery import named_sitemaps
from crawlers.readers import read_listing
from crawlers.readers.sitemaps import MOST, sitemap
from crawlers.run import crawl
from newsdesk.errors import Drifted, PresswatchError
from newsdesk.model import Listing, Order
from presswatch.demo.web import Answer, LittleWeb
from tests.crawlers.examples import NOW, a_page, a_source
from tests.crawlers.visits import CONTACT, no_lead

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


# ---------------------------------------------------------------- an index of sitemaps


def an_index(*places: tuple[str, str]) -> str:
    named = (f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in places)
    return f"<sitemapindex>{''.join(named)}</sitemapindex>".replace("<lastmod></lastmod>", "")


def parts(*places: tuple[str, str]) -> tuple[str, ...]:
    further = read_listing(SOURCE, a_page(an_index(*places), "application/xml")).further
    return tuple(each.removeprefix(f"{SITE}/") for each in further)


def test_of_an_index_those_that_changed_last_are_read_and_three_at_most() -> None:
    days = {
        "a.xml": "2026-01-03",
        "b.xml": "2026-11-20",
        "c.xml": "2026-11-21T09:00:00Z",
        "d.xml": "2025-01-01",
    }
    assert parts(*((f"{SITE}/{name}", day) for name, day in days.items())) == ("c.xml", "b.xml", "a.xml")


def test_of_an_index_without_days_the_last_are_read() -> None:
    assert parts(*((f"{SITE}/{number}.xml", "") for number in range(5))) == ("4.xml", "3.xml", "2.xml")


def test_an_index_leads_to_no_other_site_and_to_something() -> None:
    assert parts((f"{SITE}/a.xml", ""), ("https://casino.example/b.xml", "")) == ("a.xml",)
    with pytest.raises(Drifted, match="the index names no sitemap"):
        parts()


HOST = "www.northmarch.example"


def visited(site: dict[str, Answer]) -> tuple[Listing, list[str]]:
    """A visit to the index of a site, and the paths it asked for."""
    order = Order(replace(SOURCE, url=f"http://{HOST}/index.xml"))
    with LittleWeb({HOST: site}) as web:
        said = crawl([order], choose=no_lead, contact=CONTACT, now=NOW, allow=web.allowances())
        (listing,) = [each for each in said if isinstance(each, Listing)]
        return listing, [each.path for each in web.asked(HOST)]


def test_what_the_parts_of_an_index_show_is_one_listing() -> None:
    index = an_index((f"http://{HOST}/old.xml", "2026-01-01"), (f"http://{HOST}/new.xml", "2026-11-01"))
    one, two = (f"<loc>http://{HOST}/news/{name}</loc>" for name in ("a-hub-opens", "a-fair-held"))
    site = {
        "/index.xml": Answer(index),
        "/new.xml": Answer(a_sitemap(one)),
        "/old.xml": Answer(a_sitemap(one, two)),
    }
    listing, asked = visited(site)
    assert asked == ["/robots.txt", "/index.xml", "/new.xml", "/old.xml"]
    assert (listing.problem, listing.warnings) == (None, ())
    assert sorted(each.title for each in listing.leads) == ["A fair held", "A hub opens"]
    assert (listing.etag, listing.body_hash) == (None, None), "a part may change while the index does not"


def test_a_part_that_fails_is_a_warning_while_another_one_works() -> None:
    index = an_index(*((f"http://{HOST}/{name}.xml", "") for name in ("lost", "nested", "new")))
    site = {
        "/index.xml": Answer(index),
        "/nested.xml": Answer(index),
        "/new.xml": Answer(a_sitemap(f"<loc>http://{HOST}/news/a-hub-opens</loc>")),
    }
    listing, _ = visited(site)
    assert [each.title for each in listing.leads] == ["A hub opens"]
    assert [each.rpartition(": ")[2].split(" (")[0] for each in listing.warnings] == [
        "this is an index inside an index",
        f"{HOST} says that http://{HOST}/lost.xml is not there",
    ]
    listing, _ = visited({"/index.xml": Answer(index)})
    assert listing.problem
    assert listing.problem.code == "gone"
