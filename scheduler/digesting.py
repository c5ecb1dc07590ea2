"""Draw up the digests that are due: choose, render, freeze them with their messages in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from newsdesk.digests import LOOK_BACK, compose, recalled
from newsdesk.errors import DeliveryError
from newsdesk.health import Condition, concerns_readers
from newsdesk.kinds import Scope
from newsdesk.model import Delivery, Digest, Shown, Source, Story, Unseen
from newsdesk.outages import WORTH_TELLING, Outage
from newsdesk.queries import Document
from newsdesk.readers import Subscription
from newsdesk.remedies import plainly
from newsdesk.searches import asked_of
from newsdesk.slots import Slot, covered_from
from notifications import envelope
from notifications.footer import Terms
from notifications.render import Press, Rendered
from scheduler import leasing
from scheduler.house import House
from scheduler.packing import packed
from scheduler.planning import plan
from storage import StoredSlot, Transaction
from storage.digests import Frozen

_log = logging.getLogger(__name__)
_AT_ONCE = 200  # subscriptions that are drawn in one transaction
_DRAWING = "digests"  # the lease of whoever draws


@dataclass(frozen=True, slots=True)
class Drawn:
    """A digest that was frozen, and how many messages carry it."""

    digest: Digest
    messages: int


def draw_due(house: House) -> list[Drawn]:
    """Freeze the digests of every slot whose time has come; those that exist are left alone.

    One with nothing to tell is frozen too, without messages: what comes later belongs to the next. Of several
    processes one draws, and the others leave it to it.
    """
    plan(house)
    if not _due(house):
        return []
    with leasing.held(house, [_DRAWING]) as held:
        slots = _due(house) if held.fences else []
        return [drawn for slot in slots for drawn in _expand(house, held, slot) if drawn.messages]


def _due(house: House) -> list[StoredSlot]:
    now = house.clock()
    with house.store.read() as tx:
        return [each for each in tx.slots.open() if each.slot.due_at <= now]


def _expand(house: House, held: leasing.Held, slot: StoredSlot) -> list[Drawn]:
    """A few subscriptions at a time, so that what was drawn before a crash need not be drawn again.

    They are rendered before the transaction that writes them: nobody waits for the database meanwhile.
    """
    board = Board.of(house, slot.slot.due_at)
    with house.store.begin() as tx:
        held.show(tx, [_DRAWING])
        tx.slots.begin(slot.id, expected=tx.subscriptions.expected(slot.slot), now=house.clock())
    drawn: list[Drawn] = []
    while True:
        held.beat()
        with house.store.read() as tx:
            waiting = tx.subscriptions.waiting(slot.slot, limit=_AT_ONCE)
            told = tx.digests.told(each.subscriber for each in waiting)
            shown = tx.digests.shown((each.subscriber for each in waiting), board.revised)
            slots = _own(tx, slot.slot, waiting)
        board = replace(board, shown=shown)
        made = [_made(house, board, each, told[each.subscriber], slots[each.id]) for each in waiting]
        with house.store.begin() as tx:
            held.show(tx, [_DRAWING])
            if not waiting:
                tx.slots.close(slot.id, state="complete", now=house.clock())
                return drawn
            tx.digests.freeze_all(made, slot=slot.id, now=house.clock())
        drawn += [Drawn(each.digest, len(each.mails)) for each in made]


def _own(tx: Transaction, slot: Slot, waiting: Sequence[Subscription]) -> dict[int, Slot]:
    """By subscription the slot as its reader has it: without days before they asked, or told already."""
    if slot.covers_from == slot.local_date:
        return dict.fromkeys((each.id for each in waiting), slot)
    last = tx.digests.last_before(slot.local_date, (each.id for each in waiting))
    return {
        each.id: replace(slot, covers_from=covered_from(slot, each.since or slot.due_at, last.get(each.id)))
        for each in waiting
    }


def _made(
    house: House, board: "Board", subscription: Subscription, told: dict[int, int], slot: Slot
) -> Frozen:
    """One digest with its messages; `told` grows by what it tells, for the subscriber's next."""
    day = slot.local_date
    covers = slot.covers_from if slot.covers_from < day else None
    digest = board.digest(subscription, told, day, covers)
    try:
        mails = _mails(house, board, subscription, digest) if digest else []
    except DeliveryError as error:  # what is wrong with one reader's mail keeps no other waiting
        _log.error("%s, %s: %s", subscription.address, subscription.name, error.reason)
        nothing = Digest(subscription.id, subscription.name, day, (), covers_from=covers)
        return Frozen(nothing, subscription.subscriber, (), error.reason)
    digest = digest or Digest(subscription.id, subscription.name, day, (), covers_from=covers)
    told |= {item.story.id: item.story.version for item in digest.items}
    return Frozen(digest, subscription.subscriber, mails)


def draw(house: House, subscription: Subscription, day: date, *, until: datetime) -> Drawn | None:
    """Freeze one digest by hand, of what was reported up to `until`, with its message.

    None when it exists already, and when there is nothing to tell.
    """
    board = Board.of(house, until)
    with house.store.begin(turn=f"digest {subscription.id}") as tx:
        if tx.digests.get(subscription.id, day) is not None:
            return None
        told = tx.digests.told([subscription.subscriber])[subscription.subscriber]
        shown = tx.digests.shown([subscription.subscriber], board.revised)
        digest = replace(board, shown=shown).digest(subscription, told, day)
        if digest is None:
            return None
        mails = _mails(house, board, subscription, digest)
        tx.digests.freeze(digest, mails, subscriber=subscription.subscriber, now=house.clock())
    return Drawn(digest, len(mails))


