"""Which moves may be adopted without a person's look."""

import pytest

from crawlers.moves import moved

FEED = "http://www.northmarch.gov.uk/rss/news"


@pytest.mark.parametrize(
    ("to", "but"),
    [
        ("https://www.northmarch.gov.uk/rss/news", ""),
        ("https://news.northmarch.gov.uk/feed/en", ""),
        ("https://www.northmarch.gov.uk/?feed=news", ""),
        ("https://northmarch.prgloo.com/feed/en", "that is another domain"),
        ("https://northmarch-gov-uk.example/rss/news", "that is another domain"),
        ("https://www.northmarch.gov.uk/", "that is the site's home page"),
        ("https://www.northmarch.gov.uk/Home.aspx", "that is the site's home page"),
        ("https://login.northmarch.gov.uk/rss/news", "a login stands there"),
        ("https://www.northmarch.gov.uk/account/sign-in?to=/rss/news", "a login stands there"),
        ("https://login.microsoftonline.com/tenant/oauth2/authorize", "a login stands there"),
    ],
)
def test_a_move_within_the_domain_may_be_adopted(to: str, but: str) -> None:
    found = moved(FEED, to)
    assert found
    assert (found.to, found.but) == (to, but)


def test_a_site_whose_home_page_is_watched_may_move_to_a_home_page() -> None:
    found = moved("http://news.northmarch.gov.uk/", "https://www.northmarch.gov.uk/")
    assert found
    assert found.but == ""


def test_what_is_no_address_is_no_move() -> None:
    assert moved(FEED, "ftp://northmarch.gov.uk/") is None
