"""What is read from feeds beyond their plain shapes (those are under pages/)."""

import pytest

from crawlers.readers import read_listing
from newsdesk.errors import Drifted
from tests.crawlers.examples import ADDRESS, a_feed, a_page, a_source


def an_item(title: str = "News", link: str = "/news/1", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def test_an_item_that_was_edited_has_another_marker() -> None:
    first = read_listing(a_source(), a_feed(an_item(more="<description>Draft</description>")))
    again = read_listing(a_source(), a_feed(an_item(more="<description>Draft</description>")))
    edited = read_listing(a_source(), a_feed(an_item(more="<description>Final</description>")))
    assert first.leads[0].marker == again.leads[0].marker
    assert first.leads[0].marker != edited.leads[0].marker


def test_an_id_that_is_an_address_stands_in_for_a_missing_link() -> None:
    item = "<item><title>News</title><guid>https://www.northmarch.gov.uk/news/7</guid></item>"
    assert read_listing(a_source(), a_feed(item)).leads[0].url == "https://www.northmarch.gov.uk/news/7"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd", "https://me:pw@evil.example/"],
)
def test_a_link_that_is_no_honest_address_is_left_out_with_a_warning(link: str) -> None:
    reading = read_listing(
        a_source(), a_feed(an_item(), an_item("Odd", link, "<guid isPermaLink='false'>x</guid>"))
    )
    assert [lead.title for lead in reading.leads] == ["News"]
    assert reading.warnings == ("1 of 2 items have no web address and were left out: 'Odd'",)


def test_a_feed_whose_items_all_lack_an_address_has_drifted() -> None:
    with pytest.raises(Drifted, match="no item of the feed has a web address"):
        read_listing(a_source(), a_feed("<item><title>News</title></item>"))


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_no_bytes_at_all_is_a_drift(body: bytes) -> None:
    with pytest.raises(Drifted, match="no bytes came"):
        read_listing(a_source(), a_page(body, "application/rss+xml"))


def test_links_follow_the_base_that_the_feed_states() -> None:
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://news.northmarch.gov.uk/'>"
        "<title>n</title><entry><id>tag:x,1</id><title>News</title><link href='news/visit'/></entry></feed>"
    )
    reading = read_listing(a_source(), a_page(body, "application/atom+xml"))
    assert reading.leads[0].url == "https://news.northmarch.gov.uk/news/visit"


def test_an_id_shared_by_several_addresses_is_not_trusted() -> None:
    same = "<guid isPermaLink='false'>0</guid>"
    reading = read_listing(a_source(), a_feed(an_item("A", "/news/a", same), an_item("B", "/news/b", same)))
    assert [lead.guid for lead in reading.leads] == [None, None]
    assert "1 ids stand for more than one address" in reading.warnings[0]


def test_an_item_listed_twice_is_one_lead() -> None:
    assert len(read_listing(a_source(), a_feed(an_item(), an_item())).leads) == 1


def test_an_item_on_a_foreign_site_is_held_back_unless_the_site_is_declared() -> None:
    feed = a_feed(an_item(), an_item("Elsewhere", "https://www.bbc.co.uk/news/articles/c1"))
    held = read_listing(a_source(), feed)
    assert [lead.title for lead in held.leads] == ["News"]
    assert held.warnings == ("1 of 2 items lead to other sites and are held back: bbc.co.uk",)
    declared = read_listing(a_source(options={"hosts": "bbc.co.uk bbc.com"}), feed)
    assert len(declared.leads) == 2
    assert declared.warnings == ()


def test_a_feed_that_leads_to_other_sites_alone_has_drifted_and_says_what_to_declare() -> None:
    feed = a_feed(an_item(link="https://www.bbc.co.uk/news/articles/c1"))
    with pytest.raises(Drifted, match=r"another site \(bbc\.co\.uk\).*options\.hosts"):
        read_listing(a_source(), feed)


def test_another_host_of_the_same_owner_is_no_foreign_site() -> None:
    feed = a_feed(an_item(link="https://newsroom.northmarch.gov.uk/a"))
    assert read_listing(a_source(), feed).warnings == ()


@pytest.mark.parametrize(
    ("feed", "home", "item", "hosts"),
    [
        ("http://feeds.feedburner.com/northmarch", ADDRESS, "https://www.northmarch.gov.uk/news/1", ""),
        ("https://northmarch.prgloo.com/feed/en", "", "https://northmarch.prgloo.com/news/1", ""),
        ("https://northmarch.prgloo.com/feed/en", ADDRESS, "https://news.northmarch.gov.uk/1", ""),
        (
            "https://feeds.bbci.co.uk/news/england/leeds/rss.xml",
            "https://www.bbc.co.uk/news/england/leeds",
            "https://www.bbc.com/news/articles/c1",
            "bbc.co.uk bbc.com",
        ),
        (
            "https://www.gov.uk/search/news.atom",
            "https://www.gov.uk/",
            "https://www.gov.uk/government/news/a",
            "",
        ),
        ("https://www.gov.uk/search/news.atom", "", "http://gov.uk/government/news/a", ""),
    ],
)
def test_an_outlet_s_own_items_are_kept_wherever_its_feed_stands(
    feed: str, home: str, item: str, hosts: str
) -> None:
    channel = f"<channel><title>N</title><link>{home}</link>{an_item(link=item)}</channel>"
    source = a_source(url=feed, options={"hosts": hosts} if hosts else {})
    reading = read_listing(source, a_page(f"<rss version='2.0'>{channel}</rss>", "text/xml", feed))
    assert ([each.url for each in reading.leads], reading.held) == ([item], ())


def test_a_public_suffix_is_no_owner() -> None:
    mixed = a_feed(an_item(), an_item("Next door", "https://www.eastholme.gov.uk/news/1"))
    assert [each.title for each in read_listing(a_source(), mixed).held] == ["Next door"]


def test_a_copy_on_a_mirror_is_held_back_whatever_is_declared() -> None:
    feed = a_feed(an_item(), an_item("A copy", "https://www.headtopics.com/uk/1"))
    reading = read_listing(a_source(options={"hosts": "headtopics.com"}), feed)
    assert [lead.title for lead in reading.leads] == ["News"]


def test_half_a_surrogate_pair_in_a_damaged_feed_costs_nothing_but_itself() -> None:
    reading = read_listing(
        a_source(), a_feed(an_item("News &#xD800;from <b>town"), an_item("More", "/news/2"))
    )
    assert reading.leads[0].title.startswith("News")


def test_a_date_that_cannot_be_is_kept_as_printed_and_not_believed() -> None:
    lead = read_listing(
        a_source(), a_feed(an_item(more="<pubDate>Fri, 30 Feb 2024 25:61:00 GMT</pubDate>"))
    ).leads[0]
    assert (lead.published_printed, lead.published) == ("Fri, 30 Feb 2024 25:61:00 GMT", None)
