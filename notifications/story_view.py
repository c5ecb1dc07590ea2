"""One story in plain words: what happened, when, which grades, and who reports it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.model import OFFICIAL, Area, DigestItem, Judgement, Report, Role, Scope, Story
from newsdesk.text import clean_line
from notifications.importance import council_name, new_judgements
from notifications.links import Link, link
from notifications.words import AREA, GRADE, LINE, NAME, cut, day, happened, iso_day, visited

EARLIER_SHOWN = 4
REPORTS_SHOWN = 6
COPIES_SHOWN = 5
COUNCILS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ReportView:
    """One outlet's report: "Rivermouth Echo: " and its title, or the outlet where the title says no more."""

    before: str
    link: Link
    date: str
    copies: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryView:
    """`new_grades` are (area, grade) and `quotes` (words, outlet).

    `sections` are the reports under their label, primary documents first.
    """

    headline: Link
    updated: bool
    happened: str
    dates: str
    new_grades: tuple[tuple[str, str], ...]
    earlier_grades: tuple[str, ...]
    notes: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[ReportView, ...]], ...]
    more_reports: str


def story_view(item: DigestItem, councils: Mapping[str, str]) -> StoryView:
    """The story as its reader gets it. Its headline leads to the primary document where there is one."""
    story = item.story
    texts = together(story.reports)
    official = [each for each in texts if each[0].kind in OFFICIAL]
    press = [each for each in texts if each[0].kind not in OFFICIAL]
    first = [each[0] for each in (official or press)[:1]]
    headline = cut(clean_line(story.headline), LINE)
    hidden = len(texts) - len(official[:REPORTS_SHOWN]) - len(press[:REPORTS_SHOWN])
    return StoryView(
        headline=link(headline, first[0].url) if first else Link(headline),
        updated=item.updated,
        happened=happened(story.event, story.visit),
        dates=dates(item, first),
        new_grades=new_grades(story, councils),
        earlier_grades=earlier_grades(story, councils),
        notes=notes(story, councils),
        quotes=_quotes(each[0] for each in (*official, *press)),
        sections=tuple(
            (label, tuple(_report(each, headline) for each in texts[:REPORTS_SHOWN]))
            for label, texts in (
                ("Primary document" if len(official) == 1 else "Primary documents", official),
                ("Reported by", press),
            )
            if texts
        ),
        more_reports=f"and {hidden} more {'report' if hidden == 1 else 'reports'}" if hidden else "",
    )


def dates(item: DigestItem, first: Sequence[Report]) -> str:
    """ "visited June 2023; published 2 August 2023": the event's own date is never the document's."""
    story = item.story
    published = first[0].published if first else None
    shown = f"published {day(published)}" if published else f"first seen {day(story.first_seen)}"
    latest = day(story.last_seen)
    added = f"latest report {latest}" if item.updated and not shown.endswith(latest) else ""
    return "; ".join(filter(None, (visited(story.event, story.visit), shown, added)))


def new_grades(story: Story, councils: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """("Overall", "Inadequate"), the area led by its council where the story is about several."""
    return tuple(
        (f"{_whose(each, story, councils)}{AREA[each.area]}", GRADE[each.grade])
        for each in new_judgements(story)
    )


def earlier_grades(story: Story, councils: Mapping[str, str]) -> tuple[str, ...]:
    """ "Earlier grade: Inadequate, July 2022": what is quoted from before, latest first."""
    subjects = story.subjects
    old = [each for each in story.judgements if not each.current and each.council in subjects]
    lines = dict.fromkeys(_earlier(each, story, councils) for each in sorted(old, key=_latest_first))
    return tuple(lines)[:EARLIER_SHOWN]


def notes(story: Story, councils: Mapping[str, str]) -> tuple[str, ...]:
    """Who else is in it, each role on its own line: a partner is never the subject."""
    subjects = _names(story, Role.SUBJECT, councils)
    alone = story.scope is Scope.COUNCIL
    told = (
        ("Also about" if alone else "Councils", subjects[1:] if alone else subjects),
        ("Improvement partner", _names(story, Role.PARTNER, councils)),
        ("Commissioner from", _names(story, Role.COMMISSIONER, councils)),
    )
    return tuple(f"{label}: {_listed(names)}" for label, names in told if names)


def _names(story: Story, role: Role, councils: Mapping[str, str]) -> list[str]:
    return [clean_line(council_name(each.council, councils)) for each in story.councils if each.role is role]


def _listed(names: list[str]) -> str:
    over = len(names) - COUNCILS_SHOWN
    return ", ".join(names[:COUNCILS_SHOWN]) + (f" and {over} more" if over > 0 else "")


def _whose(judgement: Judgement, story: Story, councils: Mapping[str, str]) -> str:
    return f"{council_name(judgement.council, councils)} – " if len(story.subjects) > 1 else ""


def _earlier(judgement: Judgement, story: Story, councils: Mapping[str, str]) -> str:
    area = "" if judgement.area is Area.OVERALL else f" for {AREA[judgement.area].lower()}"
    when = f", {iso_day(judgement.date)}" if judgement.date else ""
    return f"{_whose(judgement, story, councils)}Earlier grade{area}: {GRADE[judgement.grade]}{when}"


def _latest_first(judgement: Judgement) -> tuple[int, ...]:
    return tuple(-int(part) for part in (judgement.date or "0").split("-") if part.isdecimal())


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


def _original(report: Report, by_id: Mapping[int, Report]) -> int:
    """Where `duplicate_of` leads within this story; the smallest id if it leads round in a ring."""
    path: list[int] = []
    at: Report | None = report
    while at is not None and at.article not in path:
        path.append(at.article)
        at = by_id.get(at.duplicate_of) if at.duplicate_of is not None else None
    return path[-1] if at is None else min(path[path.index(at.article) :])


def _quotes(reports: Iterable[Report]) -> tuple[tuple[str, str], ...]:
    """The first words a licence lets us quote, if any."""
    found = [(clean_line(each.snippet), _outlet(each)) for each in reports]
    return tuple((cut(said, LINE), outlet) for said, outlet in found if said)[:1]


def _report(same: Sequence[Report], headline: str) -> ReportView:
    report, *copies = same
    outlet, title = _outlet(report), cut(clean_line(report.title), LINE)
    named = title and title.casefold() != headline.casefold()
    return ReportView(
        before=f"{outlet}: " if named else "",
        link=link(title if named else outlet, report.url),
        date=day(report.published) if report.published else f"seen {day(report.fetched_at)}",
        copies=tuple(link(_outlet(each), each.url) for each in copies[:COPIES_SHOWN]),
    )


def _outlet(report: Report) -> str:
    return cut(clean_line(report.outlet), NAME)
