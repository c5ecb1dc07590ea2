"""The header block of a mail, written here because it must be right to the octet.

The standard library (CPython 3.11 to 3.13) turns a List-Unsubscribe of more than 78 characters into encoded
words, which mail services do not read (python/cpython#85725), and some of its versions decode encoded words
out of a headline and write the line breaks inside them as new headers (CVE-2024-6923). Here only the subject
and display names are ever encoded, and nothing is ever decoded.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from newsdesk.errors import DeliveryError
from newsdesk.text import clean_line
from notifications.addresses import mailbox

LINE = 76  # characters; RFC 2047, 2: no longer line where a header holds encoded words
LONGEST_LINE = 998  # octets without the line break; RFC 5322, 2.1.1
_ENCODED_WORD = 64  # characters, of the 75 allowed: the first line still has room for the header's name
_PRINTABLE = re.compile(r"[ -~]*")
_LITERAL = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_URI = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)
_LONGEST_URI = LONGEST_LINE - len("List-Unsubscribe: <>,")


def cleaned(text: str) -> str:
    """One line that no reader of headers can take for more: "=?" begins no encoded word. Idempotent."""
    return clean_line(text).replace("=?", "= ?")


def unstructured(name: str, text: str) -> str:
    """A header of free text: as it is where plain and short-worded, else in encoded words, folded."""
    text = cleaned(text)
    if _PRINTABLE.fullmatch(text) and max(map(len, text.split()), default=0) <= _ENCODED_WORD:
        return _folded(name, text.split(" "))
    return _folded(name, list(encoded_words(text)))


def mailbox_header(name: str, written: str) -> str:
    """From or To: a display name, quoted or in encoded words, and the address."""
    box = mailbox(written)
    display = cleaned(box.name)
    if not display:
        return f"{name}: {box.address}"
    if _PRINTABLE.fullmatch(display) and len(display) <= _ENCODED_WORD:
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        return _folded(name, [f'"{quoted}"', f"<{box.address}>"])
    return _folded(name, [*encoded_words(display), f"<{box.address}>"])


def plain(name: str, value: str) -> str:
    """A header whose value is written as it is. Refuses what would need folding or encoding."""
    line = f"{name}: {value}"
    if not _PRINTABLE.fullmatch(line) or len(line) > LONGEST_LINE:
        raise DeliveryError(f"{value!r} cannot stand in {name}", permanent=True)
    return line


def list_unsubscribe(addresses: tuple[str, ...]) -> list[str]:
    """RFC 2369 and, with an https address, RFC 8058. Folded only after a comma: an address stays whole."""
    if not addresses:
        return []
    for each in addresses:
        if not _URI.fullmatch(each) or set(each) & set("<>,") or len(each) > _LONGEST_URI:
            raise DeliveryError(f"{each!r} cannot stand in List-Unsubscribe", permanent=True)
    lines = ["List-Unsubscribe: " + ",\r\n ".join(f"<{each}>" for each in addresses)]
    if any(each.lower().startswith("https:") for each in addresses):
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return lines


def encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 words of at most 64 characters that never part the octets of one character."""
    word = ""
    for character in text:
        written = _written(character)
        if len(word) + len(written) > _ENCODED_WORD - len("=?utf-8?q??="):
            yield f"=?utf-8?q?{word}?="
            word = ""
        word += written
    yield f"=?utf-8?q?{word}?="


@lru_cache(maxsize=1_024)
def _written(character: str) -> str:
    return "_" if character == " " else "".join(map(_octet, character.encode()))


def _octet(octet: int) -> str:
    return chr(octet) if octet in _LITERAL else f"={octet:02X}"


def _folded(name: str, words: list[str]) -> str:
    """Words joined by spaces, a line break before each space at which a line would grow too long."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > LINE and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line])
