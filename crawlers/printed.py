"""The dates a page prints for its readers, by how sure it is that they are its own."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.structured import Claim

_PUBLISHED = re.compile(
    r"publi(?:sh|cation)|posted|pubdate|(?:post|entry|article|news|story|create|release)-?_?date|created",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|edited|reviewed", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:(?P<published>published|posted|written|created|released|issued|added)"
    r"|(?P<changed>updated|modified|edited|amended|reviewed))\b(?:\s+(?:on|at|date))*\s*:?\s*",
    re.IGNORECASE,
)
_BESIDE = ("aside", "footer", "nav")
_PRINTS = ("h1", "time", "p", "span", "div", "li", "dd")
_LONGEST = 120  # characters of a line that prints a date
_PROSE = 90  # characters; a paragraph of so many is the text, and its head is over
_PARTS = 4  # elements in such a line


class Line(NamedTuple):
    """A short line that may print a date: what it says of publication and of change, and where it stands."""

    published: str
    changed: str
    plain: str
    in_head: bool
    is_time: bool


class Printed:
    """The dates on a page, in reading order: those below its headline, then those above."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree

    def published(self) -> Iterator[Claim]:
        """Those that are called a date of publication, and times between the headline and the text."""
        for line in self._lines:
            if (line.published and (line.in_head or line.is_time)) or (line.in_head and line.is_time):
                yield _claim(line)

    def changed(self) -> Iterator[Claim]:
        """Those that are called a date of change."""
        return (_claim(each._replace(published="")) for each in self._lines if each.changed)

    def times(self) -> Iterator[Claim]:
        """Every time that is marked as one, whatever of."""
        lines = (_line(node, in_head=False) for node in self._tree.iter("time"))
        return (_claim(each) for each in lines if each)

    def unlabelled(self) -> Iterator[Claim]:
        """Those that may be of something else."""
        return (_claim(each) for each in self._lines if each.published or each.plain)

    @cached_property
    def _lines(self) -> list[Line]:
        above, below, head = list[Line](), list[Line](), False
        seen = False
        for node in self._tree.iter(*_PRINTS):
            if node.tag == "h1":
                head = head or not seen
                seen = True
            elif node.tag == "p" and head and len(visible(node)) >= _PROSE:
                head = False
            elif (line := _line(node, in_head=head)) and not _is_beside(node):
                (below if seen else above).append(line)
        return below + above


def _claim(line: Line) -> Claim:
    return Claim(line.published or line.changed or line.plain, "time" if line.is_time else "shown")


def _line(node: HtmlElement, *, in_head: bool) -> Line | None:
    is_time = node.tag == "time"
    if not is_time and len(node) > _PARTS:
        return None
    called = _called(node)
    if not (is_time or called or _LABEL.search(node.text or "")):
        return None
    text = visible(node)
    if len(text) > _LONGEST or not (text or is_time):
        return None
    says = _labelled(f"{_before(node)} {text}" if is_time else text)
    stated = node.get("datetime") or text
    if says:
        published, changed = says.get("published", ""), says.get("changed", "")
        if is_time and bool(published) != bool(changed):
            published, changed = published and stated, changed and stated
        return Line(published, changed, "", in_head, is_time)
    if called == "changed":
        return Line("", stated, "", in_head, is_time)
    return Line(stated if called else "", "", stated, in_head, is_time)


def _labelled(text: str) -> dict[str, str]:
    """What follows "Published" and "Updated", up to the next of them."""
    labels = list(_LABEL.finditer(text))
    ends = [each.start() for each in labels[1:]] + [len(text)]
    found: dict[str, str] = {}
    for label, end in zip(labels, ends, strict=False):
        said = text[label.end() : end].strip(" |/–—-·•")
        if any(map(str.isdigit, said)):
            found.setdefault(label.lastgroup or "", said)
    return found


def _called(node: HtmlElement) -> str:
    """ "published" or "changed", by the names of the element and of the one it lies in."""
    own = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"
    parent = node.getparent() if node.tag == "time" else None
    names = own + (f" {parent.get('class') or ''}" if parent is not None else "")
    if node.get("pubdate") is not None or _PUBLISHED.search(names):
        return "published"
    return "changed" if _CHANGED.search(names) else ""


def _before(node: HtmlElement) -> str:
    """The words right before an element."""
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        return (previous.tail or visible(previous))[-40:] if len(previous) < _PARTS else ""
    return (parent.text or "")[-40:] if parent is not None else ""


def _is_beside(node: HtmlElement) -> bool:
    return any(up.tag in _BESIDE for up in node.iterancestors())
