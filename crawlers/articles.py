"""From the bytes behind a lead, or a cutting added by hand, to an article."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from crawlers import pdfs, walls
from crawlers.bodies import body_of
from crawlers.clutter import without_clutter
from crawlers.content_api import read_content
from crawlers.cuttings import split_head
from crawlers.documents import HEAD, read_document
from crawlers.markup import decode, parse
from crawlers.metadata import read_metadata
from newsdesk import dates
from newsdesk.errors import Unreadable
from newsdesk.model import Article, Kind, Lead, Page, Source
from newsdesk.text import clean_line, clean_text

_HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
_LETTERHEAD = ("gov.uk/ofsted", "ofsted.gov.uk", "Piccadilly Gate", "Aviation House")


def read_article(source: Source, lead: Lead, page: Page) -> Article:
    """The article on a page: HTML, a PDF, or an answer of GOV.UK's content API.

    Raises Unreadable when it holds no text that can be had for certain, Blocked when a wall came instead.
    """
    media = page.content_type.partition(";")[0].strip().lower()
    if pdfs.is_pdf(page.body) or media == "application/pdf":
        article = _from_pdf(source, lead, page)
    elif media == "application/json":
        article = read_content(source, lead, page)
    elif media in _HTML:
        article = _from_html(source.outlet, lead, page)
    elif media == "text/plain":
        article = _from_text(source.outlet, lead, page)
    else:
        raise Unreadable(f"nothing here reads {media}")
    own = source.kind in (Kind.COUNCIL, Kind.COMMITTEE)
    return replace(
        article,
        source=source.name,
        kind=source.kind,
        home=source.council if own else None,
        covers=source.covers or ((source.council,) if source.council else ()),
    )


def read_cutting(
    *,
    body: str,
    media: Literal["text", "html"],
    url: str,
    outlet: str,
    published: str | None,
    title: str | None,
    now: datetime,
    kind: Kind = Kind.OTHER,
) -> Article:
    """An article that was handed in. What is given goes before what the text shows of itself.

    Raises Unreadable when it holds no text, Blocked when the saved page is only a wall.
    """
    content_type = "text/html; charset=utf-8" if media == "html" else "text/plain; charset=utf-8"
    page = Page(url, url, 200, content_type, body.encode("utf-8", errors="replace"), now)
    given = dates.read(published, now=now) if published else None
    lead = Lead(
        url, clean_line(title or ""), published_printed=published, published=given.at if given else None
    )
    article = (_from_html if media == "html" else _from_text)(outlet, lead, page)
    winners: dict[str, str] = dict(article.winners)
    if given:
        article = replace(article, published=given.at, published_printed=published)
        winners["published"] = "given"
    if lead.title:
        article = replace(article, title=lead.title)
        winners["title"] = "given"
    return replace(article, kind=kind, winners=winners)


# ---------------------------------------------------------------- one way per format


def _from_html(outlet: str, lead: Lead, page: Page) -> Article:
    text = decode(page.body, page.content_type)
    tree = parse(text)
    walls.refuse(tree, text, page.status)
    about = read_metadata(tree, lead, page.final_url, outlet, page.fetched_at)
    body, way = body_of(tree, about.body)
    body = split_head(body, now=page.fetched_at, title=about.title or None).text or body
    return Article(
        url=lead.url,
        outlet=outlet,
        title=about.title or _titled(body),
        text=body,
        fetched_at=page.fetched_at,
        canonical_url=about.canonical_url,
        published=about.published,
        published_printed=about.published_printed,
        updated=about.updated,
        updated_printed=about.updated_printed,
        byline=about.byline,
        language=about.language,
        winners={**about.winners, "text": way},
    )


def _from_text(outlet: str, lead: Lead, page: Page) -> Article:
    text = clean_text(decode(page.body, page.content_type))
    if not text:
        raise Unreadable("the text is empty")
    head = split_head(text, now=page.fetched_at, title=lead.title or None)
    shown = dates.read(head.printed, now=page.fetched_at) if head.printed else None
    body = without_clutter(head.text, plain=True)
    if not body:
        raise Unreadable("the text holds nothing but a headline")
    return Article(
        url=lead.url,
        outlet=outlet,
        title=head.title,
        text=body,
        fetched_at=page.fetched_at,
        published=shown.at if shown else lead.published,
        published_printed=head.printed or lead.published_printed,
        byline=head.byline,
        media="text",
        winners={
            "title": "lead" if lead.title else "first sentence" if head.shortened else "first line",
            "text": "text",
            **_dated_by("shown" if shown else "", lead),
        },
    )


def _from_pdf(source: Source, lead: Lead, page: Page) -> Article:
    pages = pdfs.pages_of(page.body)
    raw, text = "\n".join(pages), pdfs.paragraphs(pages)
    official = source.kind is Kind.INSPECTORATE or any(sign in raw[:HEAD] for sign in _LETTERHEAD)
    document = read_document(raw, label=lead.title, published=lead.published) if official else None
    printed = document.published if document else None
    dated = dates.read(printed, now=page.fetched_at) if printed and not lead.published else None
    return Article(
        url=lead.url,
        outlet=source.outlet,
        title=lead.title or _titled(text),
        text=text,
        fetched_at=page.fetched_at,
        published=lead.published or (dated.at if dated else None),
        published_printed=lead.published_printed or printed,
        byline=document.lead_inspector if document else None,
        media="pdf",
        document=document,
        winners={
            "title": "lead" if lead.title else "first line",
            "text": "pypdf",
            **_dated_by("document" if dated else "", lead),
        },
    )


def _titled(text: str) -> str:
    return clean_line(text.partition("\n")[0])[:200]


def _dated_by(own: str, lead: Lead) -> dict[str, str]:
    by = own or ("lead" if lead.published else "")
    return {"published": by} if by else {}
