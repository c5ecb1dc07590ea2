"""For one reader: which digest told them what, and why a story was for them or was not."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from newsdesk.digests import LOOK_BACK
from newsdesk.errors import Mistake
from newsdesk.readers import Subscription
from newsdesk.searches import asked_of, wanted
from scheduler.house import House
from storage.digests import Held


@dataclass(frozen=True, slots=True)
class Why:
    """What there is to say of one story: the digests that held it, and the reasons, a line each."""

    wanted: bool
    reasons: tuple[str, ...]
    held: tuple[Held, ...]


def history(house: House, subscription: Subscription, *, limit: int) -> list[Held]:
    """The latest digests of a subscription, newest first."""
    with house.store.read() as tx:
        return tx.digests.of(subscription.id, limit=limit)


def why(house: House, subscription: Subscription, story: int) -> Why:
    """Raises Mistake when there is no such story."""
    with house.store.read() as tx:
        found = tx.stories.get(story)
        if found is None:
            raise Mistake(f"there is no story {story}: `presswatch stories` lists them")
        texts = list(tx.articles.texts(each.article for each in found.reports))
        held = tx.digests.of(subscription.id, limit=100, story=story)
        known = tx.digests.told([subscription.subscriber])[subscription.subscriber].get(story)
    said = wanted(subscription.search, found, partial(asked_of, found, texts), house.places)
    reasons = list(said.why)
    if known is not None and not held:
        reasons.append("its reader was told by another subscription or by an alert")
    elif said.yes and not held:
        reasons.append(_not_yet(house, subscription, found.last_seen))
    return Why(said.yes, tuple(reasons), tuple(held))


def _not_yet(house: House, subscription: Subscription, last_seen: datetime) -> str:
    if subscription.since is None:
        return "but the subscription was not confirmed"
    if last_seen < house.clock() - LOOK_BACK:
        return f"but its last report is more than {LOOK_BACK.days} days old"
    return "and it waits for the next digest"
