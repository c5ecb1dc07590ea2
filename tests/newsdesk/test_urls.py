"""Addresses: which are honest, which parts are kept, and which of them name one page."""

from urllib.parse import quote, urlsplit

import pytest
from hypothesis import assume, given, strategies as st

from newsdesk.urls import canonical, identity, key, mirrored, site

NEWSQUEST = "https://www.herefordtimes.com/news/23696203.still-much-do-put-right/"
BBC = "https://www.bbc.co.uk/news/uk-england-hereford-worcester-66382154"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://WWW.Leeds.GOV.UK:443/News?a=1#top", "https://www.leeds.gov.uk/News?a=1"),
        ("http://leeds.gov.uk:80", "http://leeds.gov.uk/"),
        ("http://leeds.gov.uk.:8080/", "http://leeds.gov.uk:8080/"),
        ("  https://leeds.gov.uk/a\n", "https://leeds.gov.uk/a"),
        ("https://leeds.gov.uk/a b/%7enews/caf%c3%a9", "https://leeds.gov.uk/a%20b/~news/caf%C3%A9"),
        ("https://leeds.gov.uk/café?q=100%", "https://leeds.gov.uk/caf%C3%A9?q=100%25"),
        ("https://leeds.gov.uk/a/./b/../c/%2e%2e/d/..", "https://leeds.gov.uk/a/"),
        ("https://leeds.gov.uk//a//b/", "https://leeds.gov.uk//a//b/"),
        ("https://leeds.gov.uk/a;jsessionid=1F2E?x=1", "https://leeds.gov.uk/a?x=1"),
        ("https://leeds.gov.uk/a?&&b=1&", "https://leeds.gov.uk/a?b=1"),
        ("https://leeds.gov.uk/a?utm_source=x&id=7&UTM_Medium=y&fbclid=z", "https://leeds.gov.uk/a?id=7"),
        ("https://leeds.gov.uk/a?z=1&a=2", "https://leeds.gov.uk/a?z=1&a=2"),
        ("https://leeds.gov.uk/a?next=%2Fb%26c", "https://leeds.gov.uk/a?next=%2Fb%26c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/feed"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("http://localhost:8025/", "http://localhost:8025/"),
        (f"{BBC}?at_medium=RSS&at_campaign=rss&ocid=x#0", BBC),
    ],
)
def test_an_address_is_cleaned_and_can_still_be_opened(written: str, address: str) -> None:
    assert canonical(written) == address


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("../b?c=1", "https://leeds.gov.uk/news/b?c=1"),
        ("/b", "https://leeds.gov.uk/b"),
        ("//york.gov.uk/b", "https://york.gov.uk/b"),
        ("?p=2", "https://leeds.gov.uk/news/2024/?p=2"),
        ("http://york.gov.uk", "http://york.gov.uk/"),
        ("mailto:press@leeds.gov.uk", None),
        ("javascript:void(0)", None),
        ("#", None),
        ("", None),
    ],
)
def test_a_relative_link_is_resolved(link: str, address: str | None) -> None:
    assert canonical(link, "https://leeds.gov.uk/news/2024/") == address


