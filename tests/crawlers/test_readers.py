"""What holds for every reader, whatever comes."""

import json

import pytest
from hypothesis import given, settings, strategies as st

from crawlers.articles import read_article
from crawlers.readers import READERS, read_listing
from newsdesk import urls
from newsdesk.errors import PresswatchError
from newsdesk.model import Kind, Lead
from tests.crawlers.examples import ADDRESS, a_page, a_source

KINDS = ("text/html", "application/rss+xml", "application/json", "application/pdf", "text/plain", "")
SCRAPS = st.lists(
    st.sampled_from(
        (
            *"<p> </p> </a> <li> <h1> <item> <link> </link> <channel> <title> </title>".split(),
            *"<![CDATA[ ]]> {} [] null".split(),
            *"&amp; &#xD800; \0 News %PDF-1.4 publication-link /v1/file/50192875".split(),
            "<a href='/news/1'>",
            "<a href='/ieListDocuments.aspx?CId=1&MId=2'>",
            "<time datetime='2024-05-01'>",
            "<rss version='2.0'>",
            "<script type='application/ld+json'>",
            "3 August 2023",
        )
    ),
    max_size=40,
).map(" ".join)
ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "base_path", "details", "body", "results", "links", "documents", "change_history"]
            ),
            each,
            max_size=5,
        )
    ),
    max_leaves=12,
).map(lambda answer: json.dumps(answer))
BODIES = st.binary(max_size=300) | (SCRAPS | ANSWERS).map(lambda text: text.encode("utf-8", errors="replace"))


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=60, deadline=None)
@given(body=BODIES, content_type=st.sampled_from(KINDS))
def test_a_listing_gives_leads_with_honest_addresses_or_an_error_of_the_house(
    reader: str, body: bytes, content_type: str
) -> None:
    try:
        leads = read_listing(a_source(reader=reader), a_page(body, content_type)).leads
    except PresswatchError:
        return
    assert leads
    assert all(urls.canonical(lead.url) == lead.url for lead in leads)


@settings(max_examples=150, deadline=None)
@given(body=BODIES, content_type=st.sampled_from(KINDS))
def test_a_page_gives_an_article_with_words_or_an_error_of_the_house(body: bytes, content_type: str) -> None:
    try:
        article = read_article(
            a_source(kind=Kind.INSPECTORATE), Lead(ADDRESS, "News"), a_page(body, content_type)
        )
    except PresswatchError:
        return
    assert article.title
    assert article.text.strip()
    assert "\x00" not in article.text
