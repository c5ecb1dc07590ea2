"""A reader's own words, `"care leavers" AND (ofsted OR dfe) NOT school`, asked of a story's titles and texts.

The grammar is Lucene's, as luqum reads it: words, "phrases", AND, OR, NOT, + and -, brackets, a trailing *
for every ending, and `title:`, `text:`, `council:`, `event:`, `grade:`, `outlet:`, `kind:` and `topic:`
before any of these. Words side by side must all be there. Case and punctuation do not count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from luqum.exceptions import ParseError
from luqum.parser import parser
from luqum.tree import (
    AndOperation,
    FieldGroup,
    Group,
    Item,
    Not,
    OrOperation,
    Phrase,
    Plus,
    Prohibit,
    SearchField,
    UnknownOperation,
    Word,
)

from newsdesk.errors import Mistake
from newsdesk.text import words

FIELDS = ("title", "text", "council", "event", "grade", "outlet", "kind", "topic")
_ANYWHERE = ("title", "text")


class Wording:
    """One field of a document, ready to be asked: its words in order, and as a set."""

    __slots__ = ("_line", "_words")

    def __init__(self, texts: Iterable[str]) -> None:
        said = [" ".join(words(text)) for text in texts]
        self._line = f" {' | '.join(said)} "  # no phrase reaches from one text into the next
        self._words = frozenset(self._line.split())

    def has(self, word: str) -> bool:
        return word in self._words

    def has_phrase(self, phrase: str, parts: Iterable[str]) -> bool:
        return self._words.issuperset(parts) and f" {phrase} " in self._line

    def has_start(self, start: str) -> bool:
        return f" {start}" in self._line


Document = Mapping[str, Wording]
Question = Callable[[Document], bool]


def document(**texts: Iterable[str]) -> Document:
    """What questions are asked of: the texts of each field, all FIELDS there, those not given empty."""
    return {field: Wording(texts.get(field, ())) for field in FIELDS}


@lru_cache(maxsize=4096)
def question(query: str) -> Question:
    """The question that a query asks. Raises Mistake, saying what to write instead, for one it cannot."""
    try:
        tree = parser.parse(query)
    except (ParseError, ValueError) as error:
        raise Mistake(f"the query {query!r} cannot be read: {str(error).rstrip('!')}") from None
    return _Compiler(query).compiled(tree, _ANYWHERE)


@dataclass(frozen=True, slots=True)
class _Compiler:
    query: str

    def compiled(self, item: Item, fields: tuple[str, ...]) -> Question:
        match item:
            case SearchField():
                return self.compiled(item.expr, (self._field(item.name),))
            case Group() | FieldGroup() | Plus():
                return self.compiled(item.children[0], fields)
            case Not() | Prohibit():
                return _not(self.compiled(item.children[0], fields))
            case OrOperation():
                return _any([self.compiled(each, fields) for each in item.children])
            case AndOperation() | UnknownOperation():
                return _all([self.compiled(each, fields) for each in item.children])
            case Phrase():
                return self._said(item.value.strip('"'), fields)
            case Word():
                return self._word(item.value, fields)
        raise self._mistake(f"{str(item).strip()} is more than it can ask")

    def _field(self, name: str) -> str:
        if name not in FIELDS:
            raise self._mistake(f'there is no field "{name}": write one of {", ".join(FIELDS)}')
        return name

    def _word(self, word: str, fields: tuple[str, ...]) -> Question:
        stem = word.removesuffix("*")
        if "*" in stem or "?" in stem or not words(stem):
            raise self._mistake(f"a * stands at the end of a word only: {word}")
        if stem == word:
            return self._said(word, fields)
        start = " ".join(words(stem))
        return lambda asked: any(asked[field].has_start(start) for field in fields)

    def _said(self, text: str, fields: tuple[str, ...]) -> Question:
        parts = tuple(words(text))
        if not parts:
            raise self._mistake(f"{text!r} holds no word")
        if len(parts) == 1:
            return lambda asked: any(asked[field].has(parts[0]) for field in fields)
        phrase = " ".join(parts)
        return lambda asked: any(asked[field].has_phrase(phrase, parts) for field in fields)

    def _mistake(self, what: str) -> Mistake:
        return Mistake(f"the query {self.query!r}: {what}")


def _not(one: Question) -> Question:
    return lambda asked: not one(asked)


def _any(several: list[Question]) -> Question:
    return lambda asked: any(each(asked) for each in several)


def _all(several: list[Question]) -> Question:
    return lambda asked: all(each(asked) for each in several)
