"""The labelled corpora of plain documents: a folder each, with `docs.jsonl.gz`."""

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Document:
    """One text, the group it belongs to, and its day; documents of an undated corpus have all the same."""

    name: str
    title: str
    text: str
    group: str
    when: datetime


def documents(folder: Path) -> list[Document]:
    """The documents of one corpus in the order of its list; none when the folder is not there."""
    listed = folder / "docs.jsonl.gz"
    if not listed.is_file():
        return []
    with gzip.open(listed, "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def arriving(found: Sequence[Document], seed: int) -> list[Document]:
    """By day, and within a day in an order drawn by lot: the list itself has the groups together."""
    drawn = list(found)
    random.Random(seed).shuffle(drawn)
    return sorted(drawn, key=lambda each: each.when)


def _document(row: dict[str, str]) -> Document:
    when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if "date" in row else _UNDATED
    return Document(row["id"], row.get("title") or "", row.get("text") or "", row["story"], when)
