"""`presswatch digest`: look at a digest, or draw it up and send it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.errors import Mistake
from newsdesk.model import Subscription
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, console, day, error_console, opened, print_json

if TYPE_CHECKING:
    from scheduler.house import House

app = typer.Typer(no_args_is_help=True, help="Look at a digest, or draw it up and send it.")

Date = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="The local date of the digest; else today.")
]
Name = Annotated[
    str | None, typer.Option("--subscription", metavar="NAME", help="One subscription; else every one.")
]


@app.command()
def preview(
    on: Date = None,
    subscription: Name = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the HTML part there.")] = None,
    as_json: Json = False,
) -> None:
    """Show what a digest would say. Nothing is written down and nothing is sent."""
    from presswatch import shapes
    from scheduler import digesting

    with opened() as house:
        today = _today(house)
        local_date = day(on, "--date") or today
        until = house.clock() if local_date == today else None
        told = []
        for each in _chosen(house, subscription, house.subscriptions or (_EVERYTHING,)):
            digest, rendered = digesting.preview(house, each, local_date, until=until)
            if rendered and html:
                html.write_text(rendered.html, "utf-8")
            if rendered and not as_json:
                console().print(f"{rendered.subject}\n\n{rendered.text}")
            if rendered is None and not as_json:
                console().print(f"{each.name}: nothing to tell on {local_date}.")
            told.append(
                {
                    "subscription": each.name,
                    "date": local_date.isoformat(),
                    "subject": rendered.subject if rendered else None,
                    "text": rendered.text if rendered else None,
                    "stories": [shapes.story(item.story) for item in digest.items] if digest else [],
                }
            )
    if as_json:
        print_json(told)


@app.command()
def send(on: Date = None, subscription: Name = None, as_json: Json = False) -> None:
    """Draw up the digests of a date, today's if not said, and send what waits. Twice is the same as once."""
    from newsdesk.periods import cutoff
    from scheduler import digesting, sending

    with opened() as house:
        if not house.subscriptions:
            raise Mistake("no subscription yet: add a [[subscription]] block to presswatch.toml")
        today = _today(house)
        local_date = day(on, "--date") or today
        drawn = []
        for each in _chosen(house, subscription, house.subscriptions):
            until = house.clock() if local_date == today else cutoff(local_date, each.at)
            made = digesting.draw(house, each, local_date, until=until)
            drawn.append(
                {
                    "subscription": each.name,
                    "date": local_date.isoformat(),
                    "stories": len(made.digest.items) if made else 0,
                    "messages": made.messages if made else 0,
                    "drawn": made is not None,
                }
            )
        sent = sending.send(house)
    if as_json:
        print_json(
            {
                "digests": drawn,
                "accepted": sent.accepted,
                "waiting": sent.waiting,
                "failed": sent.failed,
                "errors": list(sent.errors),
            }
        )
    else:
        out = console()
        for one in drawn:
            what = (
                f"{one['stories']} stories, {one['messages']} messages"
                if one["drawn"]
                else "nothing new to tell, or told already"
            )
            out.print(f"{one['subscription']}, {one['date']}: {what}")
        out.print(f"{sent.accepted} accepted, {sent.waiting} to be tried again, {sent.failed} failed.")
        for error in sent.errors:
            error_console().print(f"presswatch: {error}")
    if sent.waiting or sent.failed:
        raise typer.Exit(3)


_EVERYTHING = Subscription("everything", ())


def _today(house: "House") -> date:
    from newsdesk.dates import local

    return local(house.clock()).date()


def _chosen(
    house: "House", name: str | None, subscriptions: tuple[Subscription, ...]
) -> tuple[Subscription, ...]:
    if name is None:
        return subscriptions
    known = {each.name: each for each in house.subscriptions}
    if name not in known:
        raise Mistake(f'--subscription: none is called "{name}"{meant(name, known)}')
    return (known[name],)
