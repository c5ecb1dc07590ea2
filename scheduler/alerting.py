"""Raise alerts with the story that calls for them, in one transaction; tell them as soon as may be."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from newsdesk.alerts import CAP, EXPIRES, POOLED, Announcement, fires, waits_until
from newsdesk.dates import local
from newsdesk.digests import weight
from newsdesk.errors import DeliveryError
from newsdesk.kinds import Rule, Scope
from newsdesk.model import Delivery, Digest, DigestItem, Story
from newsdesk.readers import Subscription
from newsdesk.searches import asked_of, wanted
from notifications import envelope
from notifications.footer import Terms
from notifications.render import Press, Rendered
from scheduler.digesting import ways_out
from scheduler.house import House
from scheduler.packing import packed
from storage import StoredAlert, Transaction

_log = logging.getLogger(__name__)


def raise_alerts(house: House, tx: Transaction, story_ids: Sequence[int]) -> int:
    """Notes who is to be alerted of these stories as they now are; says how many were not before."""
    waiting = tx.subscriptions.instant()
    if not waiting:
        return 0
    return sum(_raise(house, tx, story, waiting) for each in story_ids if (story := tx.stories.get(each)))


def _raise(house: House, tx: Transaction, story: Story, waiting: Sequence[Subscription]) -> int:
    now = house.clock()
    stored = [(report, tx.articles.get(report.article)) for report in story.reports]
    announcements = [
        Announcement(report, each.assessment.judgements, each.article.home) for report, each in stored
    ]
    fired = fires(story, announcements, house.desk.history, now)
    if not fired:
        return 0
    asked = cache(lambda: asked_of(story, [each.article.text for _, each in stored]))
    raised = 0
    for subscription in waiting:
        why = _why(subscription, fired)
        if not why or not _concerns(house, subscription, story):
            continue
        if wanted(subscription.search, story, asked, house.places).yes:
            raised += tx.alerts.raise_(subscription.id, story.id, why, now=now)
    return raised


def _why(subscription: Subscription, fired: dict[Rule, str]) -> list[str]:
    rules = subscription.rules or frozenset({Rule.ANY})
    return [line for rule, line in fired.items() if rule in rules]


def _concerns(house: House, subscription: Subscription, story: Story) -> bool:
    """Whoever asked for certain councils is not woken for national news: the digest tells it."""
    return story.scope is not Scope.NATIONAL or house.places.councils(subscription.search) is None


# ---------------------------------------------------------------- telling


def tell(house: House) -> int:
    """Queues the alerts that wait; says how many messages. What is told here, no digest tells again.

    An alert waits while its reader's quiet hours last. Where there are more than a day bears, all that waits
    comes in one small digest, at most one in two hours.
    """
    with house.store.read() as tx:
        waiting = {each: tx.subscriptions.get(each) for each in tx.alerts.waiting()}
    queued = 0
    for number, subscription in waiting.items():
        if subscription is None or subscription.ended_at is not None:
            _drop(house, number)
        elif waits_until(subscription.quiet, house.clock()) is None:
            queued += _tell(house, subscription)
    return queued


def _tell(house: House, subscription: Subscription) -> int:
    now = house.clock()
    with house.store.begin(turn=f"alerts {subscription.id}") as tx:
        alerts = tx.alerts.untold(subscription.id)  # none where another process told them meanwhile
        stories = {each.story: tx.stories.get(each.story) for each in alerts}
        left = CAP - tx.alerts.told_since(subscription.id, now - timedelta(days=1))
        over = len(alerts) > left
        if not alerts or (over and left < CAP and now - alerts[0].raised_at < POOLED):
            return 0
        writer = _Writer(house, subscription)
        try:
            if over:
                mails = [writer.pooled([each for each in stories.values() if each], alerts)]
            else:
                mails = [writer.single(story, each) for each in alerts if (story := stories[each.story])]
        except DeliveryError as error:
            _log.error("an alert for subscription %d cannot be written: %s", subscription.id, error.reason)
            mails = []
        tx.outbox.queue(mails, now=now)
        tx.alerts.told(subscription.id, [each.story for each in alerts], now=now)
        tx.digests.tell(subscription.subscriber, [each for each in stories.values() if each])
    return len(mails)


def _drop(house: House, subscription: int) -> None:
    """Whoever left is not told any more."""
    with house.store.begin() as tx:
        alerts = tx.alerts.untold(subscription)
        tx.alerts.told(subscription, [each.story for each in alerts], now=house.clock())


class _Writer:
    """Alerts for one subscription. Their identity and date follow from what they tell, not from when."""

    def __init__(self, house: House, subscription: Subscription) -> None:
        self._house, self._asked = house, subscription
        gazetteer = house.desk.gazetteer
        self._press = Press(gazetteer.names, trusts=gazetteer.trusts, history=house.desk.history)

    def single(self, story: Story, alert: StoredAlert) -> Delivery:
        rendered = self._press.alert(
            story, "; ".join(alert.why), name=self._asked.name, now=self._house.clock(), terms=self._terms()
        )
        return self._packed(rendered, [story], f"{story.id}", alert.raised_at)

    def pooled(self, stories: Sequence[Story], alerts: Sequence[StoredAlert]) -> Delivery:
        """One small digest of what would have been too many alerts."""
        rendered = self._press.digest(self._digest(stories), now=self._house.clock(), terms=self._terms())
        named = " ".join(str(each.story) for each in alerts)
        return self._packed(rendered, stories, named, alerts[-1].raised_at)

    def _packed(self, rendered: Rendered, stories: Sequence[Story], named: str, at: datetime) -> Delivery:
        message = envelope.alert(
            rendered,
            subscription=self._asked,
            named=named,
            sender=self._house.sender,
            date=at,
            unsubscribe=ways_out(self._house, self._asked),
        )
        delivery = packed(self._house, self._asked.channel, message, self._digest(stories))
        return replace(delivery, expires_at=at + EXPIRES)

    def _digest(self, stories: Sequence[Story]) -> Digest:
        day = local(self._house.clock()).date()
        items = tuple(DigestItem(each) for each in sorted(stories, key=lambda each: -weight(each)))
        return Digest(self._asked.id, self._asked.name, day, items)

    def _terms(self) -> Terms:
        doors = self._house.doors
        manage = doors.manage(self._asked.subscriber) if doors else ""
        return Terms(self._house.sender, self._asked.search, ways_out(self._house, self._asked), manage)
