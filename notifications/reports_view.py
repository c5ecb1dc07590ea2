"""Who reports a story: primary documents each by name, then the press, every outlet once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.model import OFFICIAL, Kind, Report
from newsdesk.text import clean_line
from notifications.links import Link, link
from notifications.words import LINE, NAME, counted, cut, day, listed

DOCUMENTS_SHOWN = 4
OUTLETS_SHOWN = 4
COPIES_SHOWN = 2
_AUTHORS = frozenset({Kind.INSPECTORATE, Kind.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A primary document: who published it and when, and its title as the link."""

    outlet: str
    link: Link
    date: str


@dataclass(frozen=True, slots=True)
class OutletView:
    """A press outlet as a link, its report's title, and in `copies` who printed the same text."""

    link: Link
    title: str
    copies: str


@dataclass(frozen=True, slots=True)
class ReportsView:
    """`more_documents` and `more_outlets` say in words how many are not shown; they may be empty."""

    documents: tuple[DocumentView, ...]
    more_documents: str
    outlets: tuple[OutletView, ...]
    more_outlets: str


def reports_view(reports: Sequence[Report]) -> ReportsView:
    """One text of an agency is one report, however many papers print it."""
    texts = together(reports)
    official = sorted((each for each in texts if each[0].kind in OFFICIAL), key=_authors_first)
    press = _outlets(each for each in texts if each[0].kind not in OFFICIAL)
    documents, outlets = len(official) - DOCUMENTS_SHOWN, len(press) - OUTLETS_SHOWN
    return ReportsView(
        documents=tuple(_document(each[0]) for each in official[:DOCUMENTS_SHOWN]),
        more_documents=f"and {counted(documents, 'more', 'more')}" if documents > 0 else "",
        outlets=tuple(_outlet(each) for each in press[:OUTLETS_SHOWN]),
        more_outlets=f"and {counted(outlets, 'more', 'more')}" if outlets > 0 else "",
    )


def together(reports: Iterable[Report]) -> list[list[Report]]:
    """Reports with the same text, each led by the primary document or the original; earliest text first."""
    by_id = {each.article: each for each in sorted(reports, key=lambda each: (each.when, each.article))}
    texts: dict[int, list[Report]] = {}
    for each in by_id.values():
        texts.setdefault(_original(each, by_id), []).append(each)
    return [
        sorted(texts[original], key=lambda each: (each.kind not in OFFICIAL, each.article != original))
        for original in texts
    ]


def first_report(reports: Sequence[Report]) -> Report | None:
    """The earliest of those nearest to the source; None where there is none."""
    return min((each[0] for each in together(reports)), key=authority, default=None)


def authority(report: Report) -> int:
    """The smaller the nearer to the source: who inspected or decided, other official voices, the press."""
    if report.kind in _AUTHORS:
        return 0
    return 1 if report.kind in OFFICIAL else 2


def outlet_name(report: Report) -> str:
    return cut(clean_line(report.outlet), NAME)


def _authors_first(same: Sequence[Report]) -> int:
    return authority(same[0])


def _original(report: Report, by_id: Mapping[int, Report]) -> int:
    """Where `duplicate_of` leads within this story; the smallest id if it leads round in a ring."""
    path: list[int] = []
    at: Report | None = report
    while at is not None and at.article not in path:
        path.append(at.article)
        at = by_id.get(at.duplicate_of) if at.duplicate_of is not None else None
    return path[-1] if at is None else min(path[path.index(at.article) :])


def _outlets(texts: Iterable[list[Report]]) -> list[list[Report]]:
    """The first text of each outlet; an outlet that has another one too is not named again."""
    first: dict[str, list[Report]] = {}
    for each in texts:
        first.setdefault(outlet_name(each[0]).casefold(), each)
    return list(first.values())


def _document(report: Report) -> DocumentView:
    outlet, title = outlet_name(report), cut(clean_line(report.title), LINE)
    when = day(report.published) if report.published else f"seen {day(report.fetched_at)}"
    return DocumentView(outlet if title else "", link(title or outlet, report.url), when)


def _outlet(same: Sequence[Report]) -> OutletView:
    report, *copies = same
    names = dict.fromkeys(outlet_name(each) for each in copies)
    others = [each for each in names if each != outlet_name(report)]
    return OutletView(
        link=link(outlet_name(report), report.url),
        title=cut(clean_line(report.title), LINE),
        copies=f"same text in {listed(others, COPIES_SHOWN)}" if others else "",
    )
