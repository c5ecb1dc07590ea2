"""Who wrote an article: the names in what a page states or shows, without offices, outlets and dates."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.structured import Claim, own
from newsdesk.text import clean_line, words

_SHOWN = re.compile(
    r"(?:^|[\s_-])(?:by-?line|(?:article|entry|post|story|content|blog)[_-]*author|author[_-]*(?:name|link)"
    r"|authors?|writer|posted-?by|written-?by|autor)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_SIGNS = ("a", "p", "span", "div", "address", "cite", "li", "h4", "h5", "h6", "strong", "em")
_LED = re.compile(
    r"^(?:(?:this (?:post|article|story) (?:was|is) |view all |all |article )?"
    r"(?:written|posted|published|words|text|story|stories|reported|reporting|authored|posts)? ?"
    r"(?:by:?(?: +|(?=[A-Z]))|(?:von|por|par|di):? +)|(?:author|autor|writer)s?:? *)",
    re.IGNORECASE,
)
_NO_WRITER = re.compile(
    r"\b(?:photo\w*|pictures?|images?|video|illustrat\w+|comments?|follow|share|read more)\b|https?:|@|\*"
    r"|\b(?:polic(?:y|ies)|process|statements?|learn|edition|about|privacy)\b|\(|^\d+$|^admin(?:istrator)?$|^authors?$|^by$",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TAIL = re.compile(  # where the name ends and the line goes on
    r"\s*(?:[|•·–—/]|\s-|\bon\b(?= [A-Z\d])|(?:(?<=[a-z])(?-i:(?=[A-Z]))|\b)(?:(?:last |first )?updated"
    r"|(?:first )?published|posted|twitter|facebook|linkedin|today|yesterday|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b:?"
    rf"|\b{_MONTH} \d|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|\d{{1,2}}[:./]\d).*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:officer|editor|reporter|correspondent|writer|staff|chief|head|director|journalist|press|reuters|media"
    r"|news|times|journal|daily|today|magazine|report|senior|expert|founder|manager)\b"
    r"|\.(?:com|org|net|uk|de)$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*by(?:[\s:]|$)", re.IGNORECASE)
_LONGEST = 100  # characters of a byline
_MOST_WORDS = 6  # of one name that is only shown


def byline_of(tree: HtmlElement, stated: Mapping[str, list[Claim]], outlet: str) -> Claim | None:
    """The names of the writers, parted by commas: as stated for machines, else as shown.

    Where the page names only itself, a person that it shows goes before.
    """
    houses = {_plain(claim.value) for claim in stated.get("site", [])} | {_plain(outlet)} - {""}
    claimed = _first(stated.get("byline", []), houses)
    if claimed and _plain(claimed.value) not in houses and not _is_domain(claimed.value):
        return claimed
    return _first(_shown(tree), houses, shown=True) or claimed


def _first(claims: Iterable[Claim], houses: set[str], *, shown: bool = False) -> Claim | None:
    for claim in claims:
        name = _named(clean_line(claim.value), houses)
        if not 2 < len(name) < _LONGEST or _NO_WRITER.search(name):
            continue
        if not shown or (_is_shown_name(name) and not any(house in _plain(name) for house in houses)):
            return Claim(name, claim.by)
    return None


def _named(line: str, houses: set[str]) -> str:
    """The names in a byline: before "By ..." and after "..., Chief Reporter" there is none."""
    bare = _TAIL.sub("", _LED.sub("", line)).strip(" ,;:-")
    half = len(bare) // 2
    if bare[:half] == bare[half + 1 :]:  # a name beside its portrait, and again
        bare = bare[:half]
    parts = [part.strip() for part in bare.split(",")]
    kept = [part for part in parts[1:] if not _OFFICE.search(part) and _plain(part) not in houses]
    if line.startswith(","):  # the person is missing, only the house is left
        return ""
    return ", ".join(part for part in (parts[0], *kept) if part)


def _shown(tree: HtmlElement) -> Iterator[Claim]:
    """Elements that are called a byline; then short lines that begin with "By"."""
    nodes = [node for node in tree.iter(*_SIGNS) if len(node) <= 8]
    for node in own(each for each in nodes if _is_called_byline(each)):
        yield Claim(_linked(node) or visible(node), "shown")
    for node in own(each for each in nodes if _BY.match(each.text or "")):
        yield Claim(_linked(node) or visible(node), "shown")


def _is_called_byline(node: HtmlElement) -> bool:
    named = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
    return "comment" not in named and (node.get("rel") == "author" or bool(_SHOWN.search(named)))


def _linked(node: HtmlElement) -> str:
    """The names that are links within a byline: what stands beside them is an outlet or a date."""
    links = [visible(link) for link in node.iter("a") if link is not node]
    people = [link for link in links if " " in link and _is_shown_name(link) and not _NO_WRITER.search(link)]
    return ", ".join(dict.fromkeys(people))


def _is_shown_name(name: str) -> bool:
    """Two to six words, each with a capital but for "and", "de" and the like; never a sentence."""
    each = name.replace(",", " ").split()
    capitals = sum(word[:1].isupper() for word in each)
    return (
        1 <= len(each) <= 2 * _MOST_WORDS
        and capitals >= max(1, len(each) - 2)
        and not name.endswith((".", "?"))
    )


def _is_domain(name: str) -> bool:
    return " " not in name and "." in name


def _plain(text: str) -> str:
    return " ".join(words(text))
