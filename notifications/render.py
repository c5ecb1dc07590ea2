"""Mail through its templates, within the size that mail clients show whole.

A press sets each story in type once; printing it for one more reader is putting pieces together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from newsdesk.history import History
from newsdesk.model import Digest, DigestItem, Story
from newsdesk.text import clean_line
from notifications.alert_view import alert_view
from notifications.changes_view import changes
from notifications.footer import Terms, footer
from notifications.importance import council_name
from notifications.story_view import story_view
from notifications.typesetting import page_html, page_text, story_html, story_text
from notifications.view import grouped, view

HTML_BUDGET = 80_000  # octets; Gmail cuts a message off at about 102 kB of HTML, footer and all
_UNKNOWN = History(())
_NOBODY: Mapping[str, str] = MappingProxyType({})
_NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as it will be read. `text` and `html` tell the same stories."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One story in type. It holds the story, so that no other can take its place in memory."""

    story: Story
    html: str
    text: str
    octets: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading, who runs its services if the council does not, and its stories in type."""

    name: str
    trust: str
    stories: tuple[Piece, ...]


class Press:
    """Prints one set of stories for any number of readers. Not to be kept longer than they are current.

    `councils` gives the display name of each slug, `trusts` the name of the trust that runs a council's
    services, `history` the full inspections on record.
    """

    def __init__(
        self,
        councils: Mapping[str, str],
        *,
        trusts: Mapping[str, str] = _NOBODY,
        history: History = _UNKNOWN,
    ) -> None:
        self._councils = councils
        self._trusts = {council_name(slug, councils): name for slug, name in trusts.items()}
        self._history = history
        self._set: dict[tuple[int, bool, str], Piece] = {}

    def digest(self, digest: Digest, *, now: datetime, terms: Terms = _NO_TERMS) -> Rendered:
        """The digest, whose items come the weightiest first, for one reader. `now` is aware.

        Where the HTML would pass its budget, the last stories are left out of both parts, and both say how
        many and how to see them.
        """
        foot = footer(digest.name, terms, self._councils, now)
        limit = self._fitting(digest.items)
        while True:
            page = view(digest, self._councils, limit)
            groups = self._groups(digest.items[:limit])
            html = page_html(page, groups, foot)
            size = len(html.encode())
            if size <= HTML_BUDGET or limit == 0:
                return Rendered(page.subject, page_text(page, groups, foot), html)
            limit = min(limit - 1, limit * HTML_BUDGET // size)

    def alert(
        self, story: Story, why: str, *, name: str, now: datetime, terms: Terms = _NO_TERMS
    ) -> Rendered:
        """One story for one reader, told at once: `why` is the rule that sent it, `name` its subscription."""
        page = alert_view(story, why, self._councils, now)
        foot = footer(name, terms, self._councils, now)
        groups = self._groups([DigestItem(story)])
        return Rendered(page.subject, page_text(page, groups, foot), page_html(page, groups, foot))

    def _fitting(self, items: Sequence[DigestItem]) -> int:
        """How many stories fit at most, from the first on."""
        room = HTML_BUDGET
        for number, each in enumerate(items):
            room -= self._piece(each).octets
            if room < 0:
                return number
        return len(items)

    def _groups(self, items: Sequence[DigestItem]) -> list[GroupView]:
        return [
            GroupView(
                name=clean_line(name),
                trust=f"Services run by {self._trusts[name]}" if name in self._trusts else "",
                stories=tuple(self._piece(each) for each in members),
            )
            for name, members in grouped(items, self._councils)
        ]

    def _piece(self, item: DigestItem) -> Piece:
        news = changes(item, self._councils) if item.updated else ""
        key = (id(item.story), item.updated, news)
        known = self._set.get(key)
        if known is None:
            seen = story_view(item.story, self._councils, self._history)
            html = story_html(seen, updated=item.updated, news=news)
            text = story_text(seen, updated=item.updated, news=news)
            known = self._set[key] = Piece(item.story, html, text, len(html.encode()))
        return known
