"""`presswatch subscriptions`: who is told what, and when."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import Json, opened, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsdesk.kinds import Rule
    from newsdesk.readers import Subscription
    from newsdesk.searches import Search
    from newsdesk.slots import Bell
    from scheduler.house import House

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who is told what, and when.")

Several = list[str] | None
Id = Annotated[int, typer.Argument(metavar="ID", help="As `presswatch subscriptions list` shows it.")]
Council = Annotated[Several, typer.Option("--council", metavar="SLUG", help="A council; may be repeated.")]
Region = Annotated[Several, typer.Option("--region", metavar="NAME", help="Every council of a region.")]
Neighbours = Annotated[
    Several, typer.Option("--neighbours", metavar="SLUG", help="The statistical neighbours of a council.")
]
Kind = Annotated[Several, typer.Option("--event", metavar="KIND", help="A kind, as monitoring-visit.")]
Grade = Annotated[Several, typer.Option("--grade", metavar="GRADE", help="A grade that is announced.")]
Outlet = Annotated[Several, typer.Option("--outlet", metavar="NAME", help="Reported by this outlet.")]
Topic = Annotated[Several, typer.Option("--topic", metavar="NAME", help="On a topic, as youth-justice.")]
Query = Annotated[
    str | None, typer.Option("--query", metavar="WORDS", help="""Such as '"care leavers" NOT school'.""")
]
Cadence = Annotated[str, typer.Option(metavar="HOW", help="daily, weekdays, weekly or instant.")]
At = Annotated[str, typer.Option(metavar="HH:MM", help="Local time in London.")]
Weekday = Annotated[str, typer.Option(metavar="DAY", help="For weekly ones: mon, tue, ...")]
Rules = Annotated[
    Several, typer.Option("--alert", metavar="RULE", help="For instant ones: new-judgement, inadequate, ...")
]
Quiet = Annotated[
    str, typer.Option(metavar="HH:MM-HH:MM", help="For instant ones: hours in which alerts wait.")
]
Empty = Annotated[bool, typer.Option("--send-empty", help="Write even when nothing is new.")]


@app.command()
def add(
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Whom to tell.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="The reader's own word for it.")] = "",
    council: Council = None,
    region: Region = None,
    neighbours: Neighbours = None,
    event: Kind = None,
    grade: Grade = None,
    outlet: Outlet = None,
    topic: Topic = None,
    query: Query = None,
    cadence: Cadence = "daily",
    at: At = "07:00",
    weekday: Weekday = "mon",
    send_empty: Empty = False,
    alert: Rules = None,
    quiet: Quiet = "",
    channel: Annotated[
        str, typer.Option(metavar="NAME", help="By mail, or by one of the [channels] of presswatch.toml.")
    ] = "email",
    agreed: Annotated[
        str, typer.Option(metavar="HOW", help="How the reader agreed, for the record: begins at once.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Add a subscription.

    It is a saved search, and when to tell what it finds.
    """
    from newsdesk.searches import Search
    from presswatch import shapes
    from scheduler import subscribing

    said = {
        "council": council, "region": region, "neighbours": neighbours, "event": event, "grade": grade,
        "outlet": outlet, "topic": topic, "q": [query] if query else None,
    }  # fmt: skip
    with opened() as house:
        search = Search.of(_query_string(said), house.places, house.desk.topics if topic else ())
        added = subscribing.subscribe(
            house,
            to,
            name or _named(search),
            search,
            _bell(cadence, at, weekday),
            channel=channel,
            send_empty=send_empty,
            rules=_rules(alert or ()),
            quiet=_quiet(quiet),
            agreed=agreed,
            source="command line",
        )
    if as_json:
        print_json(shapes.subscription(added))
    else:
        say(_line(added))


@app.command("list")
def listed(
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended too.")] = False,
    as_json: Json = False,
) -> None:
    """Show every subscription."""
    from presswatch import shapes

    with opened() as house, house.store.read() as tx:
        found = tx.subscriptions.list(ended=ended)
    if as_json:
        print_json([shapes.subscription(each) for each in found])
        return
    for each in found:
        say(_line(each))
    if not found:
        say("No subscription yet: `presswatch subscriptions add --to ADDRESS --council SLUG --agreed HOW`.")


