"""A listing that moved for good: followed every time, adopted only after it was seen on several days.

A redirect that somebody set for an afternoon must not take a source away for ever. The declaration in its
file stays the truth: what was adopted is told until the file says so too, and forgotten when it does.
"""

from datetime import datetime

from newsdesk.dates import local
from newsdesk.errors import Gone
from newsdesk.model import Listing, Move

ENOUGH = 3  # distinct days


def address(declared: str, move: Move | None) -> str:
    """Where a source is asked for now: at its declared address, or at the one that was adopted for it."""
    return move.to if move and is_adopted(declared, move) else declared


def is_adopted(declared: str, move: Move) -> bool:
    return _is_settled(declared, move) and not move.but


def noted(before: Move | None, declared: str, listing: Listing, now: datetime) -> Move | None:
    """What is known of a move after a visit.

    An address that answers without moving ends it, and so does an adopted one that is gone: the declared one
    is tried again. What could not be read says nothing either way.
    """
    known = before if before and before.declared == declared else None
    adopted = known is not None and is_adopted(declared, known)
    if listing.problem:
        return None if adopted and listing.problem.code == Gone.code else known
    if listing.moved is None:
        return known if adopted else None
    today = local(now).date().isoformat()
    same = known and (known.to, known.but) == (listing.moved.to, listing.moved.but)
    days = dict.fromkeys([*(known.days if known and same else ()), today])
    return Move(declared, listing.moved.to, listing.moved.but, tuple(days)[:ENOUGH])


def advice(declared: str, move: Move | None) -> str | None:
    """What the operator should do about a move, once it has been seen often enough."""
    if move is None or not _is_settled(declared, move):
        return None
    if move.but:
        return f"it has moved for good to {move.to}, but {move.but}: look, and declare what is right"
    return f"it has moved for good and is read at {move.to}: declare that address"


def _is_settled(declared: str, move: Move) -> bool:
    return move.declared == declared and len(move.days) >= ENOUGH
