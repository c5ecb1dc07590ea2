"""The declaration of a place that was discovered: its rhythm from its dates, and its lines of TOML."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from crawlers.discovery import Finding
from newsdesk import urls
from newsdesk.model import Kind, Lead


def weekly(leads: Sequence[Lead]) -> tuple[int, int]:
    """How many items a normal week brings, at least and at most, judged generously from their dates.

    Of the whole weeks that the dates span, half the leanest and twice the richest; of less than two weeks,
    nothing at least and twice the rate at most.
    """
    days = sorted(lead.published for lead in leads if lead.published)
    if len(days) < 2:
        return 0, max(1, len(leads))
    weeks = (days[-1] - days[0]) // timedelta(days=7)
    if weeks < 2:
        span = max(1.0, (days[-1] - days[0]) / timedelta(days=1))
        return 0, max(1, ceil(len(days) * 14 / span))
    ends = [days[-1] - timedelta(days=7 * week) for week in range(weeks)]
    counts = [sum(1 for day in days if end - timedelta(days=7) < day <= end) for end in ends]
    return min(counts) // 2, max(1, 2 * max(counts))


def declaration(
    finding: Finding, *, today: date, outlet: str = "", verified: str = "", council: str | None = None
) -> str:
    """A [[source]] for a file of the sources folder; what only a person can know is there to be corrected.

    `council` is the slug of the council on whose domain the place stands.
    """
    low, high = weekly(finding.leads)
    name = outlet or finding.outlet or urls.site(finding.url)
    items = len(finding.leads)
    how = verified or f"found by discovery, {items} items read; not yet looked at by a person"
    inside = ", ".join(f"{key} = {_quoted(value)}" for key, value in finding.options.items())
    options = [f"options = {{ {inside} }}"] if inside else []
    lines = [
        "[[source]]",
        f"name = {_quoted(_slug(urls.site(finding.url)))}",
        f"outlet = {_quoted(name)}",
        f'kind = "{_kind(finding)}"  # {", ".join(Kind)}',
        f"url = {_quoted(finding.url)}",
        f"reader = {_quoted(finding.reader or 'listing')}",
        *_pages(finding),
        *options,
        f"weekly = [{low}, {high}]  # judged from {items} items; look at two months",
        f"verified = {_quoted(how)}",
        f"verified_on = {today.isoformat()}",
        f"council = {_quoted(council)}"
        if council
        else '# council = "…"  # the council whose own page this is',
    ]
    return "\n".join(lines) + "\n"


def _pages(finding: Finding) -> list[str]:
    """What follows an item, where that is not its page."""
    if finding.reader == "evergreen":
        return ['pages = "none"']
    return ['pages = "govuk"'] if urls.site(finding.url) == "gov.uk" else []


def _kind(finding: Finding) -> str:
    site = urls.site(finding.url)
    if finding.reader == "committee":
        return "committee"
    if finding.reader == "ofsted":
        return "inspectorate"
    if site == "gov.uk":
        return "government"
    return "council" if site.endswith(".gov.uk") else "other"


def _slug(site: str) -> str:
    plain = re.sub(r"\.(?:gov\.uk|co\.uk|org\.uk|com|org|net|info|uk)$", "", site)
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "source"


def _quoted(words: str) -> str:
    """A TOML basic string."""
    escaped = "".join(
        each if each >= " " and each not in '"\\\x7f' else f"\\u{ord(each):04x}" for each in words
    )
    return f'"{escaped}"'
