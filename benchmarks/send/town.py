"""A town of readers and the news of one night, all invented: many subscriptions, each with its own search."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, product
from random import Random

from newsdesk.kinds import Event, Grade
from newsdesk.model import (
    Area,
    Article,
    Assessment,
    CouncilRole,
    Judgement,
    Kind,
    Reason,
    Role,
    Scope,
    Story,
)
from newsdesk.readers import Subscription
from newsdesk.searches import Search
from newsdesk.text import digest
from newsdesk.urls import key
from storage import Transaction

_WORDS = (
    "inspectors children social workers caseloads leaders early help plans decisions families supervision "
    "placements foster carers homes visits managers partners police schools health front door referrals "
    "thresholds quality practice recording audit progress improvement pace risk neglect exploitation"
).split()
_EVENTS = tuple(Event)
_GRADES = tuple(Grade)


def readers(number: int, councils: Sequence[str], since: datetime) -> Iterator[Subscription]:
    """As many subscribers, each with a search that no other has."""
    random = Random(7)
    kinds = [frozenset(), *(frozenset(random.sample(_EVENTS, 17)) for _ in range(60))]
    few = (frozenset(random.sample(councils, random.randint(2, 6))) for _ in range(number))
    for n, chosen in enumerate(islice(few, number)):
        search = Search(councils=chosen, events=kinds[n % len(kinds)])
        yield Subscription(0, 0, f"reader{n}@council{n % 150}.example", f"watch {n}", search, since=since)


def known(tx: Transaction, each: Subscription, since: datetime) -> Subscription:
    """The subscription with its subscriber, who is stored."""
    return replace(each, subscriber=tx.subscribers.known(each.address, now=since).id)


def news(number: int, councils: Sequence[str], night: datetime) -> Iterator[tuple[Story, list[Article]]]:
    """As many stories, each with two to five reports."""
    random = Random(11)
    for n, (event, _) in enumerate(islice(product(_EVENTS * number, [0]), number)):
        council = random.choice(councils)
        at = night - timedelta(minutes=3 * n + 1)
        judged = [Judgement(council, Area.OVERALL, random.choice(_GRADES), at.date().isoformat(), n % 3 == 0)]
        story = Story(
            id=0,
            headline=f"{council.replace('-', ' ').title()}: {_said(random, 9)}",
            event=event,
            scope=Scope.NATIONAL if n % 75 == 0 else Scope.COUNCIL,
            councils=(CouncilRole(council, Role.SUBJECT, ""),),
            judgements=tuple(judged) if event is Event.INSPECTION else (),
            visit=None,
            first_seen=at,
            last_seen=at,
        )
        yield story, [_report(random, n, m, at) for m in range(random.randint(2, 5))]


def put(tx: Transaction, story: Story, reports: Sequence[Article]) -> None:
    """Stores a story with its reports."""
    first: Story | None = None
    for each in reports:
        number = tx.articles.add(
            each,
            Assessment(
                True,
                0.9,
                (Reason("invented", 1.0, ""),),
                story.scope,
                story.event,
                story.councils,
                snippet=each.text[:180],
            ),
            keys=[key(each.url)],
            title_key=digest(each.title),
            fingerprint=digest(each.text),
            sketch=frozenset(),
            duplicate_of=None,
            why="new",
        )
        if first is None:
            first = tx.stories.found(story, number, "new")
        else:
            tx.stories.join(first, number, "the same event")


def _report(random: Random, story: int, place: int, at: datetime) -> Article:
    kind = (Kind.INSPECTORATE, Kind.COUNCIL, Kind.LOCAL, Kind.TRADE, Kind.LOCAL)[place]
    return Article(
        url=f"https://paper{place}.example/news/{story}/{random.getrandbits(40):x}",
        outlet=f"The {random.choice(_WORDS).title()} Paper",
        title=_said(random, 11).capitalize(),
        text=f"{_said(random, 28).capitalize()}. {_said(random, 60)}.",
        fetched_at=at,
        source="invented",
        kind=kind,
        published=at,
    )


def _said(random: Random, words: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(words))
