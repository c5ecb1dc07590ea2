"""Links that turn the pages of a listing, or only invite to read on. Neither is ever an item or its title."""

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.patterns import any_of

_WORDS = any_of(
    r"(?:go to |view |see |load |show )?(?:the )?(?:next|prev|previous|first|last|older|newer|more|all)"
    r"(?: (?:page|posts?|news|articles?|stories|results|items|releases))*",
    r"(?:page )?\d{1,4}(?: of \d{1,4})?",
    r"[«»‹›<>←→…. ]+",
)
_INVITATION = any_of(
    r"(?:(?:continue|keep) reading|(?:read|find out|see|learn) (?:more|on|the full (?:story|article)))"
    r"(?: (?:about|on|of)\b.*)?[ .…»›>→]*",
    r"(?:full (?:story|article|release)|more(?: info(?:rmation)?)?|view(?: article)?)[ .…»›>→]*",
)
_QUERY = any_of(
    r"(?:^|&)(?:page|p|pg|paged|pageno|pagenumber|start|offset|[\w$]*_gotopage|[\w-]*_page)=-?\d+(?:&|$)",
)
_PATH = any_of(r"/page[/-]\d+/?$", r"/lister\d*p\d+", r"/p\d{1,3}/?$")
_BOX = any_of(r"\bpag(?:er|ination|ing)\b", r"\bpager[-_]", r"\bpagination[-_]", r"\bwp-pagenavi\b")


def turns_pages(link: HtmlElement, url: str) -> bool:
    """Whether a link leads to another page of the same list; `url` is its address."""
    words = visible(link).strip()
    if link.get("rel") in ("next", "prev") or _WORDS.fullmatch(words):
        return True
    parts = urlsplit(url)
    if _PATH.search(parts.path) or (_QUERY.search(parts.query) and len(words) < 12):
        return True
    return any(_BOX.search(up.get("class") or "") for up in link.iterancestors("nav", "ul", "ol", "div"))


def invites(words: str) -> bool:
    """Whether the words of a link only say that there is more behind it."""
    return _INVITATION.fullmatch(words.strip()) is not None
