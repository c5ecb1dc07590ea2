"""`presswatch replay`: today's rules over the stored articles, and what they would change."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from presswatch.cli.common import Json, day, opened, print_json, say

if TYPE_CHECKING:
    from scheduler.replaying import Replay


def replay(
    since: Annotated[str, typer.Option(metavar="DATE", help="Articles published on or after this date.")],
    save: Annotated[
        bool, typer.Option("--save", help="Make the archive so. Without it nothing is changed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run today's rules over stored articles.

    It shows what would be added, lost or regrouped, in order of publication.

    What an operator said with merge, split, relevant and irrelevant is kept. Nobody is told again of what
    merely moved; a current judgement that was missed before is told.
    """
    from datetime import datetime, time

    from newsdesk.dates import LONDON
    from scheduler import replaying

    first = day(since, "--since")
    assert first
    with opened() as house:
        replayed = replaying.replay(house, datetime.combine(first, time(), LONDON))
        skipped = replaying.save(house, replayed) if save else 0
    told = _told(replayed) | {"saved": save, "skipped": skipped}
    if as_json:
        print_json(told)
        return
    for line in _lines(told):
        say(line)


def _told(replayed: "Replay") -> dict[str, Any]:
    reports = replayed.reports
    changed = [
        {
            "url": each.article.url,
            "title": each.article.title,
            "facts": [{"fact": one.name, "before": one.before, "after": one.after} for one in each.facts],
        }
        for each in replayed.changed
        if each.facts
    ]
    homes = {each: [one.story for one in replayed.regrouped if each in one.before] for each in reports}
    stories = [
        {
            "story": one.story,
            "headline": one.drawn.headline,
            "joined": [
                _report(reports[each]) | {"from": homes[each], "why": one.after[each]} for each in one.joined
            ],
            "left": [_report(reports[each]) for each in one.left],
            "ends": not one.after,
        }
        for one in replayed.regrouped
    ]
    return {"read": replayed.read, "textless": replayed.textless, "articles": changed, "stories": stories}


def _report(each: Any) -> dict[str, Any]:
    return {"url": each.url, "outlet": each.outlet, "title": each.title}


def _lines(told: dict[str, Any]) -> Iterator[str]:
    signs = {"yes": "+ added ", "no": "- lost  "}
    for each in told["articles"]:
        sign = next((signs[one["after"]] for one in each["facts"] if one["fact"] == "relevant"), "~ changed")
        yield f"{sign} {each['title']}"
        yield f"          {each['url']}"
        for one in each["facts"]:
            if one["fact"] != "relevant":
                yield f"          {one['fact']}: {one['before']} -> {one['after']}"
    for each in told["stories"]:
        yield f"{'story ' + str(each['story']) if each['story'] else 'a new story'}: {each['headline']}"
        for one in each["joined"]:
            came = f" (from story {', '.join(map(str, one['from']))})" if one["from"] else ""
            yield f"  + {one['outlet']}: {one['title']}{came}"
            yield f"    {one['why']}"
        for one in each["left"]:
            yield f"  - {one['outlet']}: {one['title']}"
        if each["ends"]:
            yield "  it would have no report left" if not told["saved"] else "  it has no report left"
    yield _summary(told)


def _summary(told: dict[str, Any]) -> str:
    words = [f"{told['read']} articles read again: {len(told['articles'])} with other facts"]
    words.append(f"{len(told['stories'])} stories regrouped")
    if told["textless"]:
        words.append(f"{told['textless']} whose text was let go kept their facts")
    if told["skipped"]:
        words.append(f"{told['skipped']} left alone, for they changed meanwhile: run it again")
    return ", ".join(words) + (". Saved." if told["saved"] else ". Nothing was saved: add --save for that.")
