"""The one door for text: cleaning it, cutting it into sentences and words, and knowing it again.

Whatever comes from outside passes `clean_line` or `clean_text` once. After that it holds nothing that a
database refuses, a terminal obeys or a reader cannot see.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

# Whitespace controls are absent here: folding disposes of them and must know that they were there.
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # C0 and C1 controls
    "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen, and bidi
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "]+"
)
# Apart, and behind a one-range test: a class that reaches beyond the first plane is ten times as slow.
_HIGH = re.compile("[\U00010000-\U0010ffff]")
_UNWANTED_HIGH = re.compile(
    "[\U000e0000-\U000e007f"  # tag characters, able to smuggle text past a reader
    + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0x1FFFF, 0x110000, 0x10000))  # noncharacters
    + "]+"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def _visible(s: str) -> str:
    kept = _UNWANTED.sub("", s)
    if kept.isascii():
        return kept
    if _HIGH.search(kept):
        kept = _UNWANTED_HIGH.sub("", kept)
    return unicodedata.normalize("NFC", kept)


def clean_line(s: str) -> str:
    """One line of NFC text without controls or unseen characters, whitespace folded. Idempotent."""
    return " ".join(_visible(s).split())


def clean_text(s: str) -> str:
    """As `clean_line`, but line breaks and (single) empty lines between paragraphs stay. Idempotent."""
    lines = [" ".join(line.split()) for line in _visible(s).splitlines()]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


# ---------------------------------------------------------------- sentences

_LINE_OR_BULLET = re.compile(r"[\r\n\u2028\u2029]+|(?<=\s)(?=[•▪◦‣]\s)")
_END = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]+)[)\]"'”’»]*  # the stop, and what closes after it
        (?:\s+(?=[(\["'“‘«]*(?P<next>[^\W_a-z]\w*|£)))  # a new start: a capital, a figure, a sum
      | (?<=[a-z]{3})(?P<glued>\.)(?=[A-Z][a-z]+[\s’'])  # "services.The council": a break lost on the way
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?:\w[\w.'’]*)?\w$")


def _lexicon(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TITLES = _lexicon(
    "mr mrs ms mx messrs dr prof rev revd hon rt cllr clr sgt insp supt det lt col capt maj gen gov "
    "sen rep e.g i.e eg ie cf vs viz approx"
)
_BEFORE_FIGURE = _lexicon("no nos p pp para paras fig sec s ss ch vol art reg regs sch")
_MONTHS = _lexicon("jan feb mar apr jun jul aug sep sept oct nov dec")
_MAYBE_LAST = _lexicon("st rd ave co ltd inc plc jr sr etc al est dept a.m p.m am pm")
_INITIALS = re.compile(r"[a-z](?:\.[a-z])*")  # "J", "U.K"
_DAY_OR_MONTH = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december",
    re.IGNORECASE,
)
STARTERS = _lexicon(
    "a after all also although an and another any as at because before both but by children council "
    "councillors despite during each every following for from he her his how however if in inspectors it "
    "its last many meanwhile more most mr mrs ms my new no not now of ofsted on one or our she since so "
    "some such that the their then there these they this those to today two under until we what when "
    "where which while who why with yesterday you your"
)


def sentences(text: str) -> list[str]:
    """The sentences of English news text, verbatim but for folded whitespace; every line break ends one."""
    return [sentence for line in _LINE_OR_BULLET.split(text) for sentence in _of_line(" ".join(line.split()))]


def _of_line(line: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(line):
        if end["glued"] or _ends(line[max(start, end.start() - 24) : end.start()], end["stop"], end["next"]):
            found.append(line[start : end.end()].rstrip())
            start = end.end()
    return [*found, line[start:]] if line[start:] else found


def _ends(before: str, stop: str, after: str) -> bool:
    """Does this stop end the sentence, or only an abbreviation, an initial or a number in a list?"""
    if stop != ".":
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    word, follower = last[0].lower(), after.lower()
    if word in _TITLES:
        return False
    if word in _BEFORE_FIGURE | _MONTHS and after[0].isdigit():
        return False
    if last[0] == before and (len(word) == 1 or word.isdigit()):
        return False  # "1. The council must": the number of a list
    if word in _MAYBE_LAST:
        return not _DAY_OR_MONTH.fullmatch(after) if word.endswith("m") else follower in STARTERS
    return not _INITIALS.fullmatch(word) or follower in STARTERS


# ---------------------------------------------------------------- words, and knowing a text again

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+|(?<=\d)[.,]\d[^\W_]*)*")


def words(text: str) -> list[str]:
    """Lower-cased word tokens: "Children’s" is "children's", "3,000" stays one token, hyphens part words."""
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    return _WORD.findall(plain)


def digest(text: str) -> int:
    """A signed 64-bit hash, the same in every process and on every machine."""
    raw = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True)


def fingerprint(text: str) -> int:
    """The hash of the text's words: equal when two texts differ in nothing but punctuation and case."""
    return digest(" ".join(words(text)))


