"""Tell the operator what needs a person, once, and that it is over, once: decided from rows, and queued."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from newsdesk.concerns import Bulletin, Concern, bulletin
from newsdesk.health import Condition, needs_somebody
from newsdesk.model import Delivery, Source
from newsdesk.outages import WORTH_TELLING
from newsdesk.remedies import plainly, remedy
from notifications.operator import operator_mail
from notifications.proof import sealed
from scheduler import accounting
from scheduler.house import House
from storage import Transaction

_WEEK = timedelta(days=7)
_WATCH = "watch/"
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Written:
    """A mail to the operator that was queued."""

    bulletin: Bulletin


def tell_operator(house: House, problems: Sequence[str] | None = None) -> Written | None:
    """Queue what there is to tell; None when there is nothing, or nobody to be told.

    `problems` are lines from whoever else watches over the service; by default those of scheduler.accounting.
    """
    if not house.operator:
        return None
    lines = accounting.watch(house) if problems is None else problems
    now = house.clock()
    with house.store.begin(turn="operator") as tx:
        current = [*concerns(house, tx), *_lines(house, lines)]
        known = _that_can_end(tx.health.concerns(), {each.key for each in current})
        made = bulletin(known, current, tx.health.bulletins(since=now - _WEEK), now)
        tx.health.save_concerns(made.kept)
        if not made.due:
            return None
        message = operator_mail(made, sender=house.sender, recipient=house.operator, now=now)
        mail = sealed(message)
        one = Delivery(0, message.message_id, message.sender, message.recipient, mail, kind="operator")
        tx.outbox.queue([one], now=now)
        tx.health.sent(message.message_id, at=now)
    return Written(made)


def concerns(house: House, tx: Transaction) -> Iterator[Concern]:
    """What needs a person now: sources of this house, and our own network."""
    now = house.clock()
    ill = tx.health.conditions(list(house.sources))
    readers = {name: _readers(house, tx, house.sources[name]) for name in ill}
    for name, conditions in ill.items():
        worst = next((each for each in conditions if needs_somebody(each, now)), None)
        if worst:
            yield of_source(house.sources[name], worst, readers[name])
    live = tx.health.outage()
    if live and live.recognised and live.lasted(now) >= WORTH_TELLING:
        yield Concern(
            key=f"outage/{live.id}",
            what="This machine cannot reach the internet",
            since=live.since,
            evidence=f"none of {len(live.hosts)} sites answered, and no other one; no source is blamed",
            remedy="Look at the network, its name server, and its proxy or firewall.",
            missed="everything that was published since, until it can be read",
        )


def of_source(source: Source, condition: Condition, readers: int) -> Concern:
    """The concern that a source's condition is. It is the same one while its lowest ill level is the same."""
    at_times = " at times" if condition.state == "flapping" else ""
    asked = "1 subscription asks" if readers == 1 else f"{readers} subscriptions ask"
    return Concern(
        key=f"source/{source.name}/{condition.level}",
        what=f"{source.name}: {source.outlet} {plainly(condition.code)}{at_times}",
        since=condition.since,
        evidence="; ".join(filter(None, (condition.reason, condition.evidence))),
        remedy=remedy(condition.code, name=source.name, url=source.url),
        missed=f"what {source.outlet} publishes; {asked} for it",
    )


def _readers(house: House, tx: Transaction, source: Source) -> int:
    about = {source.council, *source.covers} - {None}
    asked = [house.places.councils(each.search) for each in tx.subscriptions.list() if each.since]
    return sum(wanted is None or not about or bool(about & wanted) for wanted in asked)


def _lines(house: House, problems: Sequence[str]) -> list[Concern]:
    """Known by what they are about: minutes and numbers that count up make no other concern."""
    return [Concern(_key(each), each, house.clock(), remedy="presswatch status") for each in problems]


def _key(line: str) -> str:
    about, _, said = line.partition(": ")
    return f"{_WATCH}{about}: {_FIGURE.sub('#', said)}"


def _that_can_end(known: Mapping[str, Concern], current: Collection[str]) -> dict[str, Concern]:
    """Without what is no longer told of and yet is not over: a message that failed stays failed."""
    return {
        key: row
        for key, row in known.items()
        if key in current or not (key.startswith(_WATCH) and key.endswith(" failed"))
    }
