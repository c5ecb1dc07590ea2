"""`presswatch digest`: look at a digest, or draw it up and send it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from presswatch.cli import proofs
from presswatch.cli.common import Json, complain, day, opened, print_json, say
from presswatch.cli.subscriptions import chosen as find

if TYPE_CHECKING:
    from datetime import date

    from newsdesk.model import Digest
    from newsdesk.readers import Subscription
    from notifications.render import Rendered
    from scheduler.digesting import Drawn
    from scheduler.house import House
    from scheduler.sending import Sent

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Look at a digest, or draw it up and send it."
)

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
    """Show what a digest would say; send nothing."""
    from newsdesk.readers import Subscription
    from scheduler import digesting

    told = []
    with opened() as house:
        today = _today(house)
        local_date = day(on, "--date") or today
        until = house.clock() if local_date == today else None
        chosen = find(house, subscription) or [Subscription(0, 0, "", "everything")]
        if html and len(chosen) > 1:
            raise Mistake("--html: there are several digests: choose one with --subscription")
        for each in chosen:
            digest, rendered = digesting.preview(house, each, local_date, until=until)
            told.append(_preview_shape(each, local_date, digest, rendered))
            if rendered and html:
                html.write_text(rendered.html, "utf-8")
            if not as_json:
                nothing = f"{each.name}: nothing to tell on {local_date}."
                say(f"{rendered.subject}\n\n{rendered.text}" if rendered else nothing)
    if as_json:
        print_json(told)


@app.command()
def send(on: Date = None, subscription: Name = None, as_json: Json = False) -> None:
    """Draw up the digests of a day and send them.

    What waits from earlier is sent too. Sending twice is the same as sending once.
    """
    from scheduler import digesting, sending

    digests = []
    with opened() as house:
        begun = [each for each in find(house, subscription) if each.since]
        if not begun:
            raise Mistake("nobody is told yet: `presswatch subscriptions add --help` says how")
        today = _today(house)
        local_date = day(on, "--date") or today
        if local_date > today:
            raise Mistake(f"--date: {local_date} is yet to come: its news is not known")
        for each in begun:
            until = house.clock() if local_date == today else each.bell.instant(local_date)
            drawn = digesting.draw(house, each, local_date, until=until)
            digests.append(_digest_shape(each, local_date, drawn))
        sent = sending.send(house)
    if as_json:
        print_json({"digests": digests, **_sent_shape(sent)})
    else:
        for one in digests:
            what = "{stories} stories, {messages} messages" if one["drawn"] else _NOTHING_NEW
            say(f"{one['subscription']}, {one['date']}: {what.format_map(one)}")
        say(f"{sent.accepted} accepted, {sent.waiting} to be tried again, {sent.failed} failed.")
        for error in sent.errors:
            complain(f"presswatch: {error}")
    if sent.waiting or sent.failed:
        raise typer.Exit(3)


@app.command()
def skip(
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The last digest that was had.")],
    as_json: Json = False,
) -> None:
    """Note digests as told, without sending them.

    All up to that of a local date: for after a backup was put back, where readers have had digests that it
    does not know of. Messages that wait for digests of then and before are not sent. What was reported later
    is told as ever.
    """
    from dataclasses import asdict

    from scheduler import skipping

    with opened() as house:
        last = day(until, "--until")
        assert last is not None
        if last > _today(house):
            raise Mistake(f"--until: {last} is yet to come: its news is not known")
        skipped = skipping.skip(house, last)
    if as_json:
        print_json(asdict(skipped))
    else:
        say(
            f"{skipped.digests} digests with {skipped.stories} stories noted as told; "
            f"{skipped.messages} messages will not be sent."
        )


for _command in (proofs.status, proofs.resend, proofs.why, proofs.parked):
    app.command()(_command)

_NOTHING_NEW = "nothing new to tell, or told already"


def _preview_shape(
    subscription: "Subscription", on: "date", digest: "Digest | None", rendered: "Rendered | None"
) -> dict[str, Any]:
    from presswatch import shapes

    return {
        "subscription": subscription.name,
        "date": on.isoformat(),
        "subject": rendered.subject if rendered else None,
        "text": rendered.text if rendered else None,
        "stories": [shapes.story(item.story) for item in digest.items] if digest else [],
    }


def _digest_shape(subscription: "Subscription", on: "date", drawn: "Drawn | None") -> dict[str, Any]:
    return {
        "subscription": subscription.name,
        "date": on.isoformat(),
        "stories": len(drawn.digest.items) if drawn else 0,
        "messages": drawn.messages if drawn else 0,
        "drawn": drawn is not None,
    }


def _sent_shape(sent: "Sent") -> dict[str, Any]:
    return {
        "accepted": sent.accepted,
        "waiting": sent.waiting,
        "failed": sent.failed,
        "errors": list(sent.errors),
    }


def _today(house: "House") -> "date":
    from newsdesk.dates import local

    return local(house.clock()).date()
