"""Has this been seen? New, the same again, a revision of what was known, or a copy from elsewhere.

The ladder, from the strongest sign to the weakest: the same address (id within the feed, final, canonical),
the same title from the same source within a week, nearly the same words. No date alone makes anything new.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from newsdesk.copies import ENOUGH, SAME_SOURCE, Known, compared, copied, same_source, when, within
from newsdesk.dates import local
from newsdesk.model import Article
from newsdesk.text import STARTERS, clean_line, clean_text, sentences, words

# What shares less than this with a text of the same title is another article ("Cabinet decisions").
RELATED = 0.3


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision changed: the fields, whether a reader has to know, and the sentences that went and
    came. It `matters` when a grade, a "not", a name, a number, a date or the day of publication changed."""

    fields: tuple[str, ...]
    matters: bool
    diff: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`of` is the id of the known article, None when the article is new; `why` is for people.

    Of a copy it is the original, and `also` are former originals that are copies of it too, as is now seen.
    """

    kind: Literal["new", "same", "revision", "copy"]
    of: int | None
    why: str
    change: Change | None = None
    also: tuple[int, ...] = ()


def judge(
    article: Article,
    own: frozenset[int],
    *,
    same_address: Known | None,
    same_title: Sequence[Known],
    near: Sequence[Known],
) -> Verdict:
    """What an article is, given the stored ones that share its address, its title or some of its shingles.

    `own` is the sketch of its text. The candidates may be too many: those too old, of another source or too
    different are passed over.
    """
    if same_address is not None:
        return _again(article, same_address, "the same address")
    for known in sorted(same_title, key=lambda each: (when(each.article), each.id), reverse=True):
        if _same_title(article, own, known):
            return _again(article, known, "the same title from the same source within a week")
    found = copied(article, own, near)
    if not found:
        return Verdict("new", None, "no known article shares its address, its title or most of its words")
    nearest, *others = found
    why = f"{nearest.score:.0%} of the shorter text is word for word that of {nearest.known.article.outlet}"
    return Verdict("copy", nearest.known.original, why, also=tuple(each.known.original for each in others))


def change(today: Article, then: Article) -> Change | None:
    """What differs between a known article and its page of today; None when nothing really does.

    What is missing today changes nothing: that it was not found does not mean that it was deleted.
    """
    title, text = clean_line(today.title), clean_text(today.text)
    old_title, old_text = clean_line(then.title), clean_text(then.text)
    pairs = {
        "title": (title, old_title),
        "text": (text, old_text),
        "published": (today.published, then.published),
        "updated": (today.updated, then.updated),
    }
    fields = tuple(name for name, (new, old) in pairs.items() if new and new != old)
    if not fields:
        return None
    before, after = f"{old_title}\n{old_text}", f"{title or old_title}\n{text or old_text}"
    return Change(fields, _matters(before, after) or _another_day(today, then), _diff(before, after))


def _again(article: Article, known: Known, why: str) -> Verdict:
    changed = change(article, known.article)
    if changed is None:
        return Verdict("same", known.id, why)
    return Verdict("revision", known.id, f"{why}; changed: {', '.join(changed.fields)}", changed)


def _same_title(article: Article, own: frozenset[int], known: Known) -> bool:
    title = words(article.title)
    if not title or title != words(known.article.title) or not same_source(article, known.article):
        return False
    shared, shorter, _ = compared(own, known.sketch)
    unrelated = shorter >= ENOUGH and shared < RELATED * shorter
    return not unrelated and within(SAME_SOURCE, article, known.article)


# ---------------------------------------------------------------- what a revision changed

_HEAVY = frozenset(
    (
        "outstanding good requires improvement inadequate adequate not no never nor none all half "
        "one two three four five six seven eight nine ten eleven twelve "
        "first second third fourth fifth sixth seventh eighth"
    ).split()
)
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*")
_LOWER = re.compile(r"\b[a-z]\w*")
_MOST_LINES, _LONGEST_LINE = 12, 240


def _matters(before: str, after: str) -> bool:
    if words(before) == words(after):
        return False  # punctuation, quotes, capitals: typography
    return _weights(before) != _weights(after) or bool(_names(before, after) or _names(after, before))


def _weights(text: str) -> Counter[str]:
    return Counter(word for word in words(text) if word in _HEAVY or any(map(str.isdigit, word)))


def _names(text: str, other: str) -> frozenset[str]:
    """Capitalised words of a text that the other does not hold, without common openings of sentences."""
    written = frozenset(word for found in _CAPITALISED.findall(text) for word in words(found))
    return written - STARTERS - frozenset(_LOWER.findall(text)) - frozenset(words(other))


def _another_day(one: Article, other: Article) -> bool:
    return len({local(at).date() for at in (one.published, other.published) if at}) == 2


def _diff(before: str, after: str) -> str:
    """The sentences that went ("- …") and came ("+ …"), cut to what a person reads."""
    a, b = sentences(before), sentences(after)
    lines: list[str] = []
    for what, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b).get_opcodes():
        if what != "equal":
            lines += [f"- {gone}" for gone in a[a_from:a_to]] + [f"+ {come}" for come in b[b_from:b_to]]
    short = [line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines]
    return "\n".join([*short[:_MOST_LINES], *(["…"] if len(short) > _MOST_LINES else [])])
