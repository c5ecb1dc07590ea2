"""What an article dwells on: its telling words, each as strong as the place it has in the article.

What comes first weighs most, as in every news report: the title, then the first lines. Names and figures
weigh more than other words, for they tell one earthquake from another. Words that two articles in five
hold tell nothing and are left out (data/common-words.txt).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from math import log

from newsdesk.text import words

Portrait = Mapping[str, float]

# Measured by benchmarks/evaluate/stories.py; the curves are flat from 12 to 30, 2 to 5 and 1.3 to 2.
_HALF = 20  # the word that weighs half as much as the first
_REPEATED = 3.0
_NAME = 1.8
_FIRST = 300  # words of the article; later ones would weigh a sixteenth of the first
_LENGTH = 2800  # characters that hold as many words
_TELLS_NOTHING = 0.4

_CAPITALISED = re.compile(r"\b[A-Z]\w+")
_SMALL = re.compile(r"\b[a-z]\w+")


def portrait(title: str, text: str) -> dict[str, float]:
    """The strength of every telling word of an article, above 0; inflected forms of a noun count as one."""
    said = f"{title}\n{text[:_LENGTH]}"
    names = {stem(name.lower()) for name in _names(said)}
    places: dict[str, float] = {}
    for at, word in enumerate(islice(words(said), _FIRST)):
        term = stem(word)
        if COMMON.get(term, 0.0) < _TELLS_NOTHING:
            places[term] = places.get(term, 0.0) + _HALF / (_HALF + at)
    return {
        term: log(1 + _REPEATED * place) * (_NAME if term in names or term[0].isdigit() else 1.0)
        for term, place in places.items()
    }


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word without its plural or possessive ending: "inspectors" and "inspector's" are "inspector"."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _names(said: str) -> set[str]:
    """Capitalised words that are never written small in the same article."""
    small = frozenset(_SMALL.findall(said))
    return {name for name in _CAPITALISED.findall(said) if name.lower() not in small}


def shares(listed: str) -> dict[str, float]:
    """From lines such as "57 its only after": the percentage of articles, and the words they hold."""
    rows = (line.split() for line in listed.splitlines() if not line.startswith("#"))
    return {word: int(percent) / 100 for percent, *found in rows for word in found}


# The share of English news and magazine articles that hold a word: 605 articles of five public corpora.
COMMON = shares((files("newsdesk") / "data" / "common-words.txt").read_text("utf-8"))
