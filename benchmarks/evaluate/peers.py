"""The systems that read articles: ours, and each peer that is installed, behind one function each.

A peer that is not installed is left out, and the command says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.evaluate.table import OURS
from crawlers.articles import read_article
from newsdesk import dates
from newsdesk.errors import PresswatchError
from newsdesk.model import Kind, Lead, Page, Source

NOW = datetime(2027, 1, 1, tzinfo=UTC)  # later than every page of the corpora
_ANY = Source(
    "any", "", Kind.OTHER, "https://any.example/", "feed", (0, 9), "for measuring", date(2027, 1, 1)
)
_HTML = "text/html; charset=utf-8"  # every corpus stores its pages so


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system reads from a page; None where there is no answer.

    `day` is "2024-01-31", as the page prints it; `moment` has a time of day and is aware.
    """

    text: str | None = None
    title: str | None = None
    day: str | None = None
    moment: datetime | None = None
    author: str | None = None


Reader = Callable[[bytes, str], Answer]


@dataclass(frozen=True, slots=True)
class System:
    """A system by its name in the table: its package, the fields it answers, how to get a reader."""

    name: str
    package: str
    fields: frozenset[str]
    reader: Callable[[], Reader]

    @property
    def installed(self) -> bool:
        return find_spec(self.package) is not None


def read_page(html: bytes, url: str) -> Answer:
    """As the program reads a page of which nothing is known beforehand. A page it refuses has no answers."""
    page = Page(url, url, 200, _HTML, html, NOW)
    try:
        article = read_article(_ANY, Lead(url, ""), page)
    except PresswatchError:
        return Answer()
    day = dates.partial(article.published_printed or "")
    if article.published and (day is None or len(day) < len("2024-01-31")):
        day = dates.local(article.published).date().isoformat()
    return Answer(article.text, article.title, day, article.published, article.byline)


# ---------------------------------------------------------------- peers


def _trafilatura() -> Reader:
    library = import_module("trafilatura")

    def read(html: bytes, url: str) -> Answer:
        found = library.bare_extraction(_text(html), url=url, include_comments=False, with_metadata=True)
        if found is None:
            return Answer()
        text = library.core.determine_returnstring(found, library.settings.Extractor(output_format="txt"))
        return Answer(text, found.title, found.date, None, found.author)

    return read


def _trafilatura_body(**settings: bool) -> Callable[[], Reader]:
    def reader() -> Reader:
        extract = import_module("trafilatura").extract
        return lambda html, _: Answer(extract(_text(html), include_comments=False, **settings))

    return reader


def _newspaper() -> Reader:
    library = import_module("newspaper")

    def read(html: bytes, url: str) -> Answer:
        article = library.Article(url or "https://any.example/", fetch_images=False)
        article.download(input_html=_text(html))
        article.parse()
        return Answer(
            article.text,
            article.title,
            *_when(article.publish_date),
            "; ".join(article.authors),
        )

    return read


def _readability() -> Reader:
    document = import_module("readability").Document
    plain = import_module("html_text").extract_text

    def read(html: bytes, _: str) -> Answer:
        page = document(_text(html))
        return Answer(plain(page.summary()), page.short_title())

    return read


def _goose() -> Reader:
    goose = import_module("goose3").Goose({"enable_image_fetching": False})

    def read(html: bytes, _: str) -> Answer:
        found = goose.extract(raw_html=_text(html))
        return Answer(
            found.cleaned_text,
            found.title,
            *_when(found.publish_datetime_utc),
            "; ".join(found.authors),
        )

    return read


def _htmldate() -> Reader:
    find = import_module("htmldate").find_date
    return lambda html, _: Answer(day=find(_text(html), original_date=True))


_EVERYTHING = frozenset(("text", "title", "day", "author"))
_DATED = _EVERYTHING | {"moment"}
SYSTEMS = (
    System(OURS, "crawlers", _DATED, lambda: read_page),
    System("trafilatura", "trafilatura", _EVERYTHING, _trafilatura),
    System("traf-fast", "trafilatura", frozenset({"text"}), _trafilatura_body(fast=True)),
    System("traf-precision", "trafilatura", frozenset({"text"}), _trafilatura_body(favor_precision=True)),
    System("newspaper4k", "newspaper", _DATED, _newspaper),
    System("readability", "readability", frozenset({"text", "title"}), _readability),
    System("goose3", "goose3", _DATED, _goose),
    System("htmldate", "htmldate", frozenset({"day"}), _htmldate),
)


def installed(wanted: Iterable[str] = ()) -> list[System]:
    """The systems that can be asked, of those wanted (all, where none is named)."""
    names = frozenset(wanted)
    return [each for each in SYSTEMS if each.installed and (not names or each.name in names)]


def _text(html: bytes) -> str:
    return html.decode("utf-8", errors="replace")


def _when(found: Any) -> tuple[str | None, datetime | None]:
    """The day, and the moment where a time with a zone was read."""
    if not isinstance(found, date):
        return None, None
    aware = isinstance(found, datetime) and found.tzinfo is not None
    return found.isoformat()[:10], found if aware and isinstance(found, datetime) else None
