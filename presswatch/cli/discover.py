"""`presswatch sources discover`: what could be watched at an address, and how to declare it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import Json, complain, opened, print_json, say

if TYPE_CHECKING:
    from crawlers.discovery import Finding
    from crawlers.probes import Heard
    from newsdesk.model import Problem, Robots
    from scheduler.house import House

PAGES = 12  # addresses that are looked at for one that was asked for
ROUNDS = 3  # the page; what it points to; what that points to
_SHOWN = 5


@dataclass
class Seen:
    """What looking around brought: findings in the order they came, and what could not be had."""

    heard: "list[Heard]" = field(default_factory=list)
    problems: "dict[str, Problem]" = field(default_factory=dict)
    robots: "list[Robots]" = field(default_factory=list)


def discover(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A site, its news page, or a feed.")],
    as_json: Json = False,
) -> None:
    """Find what an address offers.

    Looks for feeds, news sitemaps and listings and shows what each would bring.

    It asks as politely as a crawl does, for a dozen pages at most, and keeps nothing.
    """
    from crawlers.discovery import best
    from crawlers.proposals import declaration, weekly
    from presswatch.cli.crawl import require_contact

    with opened(context.obj) as house:
        require_contact(house)
        today = house.clock().date()
        seen = look_around(house, url)
    found = best(each.finding for each in seen.heard)
    outlet = next((each.finding.outlet for each in seen.heard if each.finding.outlet), "")
    family = next((each.finding.family for each in seen.heard if each.finding.family), None)
    council = _whose(found[0].url) if found else None
    proposal = declaration(found[0], today=today, outlet=outlet, council=council) if found else None
    if as_json:
        shapes = [_shape(each) | {"weekly": list(weekly(each.leads))} for each in found]
        problems = {address: f"{each.code}: {each.reason}" for address, each in seen.problems.items()}
        print_json(
            {"url": url, "family": family, "found": shapes, "problems": problems, "declaration": proposal}
        )
    else:
        say(f"{url}: {family or 'no known family of systems'}")
        for each in found:
            _tell(each, weekly(each.leads))
        for address, problem in seen.problems.items():
            if address == url or problem.code != "gone":  # a usual place that is not there is no news
                complain(f"  {address}: {problem.code}: {problem.reason}")
        if proposal:
            say()
            say(proposal.rstrip())
            complain(
                "\nSave this in a .toml file of the sources folder, then try it: presswatch sources test NAME"
            )
    if proposal is None:
        complain("presswatch: nothing here can be watched as it is; give the page that lists the news")
        raise typer.Exit(3)


def _whose(url: str) -> str | None:
    """The council that has registered this address's domain."""
    from crawlers.domains import domain
    from newsdesk import urls
    from presswatch import compose

    councils = compose.desk().gazetteer.councils.values()
    return next((each.slug for each in councils if domain(each.domain) == domain(urls.site(url))), None)


def look_around(house: "House", url: str, *, keep: bool = False, rounds: int = ROUNDS) -> Seen:
    """Fetch an address and what it points to, one round after the other. Raises Mistake for no address.

    With `keep` the pages themselves come back, too.
    """
    from crawlers.discovery import named_sitemaps
    from newsdesk import urls

    if urls.canonical(url) is None:
        raise Mistake(f'"{url}" is no http or https address')
    seen, asked, wanted = Seen(), set[str](), [url]
    for turn in range(rounds):
        batch = [each for each in dict.fromkeys(wanted) if urls.identity(each) not in asked]
        batch = list({urls.identity(each): each for each in batch}.values())[: PAGES - len(asked)]
        if not batch:
            break
        asked.update(urls.identity(each) for each in batch)
        before = len(seen.heard)
        _fetch(house, batch, seen, keep=keep)
        wanted = [address for each in seen.heard[before:] for address in each.finding.further]
        if turn == 0:
            wanted += [each for robots in seen.robots for each in named_sitemaps(robots.body)[:2]]
    return seen


def _fetch(house: "House", addresses: list[str], seen: Seen, *, keep: bool) -> None:
    """Visit these addresses once, each as a source of its own that nobody has declared."""
    from crawlers.probes import KEEP, heard
    from crawlers.run import crawl
    from newsdesk.model import Kind, Listing, Order, Robots, Source

    def a_source(address: str) -> Source:
        return Source(
            name=address,
            outlet=address,
            kind=Kind.OTHER,
            url=address,
            reader="listing",
            weekly=(0, 1),
            verified="not yet",
            verified_on=house.clock().date(),
            options={KEEP: "yes"} if keep else {},
        )

    for said in crawl(
        [Order(a_source(each)) for each in addresses],
        choose=lambda listings: [()] * len(listings),
        contact=house.contact,
        now=house.clock(),
        robots=seen.robots,
        allow=house.allow,
        parsers="crawlers.probes",
    ):
        if isinstance(said, Robots):
            seen.robots.append(said)
        elif isinstance(said, Listing):
            if finding := heard(said):
                seen.heard.append(finding)
            elif said.problem:
                seen.problems[said.source] = said.problem


def _shape(finding: "Finding") -> dict[str, Any]:
    from presswatch.cli.crawl import lead_shape

    return {
        "url": finding.url,
        "reader": finding.reader,
        "options": dict(finding.options),
        "items": [lead_shape(each) for each in finding.leads],
        "notes": list(finding.notes),
    }


def _tell(finding: "Finding", rhythm: tuple[int, int]) -> None:
    from newsdesk.dates import local

    dated = sum(1 for lead in finding.leads if lead.published)
    say(f"- {finding.reader}: {finding.url}")
    say(f"    {len(finding.leads)} items, {dated} with a date; {rhythm[0]} to {rhythm[1]} a week")
    for lead in finding.leads[:_SHOWN]:
        when = f"{local(lead.published):%d %b %Y}" if lead.published else "no date    "
        say(f"    {when}  {lead.title}")
    for note in finding.notes:
        say(f"    note: {note}")
