"""A provider page of Ofsted's reports site: a council's inspections, visits and letters, newest first.

Each document is a link whose visually hidden words name it: "Children's services inspection, pdf - 21
September 2022". That date is the day of publication; the number in the file's address never changes.
"""

import re

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.readers.reading import Reading, html_of, marker, once_each, when
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

_LABEL = re.compile(
    r"(?P<name>.+?)(?:,| as)? *\(?\bpdf\b\)?(?: *[-–—] *(?P<date>\d{1,2} \w+ \d{4}))?", re.IGNORECASE
)
_FILE = re.compile(r"/file/(\d+)")


def read_provider(source: Source, page: Page) -> Reading:
    """One lead per published document. Drifted when the page shows none: every council has some."""
    tree = html_of(page)
    links = [link for link in tree.iter("a") if "publication-link" in (link.get("class") or "").split()]
    if not links:
        links = [link for link in tree.iter("a") if _FILE.search(link.get("href") or "")]
    council = _provider(tree) or source.outlet
    leads = once_each(lead for link in links if (lead := _lead(link, council, page)) is not None)
    if not leads:
        raise Drifted("the provider page shows no published document")
    unnamed = sum(lead.published is None for lead in leads)
    return Reading(leads, (f"{unnamed} of {len(leads)} documents show no date",) if unnamed else ())


def _provider(tree: HtmlElement) -> str | None:
    heading = tree.find(".//h1")
    return visible(heading) if heading is not None else None


def _lead(link: HtmlElement, council: str, page: Page) -> Lead | None:
    url = urls.canonical(link.get("href") or "", base=page.final_url)
    if url is None:
        return None
    label = _label(link)
    named = _LABEL.match(label)
    printed = (named and named["date"]) or _nearby_date(link)
    number = _FILE.search(url)
    return Lead(
        url=url,
        title=f"{(named['name'] if named else label) or 'Document'}: {council}",
        guid=number.group(1) if number else None,
        published_printed=printed,
        published=when(printed, page),
        marker=marker(label),
    )


def _label(link: HtmlElement) -> str:
    hidden = [span for span in link.iter("span") if "nonvisual" in (span.get("class") or "").split()]
    return (hidden and visible(hidden[0])) or visible(link)


def _nearby_date(link: HtmlElement) -> str | None:
    """The date in the same entry of the timeline; the one after "Published" goes first."""
    for box in link.iterancestors("li", "div"):
        times = [time for time in box.iter("time") if visible(time)]
        if times:
            published = [time for time in times if "published" in (_words_before(time)).lower()]
            return visible((published or times)[0])
    return None


def _words_before(node: HtmlElement) -> str:
    parent = node.getparent()
    return visible(parent) if parent is not None else ""
