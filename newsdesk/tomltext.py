"""Where a key stands in a TOML text, and which key was meant: every mistake names file, line and key."""

import difflib
import re
from collections.abc import Iterable, Sequence

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, counted from 1, of the deepest part of `path` that is found; 1 when none is.

    `path` is ("smtp", "port") or ("subscription", 2, "at"), the number counting the array's tables from 0.
    """
    names = [each for each in path if isinstance(each, str)]
    wanted_table, number = names[:-1], next((each for each in path if isinstance(each, int)), 0)
    best = 1
    counts: dict[str, int] = {}
    here: list[str] | None = None if wanted_table else []
    for at, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE.match(line):
            here = _entered(table, wanted_table or names, number, counts)
            if here is not None and (here or not wanted_table):
                best = at
        elif here is not None and names and _sets(line, names[-1]):
            return at
    return best


def _entered(
    table: re.Match[str], wanted: Sequence[str], number: int, counts: dict[str, int]
) -> list[str] | None:
    """The wanted table's parts when this heading opens it, else None."""
    name = table[2].replace('"', "").replace(" ", "")
    index = counts.get(name, 0)
    counts[name] = index + 1
    if name.split(".") != list(wanted[: name.count(".") + 1]):
        return None
    return name.split(".") if table[1] == "[" or index == number else None


def _sets(line: str, key: str) -> bool:
    return bool(re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*(?:=|\.)", line))


def meant(name: str, known: Iterable[str]) -> str:
    """', did you mean "port"?' or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f', did you mean "{close[0]}"?' if close else ""
