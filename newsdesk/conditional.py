"""Which request is made of a source, and how far its "not modified" is believed.

Some servers answer 304 whatever happened, or give every version of a page one ETag. So now and then the
answer is audited: told 304, the crawl asks again without validators, and where another body comes, once more
with them. Still 304 to that: no change between two questions explains it. It is a lie when that body shows
items which nobody had seen; a page that only prints the time anew hides nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from newsdesk.model import Listing, Order, Source, SourceState, Trust
from newsdesk.moves import address
from newsdesk.text import digest

AUDIT_AFTER = 20  # answers "not modified" in a row, or up to a quarter fewer: not all sources at once
AUDIT_EVERY = timedelta(days=7)  # since the listing itself came last, or up to a quarter sooner
OFF = timedelta(
    days=30
)  # after a lie no validators are sent; then each answer is audited until one is honest


def order(source: Source, state: SourceState, now: datetime, *, suspect: bool = False) -> Order:
    """The visit to make now. What is read differently than last time is asked for whole.

    A `suspect` has said "not modified" for longer than its habit makes likely.
    """
    asked = replace(source, url=address(source.url, state.move))
    if state.declaration not in (None, declaration(source)):
        return Order(asked)
    trust = state.trust or Trust()
    if trust.lied_at and now - trust.lied_at < OFF:
        return Order(asked, body_hash=state.body_hash)
    audit = suspect or trust.lied_at is not None or _is_due(trust, state.name, now)
    return Order(asked, state.etag, state.last_modified, state.body_hash, audit)


def declaration(source: Source) -> str:
    """A hash of all that decides what is read of a source. Its address may have moved without that."""
    options = sorted(source.options.items())
    return f"{digest(repr((source.url, source.reader, source.pages, options))) % 2**64:016x}"


def believed(before: Trust | None, listing: Listing, *, unseen: int, now: datetime) -> Trust | None:
    """How far it is believed after a visit; `unseen` counts the items that were not known before."""
    trust = before or Trust()
    if listing.problem:
        return before
    if listing.status == 304:
        return replace(trust, unmodified=trust.unmodified + 1)
    whole = replace(trust, unmodified=0, whole_at=now)
    if listing.contradicted and unseen:
        said = f"it said 304 before and after it showed {unseen} items that were new"
        return replace(whole, lied_at=now, evidence=said)
    changed = not listing.not_modified and not listing.contradicted
    if trust.lied_at and now - trust.lied_at >= OFF and changed:  # asked with validators, it told of a change
        return replace(whole, lied_at=None, evidence="")
    return whole


def _is_due(trust: Trust, name: str, now: datetime) -> bool:
    sooner = (digest(name) % 100) / 400
    often = trust.unmodified >= AUDIT_AFTER * (1 - sooner)
    return often or (trust.whole_at is not None and now - trust.whole_at >= AUDIT_EVERY * (1 - sooner))
