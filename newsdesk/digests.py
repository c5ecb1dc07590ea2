"""What one subscriber is told: everything that matched and was not yet delivered, the weightiest first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from newsdesk.announced import announced, leading
from newsdesk.model import Digest, DigestItem, Event, Grade, Outcome, Shown, Story, Unseen
from newsdesk.queries import Document
from newsdesk.readers import Subscription
from newsdesk.searches import Places, is_wanted

LOOK_BACK = timedelta(days=14)  # how old a story's last report may be and still be news to somebody

_WEIGHTS = {
    Event.DIRECTION: 60,
    Event.COMMISSIONER_APPOINTED: 60,
    Event.TRUST: 55,
    Event.IMPROVEMENT_NOTICE: 55,
    Event.INTERVENTION_ENDED: 55,
    Event.INSPECTION: 50,  # without grades: announced, or spoken of
    Event.JTAI: 45,
    Event.MONITORING_VISIT: 40,
    Event.FOCUSED_VISIT: 40,
    Event.SEND_INSPECTION: 35,
    Event.SEND_MONITORING: 35,
    Event.SAFEGUARDING_REVIEW: 35,
    Event.LEADERSHIP: 25,
    Event.PARTNERSHIP: 25,
    Event.STRIKE: 20,
    Event.COURT: 20,
    Event.FUNDING: 15,
    Event.POLICY: 10,
    Event.OTHER: 5,
}
_GRADES = {
    Grade.INADEQUATE: 40,
    Grade.REQUIRES_IMPROVEMENT: 30,
    Grade.ADEQUATE: 30,
    Grade.OUTSTANDING: 20,
    Grade.GOOD: 10,
}
_OUTCOMES = {
    Outcome.FAILINGS: 39,
    Outcome.PRIORITY_ACTION: 35,
    Outcome.INCONSISTENT: 25,
    Outcome.POSITIVE: 5,
}


def weight(story: Story) -> int:
    """How much a story matters: new grades and outcomes first, the lowest foremost; then what happened."""
    if judged := leading(story):
        return 100 + _GRADES[judged.grade]
    return 100 + _OUTCOMES[story.outcome] if story.outcome else _WEIGHTS[story.event]


def in_order(items: Iterable[DigestItem]) -> list[DigestItem]:
    """The weightiest first; between equals news before what was told already, and the latest first."""
    return sorted(items, key=_place)


def recalled(digest: Digest, shown: Mapping[int, Shown]) -> Digest:
    """The digest with what its subscriber saw, by story, when last told of those told of before."""
    items = (replace(each, shown=shown.get(each.story.id)) if each.updated else each for each in digest.items)
    return replace(digest, items=tuple(items))


def showing(story: Story) -> Shown:
    """What a reader sees of a story as it now is."""
    grades = tuple((each.council, each.area, each.grade) for each in announced(story))
    return Shown(tuple(each.article for each in story.reports), grades, story.outcome)


def _place(item: DigestItem) -> tuple[int, bool, float, str]:
    story = item.story
    return -weight(story), item.updated, -story.last_seen.timestamp(), story.headline


def compose(
    subscription: Subscription,
    stories: Sequence[Story],
    told: Mapping[int, int],
    *,
    asked: Callable[[Story], Document],
    places: Places,
    local_date: date,
    covers_from: date | None = None,
    unseen: Sequence[Unseen] = (),
) -> Digest | None:
    """The digest of a local date: of these stories those that are wanted and not yet told as they now are.

    `told` says by story which version its subscriber knows; `asked` gives a story as queries see it. None
    where there is nothing to say and the subscriber did not ask for empty digests.
    """
    new = [each for each in stories if told.get(each.id, 0) < each.version]
    about = places.councils(subscription.search)
    items = [
        DigestItem(each, updated=each.id in told)
        for each in new
        if is_wanted(subscription.search, each, partial(asked, each), about)
    ]
    if not items and not subscription.send_empty:
        return None
    ordered = tuple(in_order(items))
    return Digest(
        subscription.id, subscription.name, local_date, ordered, tuple(unseen), covers_from=covers_from
    )
