"""`presswatch subscribers`: the people behind the subscriptions, and what they may ask for."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import Json, opened, print_json, say

if TYPE_CHECKING:
    from newsdesk.readers import Subscriber
    from storage import Transaction

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The people behind the subscriptions, and their data."
)
Address = Annotated[str, typer.Argument(metavar="ADDRESS")]


@app.command("list")
def listed(as_json: Json = False) -> None:
    """Show every subscriber whose address is kept."""
    with opened() as house, house.store.read() as tx:
        found = [each for each in tx.subscribers.list() if each.address]
    if as_json:
        print_json([{"id": each.id, "address": each.address, "state": each.state} for each in found])
        return
    for each in found:
        say(f"{each.id:>4}  {each.address}  {each.state}")
    say(f"{len(found)} subscribers.")


@app.command()
def export(address: Address) -> None:
    """Print all that is kept about an address, as JSON."""
    from presswatch.shapes import subscriber_record

    with opened() as house, house.store.read() as tx:
        print_json(subscriber_record(tx, _known(tx, address).id))


@app.command()
def erase(address: Address) -> None:
    """Forget an address at once. The record that it was once agreed to stays, without it."""
    from scheduler import subscribing

    with opened() as house:
        with house.store.read() as tx:
            known = _known(tx, address)
        subscribing.erase(house, known.id, source="command line")
    say(f"{address} is not kept any more.")


def _known(tx: "Transaction", address: str) -> "Subscriber":
    known = tx.subscribers.of(address)
    if known is None:
        raise Mistake(f"nobody is known by {address}: `presswatch subscribers list` shows all")
    return known
