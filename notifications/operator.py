"""The mail to whoever runs this installation: what needs somebody, since when, how it shows, what to do."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from newsdesk.concerns import AT_MOST, Bulletin, Concern
from newsdesk.dates import english_date, local
from newsdesk.model import Message
from newsdesk.text import clean_line
from notifications.addresses import mailbox
from notifications.envelope import list_id
from notifications.headers import cleaned
from notifications.typesetting import filled
from notifications.words import cut

_LONGEST, _MOST = 400, 40  # characters of a line; concerns that are told one by one


@dataclass(frozen=True, slots=True)
class ConcernView:
    """One concern as it is read; each line but the first may be empty."""

    what: str
    since: str
    evidence: str
    remedy: str
    missed: str


@dataclass(frozen=True, slots=True)
class BulletinView:
    """What the templates see. `more` counts what did not fit in, `lasting` what was told before and lasts."""

    subject: str
    new: tuple[ConcernView, ...]
    over: tuple[ConcernView, ...]
    lasting: tuple[str, ...]
    more: int
    at_most: int


def operator_mail(bulletin: Bulletin, *, sender: str, recipient: str, now: datetime) -> Message:
    """The mail of a bulletin. The same bulletin of the same moment is the same message.

    Raises DeliveryError for an address that mail cannot carry.
    """
    seen = BulletinView(
        subject=subject(bulletin),
        new=tuple(map(_view, bulletin.new[:_MOST])),
        over=tuple(map(_view, bulletin.over[:_MOST])),
        lasting=tuple(_line(each.what) for each in bulletin.lasting[:_MOST]),
        more=sum(max(0, len(each) - _MOST) for each in (bulletin.new, bulletin.over, bulletin.lasting)),
        at_most=AT_MOST,
    )
    domain = mailbox(sender).domain
    named = "\n".join([f"{now:%Y-%m-%d %H:%M:%S}", *(each.key for each in (*bulletin.new, *bulletin.over))])
    return Message(
        message_id=f"<operator.{now:%Y%m%d}.{sha256(named.encode()).hexdigest()[:32]}@{domain}>",
        date=now,
        sender=sender,
        recipient=mailbox(recipient).address,
        subject=cleaned(seen.subject),
        text=filled("operator.txt", page=seen).strip("\n") + "\n",
        html=filled("operator.html", page=seen),
        list_id=list_id("operator", domain),
        kind="operator",
    )


def subject(bulletin: Bulletin) -> str:
    """ "Presswatch: 2 things need you; 1 is over" """
    said = []
    if bulletin.new:
        first = _line(bulletin.new[0].what)
        said.append(first if len(bulletin.new) == 1 else f"{len(bulletin.new)} things need you")
    if bulletin.over:
        first = _line(bulletin.over[0].what)
        said.append(f"over: {first}" if len(bulletin.over) == 1 else f"{len(bulletin.over)} are over")
    return f"Presswatch: {cut('; '.join(said), 120)}"


def _view(concern: Concern) -> ConcernView:
    until = f" to {_when(concern.over_at)}" if concern.over_at else ""
    return ConcernView(
        what=_line(concern.what),
        since=f"{_when(concern.since)}{until}",
        evidence=_line(concern.evidence),
        remedy=_line(concern.remedy),
        missed=_line(concern.missed),
    )


def _line(text: str) -> str:
    return cut(clean_line(text), _LONGEST)


def _when(at: datetime) -> str:
    return f"{local(at):%H:%M} on {english_date(at)}"
