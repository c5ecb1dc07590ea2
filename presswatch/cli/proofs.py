"""`presswatch digest status|resend|why|parked`: what became of what was to be told."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import Json, opened, print_json, say

if TYPE_CHECKING:
    from newsdesk.accounts import Account
    from newsdesk.deliveries import Suppression
    from newsdesk.model import Delivery
    from newsdesk.readers import Subscription
    from scheduler.explaining import Why
    from scheduler.house import House
    from storage.digests import Held

_DIGESTS = 7


def status(
    limit: Annotated[int, typer.Option("--slots", min=1, help="How many of the latest slots.")] = 5,
    as_json: Json = False,
) -> None:
    """Show what became of the latest digests.

    And what waits or failed. Ends with 3 when the operator should look at something.
    """
    from scheduler import accounting

    with opened() as house:
        with house.store.read() as tx:
            accounts, unsettled = tx.accounts.latest(limit), tx.outbox.unsettled(limit=20)
            counts, parked = tx.outbox.waiting(), len(tx.suppressions.list())
        troubles = accounting.watch(house)
    if as_json:
        print_json(
            {
                "slots": [_account_shape(each) for each in accounts],
                "messages": counts,
                "unsettled": [_message_shape(each) for each in unsettled],
                "parked": parked,
                "troubles": troubles,
            }
        )
    else:
        for each in accounts:
            bell = each.slot.bell
            say(f"{each.slot.local_date} {bell.at} {bell.cadence} ({each.state}): {each.equation}")
        said = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
        say(f"messages: {said or 'none'}; {parked} addresses parked")
        for one in unsettled:
            say(f"  {one.id} {one.state} {one.kind} to {one.recipient} by {one.channel}: {_said(one)}")
        for line in troubles:
            say(f"! {line}")
    if troubles:
        raise typer.Exit(3)


def resend(
    messages: Annotated[list[int] | None, typer.Argument(metavar="ID...", show_default=False)] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Every message that failed.")] = False,
    as_json: Json = False,
) -> None:
    """Queue failed messages once more.

    The same message, with the same Message-ID. An address that is parked stays parked: see `presswatch
    digest parked`.
    """
    if bool(messages) == failed:
        raise Mistake("say which messages (`presswatch digest status` lists them), or --failed")
    with opened() as house, house.store.begin() as tx:
        queued = tx.outbox.resend(deliveries=messages, now=house.clock())
    if missing := set(messages or ()) - {each.id for each in queued}:
        numbers = ", ".join(map(str, sorted(missing)))
        raise Mistake(f"{numbers}: no such message, or it did not fail, or its text is not kept any more")
    if as_json:
        print_json({"queued": [each.id for each in queued]})
    else:
        say(f"{len(queued)} queued: the service sends them, or `presswatch digest send`")


def why(
    reader: Annotated[str, typer.Argument(metavar="ADDRESS|SUBSCRIPTION")],
    story: Annotated[int | None, typer.Argument(metavar="STORY")] = None,
    as_json: Json = False,
) -> None:
    """Show what a reader was told.

    Of one story: in which digest and why, or why not.
    """
    from scheduler import explaining

    told: list[dict[str, Any]] = []
    with opened() as house:
        for each in _chosen(house, reader):
            if story is None:
                told.append(_told_shape(each, explaining.history(house, each, limit=_DIGESTS)))
            else:
                told.append(_why_shape(each, explaining.why(house, each, story)))
        with house.store.read() as tx:
            parked = list(tx.suppressions.among({one["address"] for one in told}).values())
    if as_json:
        print_json({"subscriptions": told, "parked": [_parked_shape(each) for each in parked]})
        return
    for one in told:
        _say_told(one)
    for suppression in parked:
        say(f"{suppression.address} is parked: {suppression.reason}: {suppression.said}")


def parked(
    release: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Send to this address again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the addresses that take no mail.

    With the reason; or release one.
    """
    with opened() as house, house.store.begin() as tx:
        if release is not None and not tx.suppressions.release(release):
            raise Mistake(f"{release} is not parked")
        found = tx.suppressions.list()
    if as_json:
        print_json([_parked_shape(each) for each in found])
        return
    for each in found:
        say(f"{each.address} since {_stamp(each.at)}: {each.reason}: {each.said}")
    if not found:
        say("no address is parked")


def _chosen(house: "House", reader: str) -> list["Subscription"]:
    """By an address, an id or a name; those that have ended too."""
    with house.store.read() as tx:
        every = tx.subscriptions.list(ended=True)
    keys = {reader.lower()}
    found = [each for each in every if keys & {each.address.lower(), str(each.id), each.name.lower()}]
    if not found:
        raise Mistake(f"nobody is called {reader}: `presswatch subscriptions list` shows all")
    return found


def _say_told(one: dict[str, Any]) -> None:
    say(f"{one['address']}, {one['subscription']}:", bold=True)
    for reason in one.get("reasons", ()):
        say(f"  {'wanted' if one['wanted'] else 'not wanted'}: {reason}")
    for digest in one["digests"]:
        messages = "; ".join(f"message {each['id']} {each['state']}" for each in digest["messages"])
        say(f"  {digest['date']}: {len(digest['stories'])} stories, {messages or 'nothing sent'}")
        if digest["problem"]:
            say(f"    {digest['problem']}")
        for each in digest["stories"]:
            say(f"    {each['id']} {each['headline']}{' (updated)' if each['updated'] else ''}")
    if not one["digests"]:
        say("  no digest held it" if "reasons" in one else "  no digest yet")


def _account_shape(each: "Account") -> dict[str, Any]:
    bell = each.slot.bell
    return {
        "date": each.slot.local_date.isoformat(),
        "bell": {"cadence": bell.cadence.value, "at": bell.at, "zone": bell.zone},
        "state": each.state,
        "expected": each.expected,
        "excused": each.excused,
        "accepted": each.accepted,
        "empty": each.empty,
        "suppressed": each.suppressed,
        "failed": each.failed,
        "open": each.open,
        "adds_up": each.adds_up,
    }


def _message_shape(each: "Delivery") -> dict[str, Any]:
    return {
        "id": each.id,
        "message_id": each.message_id,
        "kind": each.kind,
        "channel": each.channel,
        "recipient": each.recipient,
        "state": each.state,
        "attempts": each.attempts,
        "next_attempt_at": _stamp(each.next_attempt_at),
        "reason": each.last_error,
    }


def _told_shape(subscription: "Subscription", held: "list[Held] | tuple[Held, ...]") -> dict[str, Any]:
    return {
        "subscription": subscription.name,
        "address": subscription.address,
        "digests": [
            {
                "id": each.id,
                "date": each.local_date.isoformat(),
                "problem": each.problem,
                "stories": [
                    {"id": number, "headline": headline, "updated": updated}
                    for number, headline, updated in each.stories
                ],
                "messages": [_message_shape(one) for one in each.messages],
            }
            for each in held
        ],
    }


def _why_shape(subscription: "Subscription", said: "Why") -> dict[str, Any]:
    return _told_shape(subscription, said.held) | {"wanted": said.wanted, "reasons": list(said.reasons)}


def _parked_shape(each: "Suppression") -> dict[str, Any]:
    return {"address": each.address, "reason": each.reason, "since": _stamp(each.at), "said": each.said}


def _said(each: "Delivery") -> str:
    again = f", again at {_stamp(each.next_attempt_at)}" if each.next_attempt_at else ""
    return f"{each.last_error or 'not tried yet'}{again}"


def _stamp(at: datetime | None) -> str | None:
    from presswatch.shapes import stamp

    return stamp(at)