SHINGLE = 5  # words
SKETCH = 64  # hashes
# A seventh of English running words begin so. A text of more than 450 words is sampled among the shingles
# that begin with them, which halves the time (960 to 1990 texts a second) at the same accuracy.
_PREFERRED = frozenset("bcp")
_OTHERS = 1 << 31
_AROUND = 50  # words
_TOKEN = re.compile(r"\w+")


def sketch(text: str) -> frozenset[int]:
    """The 64 least hashes (signed, 64 bits) of the text's 5-word shingles; all of them when fewer.

    A text shorter than five words is one shingle; an empty one has an empty sketch.

    Why the least: a fixed share (every eighth hash) grows with the text, and 64 chosen otherwise could
    not be compared between a short text and a long one. Below the lower of two ceilings both sketches are
    complete samples of their texts, and there only `newsdesk.copies.containment` compares them. For
    that a hash depends on its shingle alone; shingles that begin with a preferred letter have the lower ones.
    What is said around the word cookie is left out: a site's list of them is under any of its articles.
    """
    low = text.lower()
    tokens = _TOKEN.findall(low)
    starts = tokens[: max(len(tokens) - SHINGLE + 1, 1)]
    left_out = _around_cookies(tokens) if "cookie" in low else frozenset()
    preferred = [at for at, word in enumerate(starts) if word[0] in _PREFERRED]
    least = _least(tokens, [at for at in preferred if at not in left_out])
    if len(least) < SKETCH:
        rest = [at for at, word in enumerate(starts) if word[0] not in _PREFERRED and at not in left_out]
        others = _least(tokens, rest)
        least += [(_OTHERS | order, shingle) for order, shingle in others[: SKETCH - len(least)]]
    # crc32 alone chooses (it is five times as fast as a good hash); blake2b tells equal orders apart.
    return frozenset(
        (order << 32 | int.from_bytes(blake2b(shingle, digest_size=4).digest(), "big")) - (1 << 63)
        for order, shingle in least
    )


def _around_cookies(tokens: Sequence[str]) -> frozenset[int]:
    """Where the words are that stand within fifty of a "cookie"."""
    spots = [at for at, word in enumerate(tokens) if word.startswith("cookie")]
    return frozenset(at for spot in spots for at in range(spot - _AROUND, spot + _AROUND + 1))


def _least(tokens: Sequence[str], starts: Iterable[int]) -> list[tuple[int, bytes]]:
    """The 64 shingles with the least 31-bit orders among those that start there, the least first."""
    shingles = (" ".join(tokens[at : at + SHINGLE]).encode("utf-8", "surrogatepass") for at in starts)
    by_order = {crc32(shingle) >> 1: shingle for shingle in shingles}
    return [(order, by_order[order]) for order in nsmallest(SKETCH, by_order)]
