"""What a crawl's workers do with bytes: listings become leads, pages become articles."""

from crawlers.articles import read_article
from crawlers.readers import page_address, read_listing
from crawlers.walls import read_refusal

__all__ = ["page_address", "read_article", "read_listing", "read_refusal"]
