"""`presswatch read`: what official documents say, from their files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from presswatch.cli.common import Json, complain, print_json, say

if TYPE_CHECKING:
    from crawlers.papers import Paper
    from newsdesk.gazetteer import Gazetteer
    from newsdesk.model import Problem

_OUTCOMES = {1: "typically positive", 2: "inconsistent", 3: "widespread or systemic failings"}
_NO_GRADES = "an inspection's report, but its grades could not be read for certain"


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports and letters (PDF).")],
    as_json: Json = False,
) -> None:
    """Read what inspection reports and letters say.

    Council, dates, lead inspector and grades, or why a file cannot be read.

    With --json one object a line. The exit code is 3 if any file could not be read.
    """
    from crawlers.papers import read_all
    from presswatch.compose import desk

    failed = False
    for path, paper in read_all(files):
        told = shape(path, paper, desk().gazetteer)
        failed = failed or "error" in told
        if as_json:
            print_json(told, indent=None)
            sys.stdout.flush()  # a line is there as soon as its file is read
        else:
            _tell(told)
    if failed:
        raise typer.Exit(3)


def shape(path: Path, paper: "Paper | Problem", gazetteer: "Gazetteer") -> dict[str, Any]:
    """One document for scripts; dates are ISO days, null where the document does not print them.

    `council` is the council's slug and `urn` Ofsted's number for it, both null when it is none of today's.
    `send_outcome` (1 best to 3) is only there for an area SEND inspection, `priority_action` for letters.
    Until 2022 one grade was given for children in care and care leavers together: it stands under
    `in_care_and_care_leavers`, and under `in_care` too.
    """
    from newsdesk.model import Area, Event, Problem

    if isinstance(paper, Problem):
        return {"file": str(path), "error": f"could not read: {paper.reason}"}
    document = paper.document
    slug = _council(paper, gazetteer)
    grades = {area.value.replace("-", "_"): grade.value for area, grade in document.grades.items()}
    if together := document.grades.get(Area.IN_CARE_AND_CARE_LEAVERS):
        grades["in_care"] = together.value
    told: dict[str, Any] = {
        "file": str(path),
        "kind": document.kind.value,
        "council": slug,
        "council_name": gazetteer.names[slug] if slug else document.council_name,
        "urn": gazetteer.councils[slug].urn if slug else document.urn,
        "published": document.published,
        "inspection_start": document.started,
        "inspection_end": document.ended,
        "lead_inspector": document.lead_inspector,
        "grades": grades,
    }
    if paper.send_outcome is not None:
        told["send_outcome"] = paper.send_outcome
    if paper.priority_action is not None:
        told["priority_action"] = paper.priority_action
    if document.kind is Event.INSPECTION and not grades:
        told["warning"] = _NO_GRADES
    return told


def _council(paper: "Paper", gazetteer: "Gazetteer") -> str | None:
    """Whose document it is: by the name in its title, else by the one council that its first words name."""
    if urn := paper.document.urn:
        return gazetteer.by_urn[urn].slug if urn in gazetteer.by_urn else None
    name = paper.document.council_name
    if name and (slug := gazetteer.named(name) or gazetteer.named(f"{name} Council")):
        return slug
    named = {slug for each in _named(name or paper.top, gazetteer, sure=bool(name)) for slug in each}
    return named.pop() if len(named) == 1 else None


def _named(words: str, gazetteer: "Gazetteer", *, sure: bool) -> list[tuple[str, ...]]:
    """The councils that these words name. Where a name is expected, "Reading" cannot be a verb."""
    nearby = gazetteer.councils if sure else ()
    return [each.slugs for each in gazetteer.find(words, nearby=nearby)]


def _tell(told: dict[str, Any]) -> None:
    if "error" in told:
        complain(f"{told['file']}: {told['error']}")
        return
    say(told["file"])
    say(f"  {told['kind']}: {told['council_name'] or 'council not named'} (URN {told['urn'] or 'not known'})")
    stay = (
        " to ".join(filter(None, (told["inspection_start"], told["inspection_end"]))) or "dates not printed"
    )
    say(f"  {stay}, lead inspector {told['lead_inspector'] or 'not printed'}")
    say(f"  published {told['published'] or 'on a day it does not print'}")
    for area, grade in told["grades"].items():
        say(f"  {area.replace('_', ' '):26} {grade.replace('-', ' ')}")
    if "send_outcome" in told:
        say(f"  outcome {told['send_outcome']} of 3: {_OUTCOMES[told['send_outcome']]}")
    if told.get("priority_action"):
        say("  areas for priority action")
    if "warning" in told:
        say(f"  {told['warning']}")
