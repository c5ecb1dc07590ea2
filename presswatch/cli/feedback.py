"""`presswatch relevant`, `irrelevant` and `feedback export`: an operator says what is news of the topic."""

from pathlib import Path
from typing import Annotated

import typer

from presswatch.cli.common import Why, opened, operator, say

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What was said with relevant and irrelevant."
)

Address = Annotated[str, typer.Argument(metavar="URL", help="An article that was read.")]


def relevant(url: Address, why: Why = "") -> None:
    """Say that an article is news of the topic.

    It is placed in its story at once, and stays relevant whatever the rules say.
    """
    _label(url, relevant=True, why=why)


def irrelevant(url: Address, why: Why = "") -> None:
    """Say that an article is no news of the topic.

    It leaves its story at once, with its copies, and stays out whatever the rules say.
    """
    _label(url, relevant=False, why=why)


def _label(url: str, *, relevant: bool, why: str) -> None:
    from scheduler.editing import label

    with opened() as house:
        edited = label(house, url, relevant=relevant, by=operator(), why=why)
    verdict = "relevant" if relevant else "irrelevant"
    say(f"{url} is {verdict} from now on.")
    for each in edited.stories:
        say(f"  {'in story' if relevant else 'left story'} {each.id}: {each.headline}")


@app.command()
def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="A TOML file to write.")]) -> None:
    """Write what was said as labelled items.

    For `make eval` (see tests/corpus/README.md).

    Of an article the last word counts. One whose text had been let go when it was labelled is left out.
    """
    from newsdesk.evidence import items
    from newsdesk.labels import as_toml

    with opened() as house, house.store.read() as tx:
        said = items(tx.evidence.labels())
    whole = [each for each in said if each.item and each.item.text]
    file.write_text(as_toml(whole), encoding="utf-8")
    say(f"{len(whole)} labelled articles written to {file}.")
    if len(whole) < len(said):
        say(f"{len(said) - len(whole)} left out: their text had been let go.")
