"""A digest or an alert for those who do not read mail: a few lines, each with its link, as JSON.

It is what the outbox keeps for channels that write their own messages, and what webhooks are given as it is.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from newsdesk.model import OFFICIAL, Digest, DigestItem, Report
from newsdesk.text import clean_line
from notifications.importance import group
from notifications.links import for_readers
from notifications.words import LINE, NAME, cut, happened

ITEMS = 20  # more make no chat message


@dataclass(frozen=True, slots=True)
class BriefItem:
    """One story. `url` leads to its primary document where there is one; it may be empty."""

    headline: str
    council: str
    event: str
    outlet: str
    url: str
    updated: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """`id` is the message's identity, `at` ISO 8601. `more` stories did not fit in. `text` is the whole of it
    in plain words; `unsubscribe` are the addresses by which its reader leaves."""

    kind: str
    id: str
    at: str
    subject: str
    items: tuple[BriefItem, ...]
    more: int
    text: str
    unsubscribe: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: bytes) -> "Brief":
        """As it was kept in the outbox."""
        said = json.loads(content)
        items = tuple(BriefItem(**each) for each in said.pop("items"))
        return cls(**said | {"items": items, "unsubscribe": tuple(said["unsubscribe"])})

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


def brief(
    digest: Digest,
    *,
    message_id: str,
    kind: str = "digest",
    subject: str,
    text: str,
    at: datetime,
    councils: Mapping[str, str],
    unsubscribe: Sequence[str] = (),
) -> Brief:
    """The first stories of a digest or alert, which are its weightiest; subject and text are its mail's."""
    items = digest.items
    return Brief(
        kind=kind,
        id=message_id,
        at=at.isoformat(),
        subject=clean_line(subject),
        items=tuple(_item(each, councils) for each in items[:ITEMS]),
        more=len(items[ITEMS:]),
        text=text,
        unsubscribe=tuple(unsubscribe),
    )


def _item(item: DigestItem, councils: Mapping[str, str]) -> BriefItem:
    story = item.story
    first = _first(story.reports)
    return BriefItem(
        headline=cut(clean_line(story.headline), LINE),
        council=clean_line(group(story, councils)),
        event=happened(story.event, story.visit),
        outlet=cut(clean_line(first.outlet), NAME) if first else "",
        url=first.url if first and for_readers(first.url) else "",
        updated=item.updated,
    )


def _first(reports: Sequence[Report]) -> Report | None:
    """The primary document, else the first report."""
    return min(reports, key=lambda each: each.kind not in OFFICIAL, default=None)