def preview(
    house: House, subscription: Subscription, day: date, *, until: datetime | None = None
) -> tuple[Digest | None, Rendered | None]:
    """What a digest of this local date would say now; nothing is written."""
    board = Board.of(house, until or subscription.bell.instant(day))
    with house.store.read() as tx:
        told = tx.digests.told([subscription.subscriber])[subscription.subscriber]
        shown = tx.digests.shown([subscription.subscriber], board.revised)
    digest = replace(board, shown=shown).digest(subscription, told, day)
    return digest, _rendered(house, board, subscription, digest) if digest else None


@dataclass(frozen=True, slots=True)
class Board:
    """All that could be told up to a moment, laid out once for everyone: stories, and sources not seen.

    `shown` is by subscriber and story what was seen of it when it was last told.
    """

    house: House
    stories: Sequence[Story]
    index: "Index"
    troubled: Sequence[tuple[Source, Condition]]
    offline: Outage | None
    asked: "Asked"
    press: Press
    shown: Mapping[int, Mapping[int, Shown]] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House, until: datetime) -> "Board":
        with house.store.read() as tx:
            stories = tx.stories.list(since=until - LOOK_BACK, until=until)
            ill, outage = tx.health.conditions(list(house.sources)), tx.health.outage()
        now = house.clock()
        offline = outage if outage and outage.recognised and outage.lasted(now) >= WORTH_TELLING else None
        worst = {
            name: next((each for each in conditions if concerns_readers(each, now)), None)
            for name, conditions in ill.items()
        }
        troubled = [(house.sources[name], each) for name, each in worst.items() if each]
        gazetteer = house.desk.gazetteer
        press = Press(gazetteer.names, trusts=gazetteer.trusts, history=house.desk.history)
        return cls(house, stories, Index(stories), troubled, offline, Asked(house), press)

    def digest(
        self, subscription: Subscription, told: dict[int, int], day: date, covers: date | None = None
    ) -> Digest | None:
        digest = compose(
            subscription,
            self.index.about(self.house.places.councils(subscription.search)),
            told,
            asked=self.asked,
            places=self.house.places,
            local_date=day,
            covers_from=covers,
            unseen=self._unseen(subscription),
        )
        return digest and recalled(digest, self.shown.get(subscription.subscriber, {}))

    @property
    def revised(self) -> list[int]:
        """The stories that somebody may have been told of as they were before."""
        return [each.id for each in self.stories if each.version > 1]

    def _unseen(self, subscription: Subscription) -> list[Unseen]:
        """The sources of this reader that could not be read: of their councils, and of no council."""
        wanted = self.house.places.councils(subscription.search)
        unseen = [Unseen("Every source", "we had no network", self.offline.since)] if self.offline else []
        for source, condition in self.troubled:
            about = {source.council, *source.covers} - {None}
            if wanted is None or not about or about & wanted:
                unseen.append(Unseen(source.outlet, plainly(condition.code), condition.since))
        return unseen


class Index:
    """Stories by the councils they are about, so that few have to be looked at for each reader."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = stories
        self._everybodys = {n for n, each in enumerate(stories) if each.scope is Scope.NATIONAL}
        self._councils: dict[str, set[int]] = {}
        for n, story in enumerate(stories):
            for each in story.councils:
                self._councils.setdefault(each.council, set()).add(n)

    def about(self, councils: frozenset[str] | None) -> Sequence[Story]:
        """Those that somebody who asks for these councils could want, in their order; None asks for all."""
        if councils is None:
            return self._stories
        found = self._everybodys.union(*(self._councils.get(each, ()) for each in councils))
        return [self._stories[n] for n in sorted(found)]


class Asked:
    """Stories as queries see them, each read from the store once and only where somebody asks."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[int, Document] = {}

    def __call__(self, story: Story) -> Document:
        if story.id not in self._known:
            with self._house.store.read() as tx:
                texts = tx.articles.texts(each.article for each in story.reports)
            self._known[story.id] = asked_of(story, texts)
        return self._known[story.id]


def ways_out(house: House, subscription: Subscription) -> tuple[str, ...]:
    """How its reader leaves: one click where there is a door for it, and the operator's own address."""
    if house.doors is None or not subscription.id:
        return house.unsubscribe
    return (house.doors.leave(subscription.id), *house.unsubscribe)


def _rendered(house: House, board: Board, subscription: Subscription, digest: Digest) -> Rendered:
    manage = house.doors.manage(subscription.subscriber) if house.doors and subscription.id else ""
    terms = Terms(house.sender, subscription.search, ways_out(house, subscription), manage)
    return board.press.digest(digest, now=house.clock(), terms=terms)


def _mails(house: House, board: Board, subscription: Subscription, digest: Digest) -> list[Delivery]:
    message = envelope.compose(
        _rendered(house, board, subscription, digest),
        digest=digest,
        recipient=subscription.address,
        sender=house.sender,
        date=subscription.bell.instant(digest.local_date),
        unsubscribe=ways_out(house, subscription),
    )
    return [packed(house, subscription.channel, message, digest)]