@pytest.mark.parametrize(
    "trick",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://leeds.gov.uk/",
        "//evil.example/x",
        "/news/1",
        "news/1",
        "leeds.gov.uk/news",
        "http://",
        "http:///path",
        "http://user:pw@leeds.gov.uk/",
        "http://user:pw@leeds.gov.uk@evil.example/",
        "http://leeds.gov.uk\\@evil.example/",
        "https:\\\\evil.example",
        "http://leeds.gov.uk/a\x00b",
        "http://leeds.gov.uk/a\nb",
        "http://leeds.gov.uk/\ud800",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://１２７.０.０.１/",
        "http://1.2.3.4.5/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://a[::1]/",
        "http://leeds.gov.uk:99999/",
        "http://leeds.gov.uk:0/",
        "http://leeds.gov.uk:8o/",
        "http://leeds..gov.uk/",
        "http://-leeds.gov.uk/",
        "http://leeds gov.uk/",
        "http://lee%64s.gov.uk/",
        "http://intranet/",
        "https://https//leeds.gov.uk/",
        f"http://{'a' * 64}.gov.uk/",
        "http://leeds.gov.uk/" + "a" * 5000,
        "http://leeds.gov.uk/" + "é" * 2000,
    ],
)
def test_what_is_no_honest_address_is_none(trick: str) -> None:
    assert canonical(trick) is None
    for ask in (identity, key, site):
        with pytest.raises(ValueError, match="not a web address"):
            ask(trick)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.leeds.gov.uk/news/", "https://leeds.gov.uk/news"),
        ("https://leeds.gov.uk", "https://leeds.gov.uk/#main"),
        ("https://leeds.gov.uk/a?x=1&b=2", "https://leeds.gov.uk/a?b=2&x=1"),
        ("https://leeds.gov.uk/a?id=%31", "https://leeds.gov.uk/a?id=1&gclid=abc"),
        # the BBC's three hosts, both generations of ids
        (BBC, "https://www.bbc.com/news/uk-england-hereford-worcester-66382154.amp#0"),
        (BBC, "https://feeds.bbci.co.uk/news/uk-england-hereford-66382154?at_medium=RSS"),
        (BBC, "http://bbc.co.uk/news/66382154"),
        ("https://www.bbc.co.uk/news/articles/c0qz7l5x2ndo", "https://bbc.com/news/articles/c0qz7l5x2ndo#1"),
        # Newsquest: another section, another slug, its feed's mark
        (NEWSQUEST, "https://herefordtimes.com/news/local/23696203.ofsted-visits-again/?ref=rss"),
        # numbered pages of council newsrooms: the words follow the headline, hyphens or underscores
        (
            "https://x.gov.uk/news/article/1553/first_letter",
            "https://x.gov.uk/news/article/1553/first-letter",
        ),
        ("https://x.gov.uk/article/34199/Good-rating?ccp=true", "https://x.gov.uk/article/34199/Good-news"),
        # GOV.UK's page and its content item; Ofsted's renamed host
        ("https://www.gov.uk/government/news/x", "https://www.gov.uk/api/content/government/news/x"),
        ("https://files.ofsted.gov.uk/v1/file/50192875", "https://files.api.ofsted.gov.uk/v1/file/50192875/"),
    ],
)
def test_two_addresses_name_one_page(one: str, other: str) -> None:
    assert identity(one) == identity(other)
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # modern.gov, where generic cleaners merge every committee
        ("https://d.x.gov.uk/ieListMeetings.aspx?CId=135", "https://d.x.gov.uk/ieListMeetings.aspx?CId=136"),
        (
            "https://d.x.gov.uk/ieListDocuments.aspx?CId=1&MId=22",
            "https://d.x.gov.uk/ieListDocuments.aspx?CId=1&MId=23",
        ),
        ("https://x.gov.uk/news?p=1", "https://x.gov.uk/news?p=2"),
        ("https://x.gov.uk/n.asp?ref=1", "https://x.gov.uk/n.asp?ref=2"),
        ("https://x.gov.uk/a?ids=1&ids=2", "https://x.gov.uk/a?ids=2&ids=1"),
        ("https://x.gov.uk/a?q=1", "https://x.gov.uk/a?q=1%3F"),
        ("https://x.gov.uk/News", "https://x.gov.uk/news"),
        ("https://x.gov.uk/news/article/1/a", "https://x.gov.uk/news/article/2/a"),
        ("https://x.gov.uk/news/article/2024/a", "https://x.gov.uk/news/article/2024/b"),
        ("https://x.gov.uk/article/12/some-words", "https://x.gov.uk/article/12/other-words"),
        # two entries of one page that is edited in place
        ("https://x.gov.uk/visits#entry:kent", "https://x.gov.uk/visits#entry:leeds"),
        ("https://x.gov.uk/visits#entry:kent", "https://x.gov.uk/visits"),
        ("https://news.leeds.gov.uk/a", "https://leeds.gov.uk/a"),
        ("https://x.gov.uk:8443/a", "https://x.gov.uk/a"),
        # one Newsquest number on two papers is two reports; a file is no slug
        (NEWSQUEST, NEWSQUEST.replace("herefordtimes", "ludlowadvertiser")),
        (
            "https://x.gov.uk/news/20240131.annual-report.pdf",
            "https://x.gov.uk/news/20240131.draft-report.pdf",
        ),
        ("https://x.gov.uk/news/12345678.pdf", "https://x.gov.uk/news/12345678.docx"),
        (
            "https://www.bbc.co.uk/news/topics/c0qz7l5x2ndo",
            "https://www.bbc.co.uk/news/articles/c0qz7l5x2ndo",
        ),
        (BBC, "https://www.bbc.co.uk/news/uk-england-leeds-66382155"),
        (
            "https://www.gov.uk/government/publications/x",
            "https://www.gov.uk/government/publications/x/letter",
        ),
    ],
)
def test_two_addresses_name_two_pages(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_the_site_is_the_host_without_www_and_port() -> None:
    assert site("https://www.Leeds.gov.uk:8443/x") == "leeds.gov.uk"
    assert site("http://news.leeds.gov.uk/") == "news.leeds.gov.uk"


# ---------------------------------------------------------------- laws

PIECES = st.sampled_from([
    "http://", "https://", "//", "/", "www.", "leeds.gov.uk", "bbc.co.uk", "herefordtimes.com", "/news/", "?",
    "&", "=", "#", "%", "%2e", "%c3%a9", "..", ".", ":80", ":443", "@", "\\", ";jsessionid=1", "é", "[::1]",
    " ", "%2F", "utm_source=x", "CId=1", "66382154", "23696203.a-b", "xn--", "127.0.0.1", "\n", "\ud800", "~",
])  # fmt: skip
MIXED = st.lists(PIECES | st.text(max_size=4)).map("".join)
ANY_ADDRESS = st.text() | MIXED | MIXED.map("http://a.uk/".__add__)


@pytest.mark.parametrize(
    ("host", "copies"),
    [
        ("headtopics.com", True),
        ("uk.headtopics.com", True),
        ("notheadtopics.com", False),
        ("bbc.co.uk", False),
        ("communitycare.co.uk", False),
    ],
)
def test_a_site_that_only_copies_others_is_known(host: str, copies: bool) -> None:
    assert mirrored(host) is copies


@given(ANY_ADDRESS, st.none() | ANY_ADDRESS)
def test_canonical_raises_nothing_and_is_idempotent(url: str, base: str | None) -> None:
    address = canonical(url, base)
    if address is not None:
        assert canonical(address) == address
        assert address.isascii()
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert "@" not in parts.netloc
        assert not parts.fragment or parts.fragment.startswith("entry:")


@given(ANY_ADDRESS)
def test_an_address_and_its_canonical_form_have_one_identity(url: str) -> None:
    address = canonical(url)
    if address is None:
        with pytest.raises(ValueError, match="not a web address"):
            identity(url)
    else:
        assert identity(address) == identity(url)
        assert key(address) == key(url)
        assert -(2**63) <= key(url) < 2**63


ID_NAMES = st.sampled_from(
    ["id", "ID", "cid", "CId", "MId", "newsid", "p", "page", "ref", "a", "item", "DR", "ver"]
)
PAGES = st.sampled_from([
    "https://x.gov.uk/mgAi.aspx", "https://x.gov.uk/", BBC, NEWSQUEST, "https://www.gov.uk/api/content/x",
    "http://127.0.0.1:81/n",
])  # fmt: skip


@given(
    PAGES, ID_NAMES, st.text(max_size=8), st.text(max_size=8), st.sampled_from(["", "&utm_source=a", "&b=2"])
)
def test_two_values_of_an_id_never_become_one_page(page: str, name: str, a: str, b: str, rest: str) -> None:
    assume(a != b)
    one, other = (f"{page}?{name}={quote(value, safe='', errors='surrogatepass')}{rest}" for value in (a, b))
    assert identity(one) != identity(other)
    assert key(one) != key(other)


NUMBERED = st.sampled_from(
    [
        "https://x.gov.uk/news/article/{}/first_words",
        "https://x.gov.uk/article/{}/First-Words?ccp=true",
        "https://www.herefordtimes.com/news/{}.first-words/",
        "https://www.bbc.co.uk/news/uk-england-{}",
        "https://files.ofsted.gov.uk/v1/file/{}",
        "https://d.x.gov.uk/mgAi.aspx?ID={}",
        "https://x.gov.uk/visits#entry:{}",
    ]
)


@given(NUMBERED, st.integers(1, 99_999_999), st.integers(1, 99_999_999))
def test_two_numbers_never_become_one_page(form: str, a: int, b: int) -> None:
    assume(a != b)
    assert identity(form.format(a)) != identity(form.format(b))
