"""What a crawl's workers do with bytes: listings become leads, pages become articles."""

from crawlers.domains import domain
from crawlers.readers import page_address, read_listing
from crawlers.walls import read_refusal
from newsdesk.model import Article, Lead, Page, Source

__all__ = ["page_address", "read_article", "read_listing", "read_refusal"]

domain("example.org")  # so that the list of suffixes is read before the readers are forked from here


def read_article(source: Source, lead: Lead, page: Page) -> Article:
    """As crawlers.articles says, which is loaded with the first page: many rounds show only listings."""
    from crawlers import articles

    return articles.read_article(source, lead, page)
