"""The labelled corpora: a folder each, with `gold.jsonl.gz` and the pages it speaks of."""

import gzip
import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWN = Path(__file__).parents[2] / "tests" / "corpus" / "pages"
BESIDE = Path(__file__).parents[3] / "shared" / "corpora"  # beside the checkout


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled page: where its bytes lie, its address, and what is expected of it."""

    corpus: str
    name: str
    file: Path
    url: str
    gold: Mapping[str, Any]

    def html(self) -> bytes:
        """The page as it came."""
        body = self.file.read_bytes()
        return gzip.decompress(body) if self.file.suffix == ".gz" else body


def usual_place() -> Path:
    """Where PRESSWATCH_CORPORA says, or else beside the checkout."""
    return Path(os.environ.get("PRESSWATCH_CORPORA") or BESIDE)


def cases(folder: Path) -> Iterator[Case]:
    """The labelled pages of one corpus, in the order of its list; none when the folder is not there."""
    listed = folder / "gold.jsonl.gz"
    if not listed.is_file():
        return
    with gzip.open(listed, "rt", encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            yield Case(folder.name, gold["id"], folder / gold["file"], _address(gold.get("url") or ""), gold)


def own_pages(folder: Path = OWN) -> Iterator[Case]:
    """The invented pages of British papers and councils: each NAME.html with its label, NAME.toml."""
    for label in sorted(folder.glob("*.toml")):
        gold = tomllib.loads(label.read_text(encoding="utf-8"))
        yield Case("uk-pages", label.stem, label.with_suffix(".html"), gold["url"], gold)


def _address(stated: str) -> str:
    """Some corpora name a page where its address is not known."""
    return stated if stated.startswith(("http://", "https://")) else "https://any.example/page"
