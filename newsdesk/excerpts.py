"""The few words of a text that may be quoted under its licence: its findings, not its letterhead."""

import re

from newsdesk.text import sentences

# Where an inspectorate's letter or report begins to say what was found.
_FINDINGS = re.compile(
    r"^\s*(?:headline findings|main findings|summary of findings|findings and evaluation of progress"
    r"|findings)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_SALUTATION = re.compile(r"^\s*Dear [^\n]{2,60}$", re.MULTILINE)
# Lines of a letterhead, a title page or a form, and the sentences that only introduce.
_NOT_NEWS = re.compile(
    r"^(?:dear |inspection dates?|lead inspector|date of|published|inspection of |judge?ment"
    r"|monitoring visit (?:to|of) |focused visit (?:to|of) |i am writing|this letter"
    r"|ofsted (?:is|agora)|piccadilly)",
    re.IGNORECASE,
)
_SHORTEST = 40  # characters; less is a heading or a line of an address


def excerpt(text: str, limit: int) -> str:
    """The first telling sentences that fit into `limit` characters; if none does, the beginning of one.

    Where the licence allows none (`limit` 0), nothing.
    """
    if limit < 2:
        return ""
    taken = ""
    for sentence in filter(_tells, sentences(_opened(text))):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > limit:
            return taken or f"{sentence[: limit - 1].rsplit(' ', 1)[0]}…"
        taken = longer
    return taken


def _opened(text: str) -> str:
    """The text from its findings on, else from below its salutation, else whole."""
    for opening in (_FINDINGS, _SALUTATION):
        if (found := opening.search(text)) and text[found.end() :].strip():
            return text[found.end() :]
    return text


def _tells(sentence: str) -> bool:
    return (
        len(sentence) >= _SHORTEST
        and sentence.rstrip("\"'”’)").endswith((".", "!", "?"))
        and not _NOT_NEWS.match(sentence)
    )
