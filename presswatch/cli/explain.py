"""`presswatch explain`: everything that happened to one address, and why."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from presswatch.cli.common import Json, opened, print_json, say

_LONGEST = 110  # characters of a sentence that is quoted as a reason


def explain(url: Annotated[str, typer.Argument(metavar="URL")], as_json: Json = False) -> None:
    """Show every step and reason for one address.

    Where it was shown, what was read, why it counts, whose news it is, and which story it went into.
    """
    from presswatch.explanation import explanation

    with opened() as house:
        told = explanation(house, url)
    if as_json:
        print_json(told)
        return
    say(told["url"])
    for name, words in _lines(told):
        say(f"  {name:13} {words}")


def _lines(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The explanation for people: what is told, and the words."""
    yield "known as", told["canonical"]
    for lead in told["leads"]:
        yield "lead", f"{lead['source']}, first seen {lead['first_seen']}: {lead['state']}"
        yield "", lead["reason"]
        if lead["problem"]:
            yield "", f"next try {lead['next_attempt_at']}"
    if told["article"] is None:
        yield "article", "none was read from it"
        return
    yield from _article(told)
    yield from _facts(told)
    for revision in told["revisions"]:
        kind = "matters" if revision["matters"] else "does not matter"
        yield "edited", f"{revision['noticed_at']}: {revision['changed']} ({kind})"
        for line in revision["diff"].splitlines():
            yield "", line
    for each in told["stories"]:
        yield "story", f"{each['story']}: {each['why']}"
    if not told["stories"]:
        yield "story", "none"
    for each in told["evidence"]:
        yield (
            "evidence",
            f"{each['by']}, {each['at']}: {each['kind']}" + (f", {each['why']}" if each["why"] else ""),
        )


def _article(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    article, won = told["article"], told["article"]["winners"]
    printed = article["published_printed"] or "-"
    yield "title", f"{article['title']}  [{won.get('title', 'given')}]"
    yield "outlet", article["outlet"]
    yield "published", f"{article['published'] or 'not known'}  [{won.get('published', '-')}: {printed}]"
    yield "identity", told["identity"]
    yield "duplicate of", told["duplicate_of"] or "nothing"


def _facts(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    verdict = "yes" if told["relevant"] else "no"
    yield "relevant", f"{verdict}: score {told['score']} (needs {told['threshold']} and a core sign)"
    yield "topics", ", ".join(told["topics"]) or "none"
    for reason in told["reasons"]:
        yield "", f"{reason['weight']:+5.1f}  {reason['rule']}: {_short(reason['line'])}"
    yield "event", f"{told['event']}: {_short(told['event_sentence'])}"
    yield "scope", told["scope"]
    for council in told["councils"]:
        yield council["role"], f"{council['slug']}: {_short(council['sentence'])}"
    for each in told["judgements"]:
        grade = f"{each['council']}, {each['area']}: {each['grade']} ({each['date'] or 'undated'})"
        yield "NEW judgement" if each["current"] else "old judgement", f"{grade}: {_short(each['sentence'])}"
    if visit := told["visit"]:
        number = f", visit no. {visit['ordinal']}" if visit["ordinal"] else ""
        days = f"{visit['started'] or 'not said'} to {visit['ended'] or '-'}{number}"
        yield "on site", f"{days}: {_short(visit['sentence'])}"
    if led := told["lead_inspector"]:
        yield "led by", f"{led['name']}: {_short(led['sentence'])}"
    for each in told["coming"]:
        step = f"{each['step']} ({each['due'] or 'no date'}), {each['council'] or 'no one council'}"
        yield "next", f"{step}: {_short(each['sentence'])}"


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"
