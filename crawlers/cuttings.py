"""The head of an article that came as plain text: its title, who wrote it, and its date."""

import re
from dataclasses import dataclass
from datetime import datetime

from newsdesk import dates
from newsdesk.text import clean_line, sentences, words

LONGEST_TITLE = 110  # characters; a sentence that serves as title is cut there, between two words

_NAME = re.compile(r"(?:[Bb][Yy]:? )?(?P<name>[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]+|and|de|van)){1,5})")
_LED_DATE = re.compile(r"^(?:(?:first |last )?(?:published|updated|posted|date)(?: on)?):? *", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text, and the text without it."""

    title: str
    text: str
    shortened: bool = False
    byline: str | None = None
    printed: str | None = None


def split_head(text: str, *, now: datetime, title: str | None = None) -> Head:
    """The head of a clean text and its body. A given title is dropped from the text where it repeats there.

    Where the first line is already a sentence of the article, the title is that sentence, shortened.
    """
    paragraphs = text.split("\n\n")
    first = paragraphs[0]
    shortened = False
    if title is not None and words(first) == words(title):
        paragraphs = paragraphs[1:]
    elif title is None and _is_title(first) and len(paragraphs) > 1:
        title, paragraphs = clean_line(first), paragraphs[1:]
    title, shortened = (title, False) if title is not None else (_shortened(text), True)
    byline, printed, rest = _lines_below(paragraphs, now)
    return Head(title, "\n\n".join(rest), shortened, byline, printed)


def _is_title(paragraph: str) -> bool:
    return (
        "\n" not in paragraph
        and len(paragraph.split()) <= 25
        and not re.search(r"[.!:;,][\"'”’]?$", paragraph)
    )


def _shortened(text: str) -> str:
    first = clean_line(next(iter(sentences(text)), ""))
    if len(first) <= LONGEST_TITLE:
        return first.rstrip(".")
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _lines_below(paragraphs: list[str], now: datetime) -> tuple[str | None, str | None, list[str]]:
    """Byline and date where the first lines hold them, each a name or a date and nothing else."""
    byline = printed = None
    rest = list(paragraphs)
    while rest:
        line, more, below = rest[0].partition("\n")
        undated = _LED_DATE.sub("", line)
        if printed is None and len(line) < 60 and dates.read(undated, now=now):
            printed = undated
        elif byline is None and (name := _name(line)) and (more or line.lower().startswith("by ")):
            byline = name
        else:
            break
        rest = [below, *rest[1:]] if more else rest[1:]
    return byline, printed, rest


def _name(line: str) -> str | None:
    found = _NAME.fullmatch(line)
    return found["name"] if found else None
