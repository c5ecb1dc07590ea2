"""Stories and articles as lines for people at a terminal."""

from collections.abc import Iterator, Mapping

from newsdesk.dates import local
from newsdesk.evidence import Evidence
from newsdesk.model import Judgement, Role, Story, Visit


def story_lines(
    story: Story, names: Mapping[str, str], why: Mapping[int, str] | None = None
) -> Iterator[str]:
    """One story: headline, facts, and each report under it, with the reason it is there if `why` has it."""
    yield f"{story.id}. {story.headline}"
    yield f"   {story.event.value}, {_councils(story, names)}{_visit(story.visit)}"
    for each in story.judgements:
        yield f"   {_judgement(each, names)}"
    for report in story.reports:
        when = f"{local(report.when):%d %b %Y}"
        copy = " (the same text)" if report.duplicate_of is not None else ""
        yield f"   - {when}  {report.outlet}: {report.title}{copy}"
        yield f"     {report.url}"
        if why:
            yield f"     {why[report.article]}"


def evidence_line(each: Evidence) -> str:
    """What an operator said, in a line."""
    what = {
        "together": f"merged story {', '.join(map(str, each.former))} into story {each.story}",
        "apart": f"took story {each.story} out of story {', '.join(map(str, each.former))}",
    }.get(each.kind, f"said {each.kind}")
    return f"{local(each.at):%d %b %Y}  {each.by} {what}" + (f": {each.why}" if each.why else "")


def _councils(story: Story, names: Mapping[str, str]) -> str:
    if not story.councils:
        return "national"
    return "; ".join(
        names.get(each.council, each.council) + ("" if each.role is Role.SUBJECT else f" ({each.role.value})")
        for each in story.councils
    )


def _visit(visit: Visit | None) -> str:
    if visit is None or not visit.started:
        return ""
    span = visit.started if visit.ended in (None, visit.started) else f"{visit.started} to {visit.ended}"
    return f", on site {span}"


def _judgement(each: Judgement, names: Mapping[str, str]) -> str:
    kind = "NEW" if each.current else "old"
    area = each.area.value.replace("-", " ")
    grade = each.grade.value.replace("-", " ")
    return f"[{kind}] {names.get(each.council, each.council)}, {area}: {grade} ({each.date or 'undated'})"