@app.command()
def confirm(
    subscription: Id,
    agreed: Annotated[str, typer.Option(metavar="HOW", help="How the reader agreed, for the record.")],
) -> None:
    """Begin a subscription that waits for its reader's word."""
    from scheduler import subscribing

    with opened() as house:
        say(_line(subscribing.confirm(house, subscription, source="command line", evidence=agreed)))


@app.command()
def end(subscription: Id) -> None:
    """End a subscription."""
    from scheduler import subscribing

    with opened() as house:
        say(_line(subscribing.end(house, subscription, source="command line")))


@app.command("test")
def rehearse(
    subscription: Id,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back.")] = 14,
    as_json: Json = False,
) -> None:
    """Show what it would have brought lately.

    And why, or why not, for each story of the last days. Nothing is sent.
    """
    from datetime import timedelta
    from functools import partial

    from newsdesk.searches import wanted
    from scheduler.digesting import Asked

    with opened() as house:
        found = chosen(house, str(subscription))[0]
        with house.store.read() as tx:
            stories = tx.stories.list(since=house.clock() - timedelta(days=days))
        asked = Asked(house)
        told = [(each, wanted(found.search, each, partial(asked, each), house.places)) for each in stories]
    if as_json:
        print_json(
            [
                {"story": each.id, "headline": each.headline, "told": why.yes, "why": list(why.why)}
                for each, why in told
            ]
        )
        return
    for each, why in told:
        say(f"{'told' if why.yes else '    '}  {each.last_seen:%Y-%m-%d}  {each.headline}")
        say(f"                  {'; '.join(why.why)}")
    say(f"{sum(why.yes for _, why in told)} of {len(told)} stories of the last {days} days.")


# ---------------------------------------------------------------- shared with `presswatch digest`


def chosen(house: "House", named: str | None) -> "list[Subscription]":
    """The live subscriptions of this name or id; all of them where none is named. Raises Mistake."""
    from newsdesk.tomltext import meant

    with house.store.read() as tx:
        live = tx.subscriptions.list()
    if named is None:
        return live
    found = [each for each in live if named in (each.name, str(each.id))]
    if not found:
        names = [each.name for each in live]
        raise Mistake(f'--subscription: none is called "{named}"{meant(named, names)}')
    return found


def _line(subscription: "Subscription") -> str:
    state = "" if subscription.since else "  waits to be confirmed"
    state = "  ended" if subscription.ended_at else state
    from presswatch.shapes import subscription as shape

    shown = shape(subscription)
    when = " ".join(filter(None, (shown["cadence"], shown["weekday"], shown["at"])))
    what = shown["search"] or "everything"
    return f"{shown['id']:>4}  {shown['name']}  {shown['address']}  {when}  {what}{state}"


def _query_string(said: "dict[str, Several]") -> str:
    from urllib.parse import urlencode

    return urlencode([(key, each) for key, values in said.items() for each in values or ()])


def _named(search: "Search") -> str:
    first = sorted((*search.councils, *search.regions, *search.neighbours, *search.events, *search.topics))
    return first[0] if first else "everything"


def _bell(cadence: str, at: str, weekday: str) -> "Bell":
    from newsdesk.kinds import Cadence
    from newsdesk.slots import DAYS, bell

    if weekday not in DAYS:
        raise Mistake(f"--weekday: {weekday!r} is none of {', '.join(DAYS)}")
    if cadence not in set(Cadence):
        raise Mistake(f"--cadence: {cadence!r} is none of {', '.join(Cadence)}")
    return bell(Cadence(cadence), at, weekday=DAYS.index(weekday))


def _rules(written: "Sequence[str]") -> "frozenset[Rule]":
    from newsdesk.kinds import Rule
    from newsdesk.tomltext import meant

    for each in written:
        if each not in set(Rule):
            known = ", ".join(Rule)
            raise Mistake(f"--alert: {each!r} is none of {known}{meant(each, Rule)}")
    return frozenset(map(Rule, written))


def _quiet(written: str) -> str:
    from newsdesk.slots import hours

    return hours(written) if written else ""
