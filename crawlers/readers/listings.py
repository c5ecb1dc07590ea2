"""HTML pages that list news: by the selectors a source declares, else by what such pages have in common."""

from collections.abc import Iterator
from dataclasses import replace

from lxml.cssselect import CSSSelector, SelectorError
from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.readers.items import item_link, lead, printed_date
from crawlers.readers.reading import Reading, html_of, once_each, own_leads
from crawlers.readers.unaided import unaided
from newsdesk.errors import Drifted, Mistake
from newsdesk.model import Lead, Page, Source


def read_listing_page(source: Source, page: Page) -> Reading:
    """The leads of an HTML listing; Drifted when neither way finds one."""
    tree = html_of(page)
    if "item" in source.options:
        leads = once_each(_selected(source, tree, page))
        missing = f"the selector {source.options['item']!r} finds no item with a link and a title"
    else:
        leads = once_each(unaided(tree, page))
        missing = "no list of items was recognised on the page"
    if not leads:
        raise Drifted(missing)
    own = own_leads(leads, source, page.final_url)
    if "date" in source.options and not any(each.published for each in own.leads):
        undated = f"the selector {source.options['date']!r} finds no date on any item"
        return replace(own, warnings=(*own.warnings, undated))
    return own


def selector(source: Source, name: str) -> CSSSelector:
    """The declared selector of that name; Mistake when it is not CSS."""
    try:
        return CSSSelector(source.options[name], translator="html")
    except SelectorError as error:
        raise Mistake(
            f"source {source.name}: options.{name}: {source.options[name]!r} is no selector: {error}"
        ) from error


def _selected(source: Source, tree: HtmlElement, page: Page) -> Iterator[Lead]:
    parts = {name: selector(source, name) for name in ("link", "title", "date") if name in source.options}
    for item in selector(source, "item")(tree):
        link = next(iter(parts["link"](item)), None) if "link" in parts else item_link(item, page)
        title = next(iter(parts["title"](item)), None) if "title" in parts else link
        dated = next(iter(parts["date"](item)), None) if "date" in parts else item
        if link is None or title is None:
            continue
        printed = printed_date(dated, whole="date" in parts) if dated is not None else None
        yield from lead(link.get("href"), visible(title), printed, page)
