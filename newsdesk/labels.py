"""Operators' labels as items of a labelled corpus, in TOML."""

import json
from collections.abc import Iterable, Iterator

from newsdesk.dates import local
from newsdesk.evidence import Evidence
from newsdesk.model import Article


def as_toml(said: Iterable[Evidence]) -> str:
    """An item for each labelled article; the day is that of its publication in London."""
    return "\n".join(line for each in said if each.item for line in _item(each, each.item))


def _item(each: Evidence, article: Article) -> Iterator[str]:
    yield "[[item]]"
    yield f"name = {_text(article.canonical_url or article.url)}"
    yield 'type = "feedback"'
    yield f"title = {_text(article.title)}"
    yield f"text = {_text(article.text)}"
    yield f"outlet = {_text(article.outlet)}"
    yield f"kind = {_text(article.kind.value)}"
    yield f"published = {_text(local(article.published or article.fetched_at).date().isoformat())}"
    if article.home:
        yield f"home = {_text(article.home)}"
    if article.covers:
        yield f"covers = [{', '.join(map(_text, article.covers))}]"
    if each.why:
        yield f"why = {_text(each.why)}"
    yield "\n[item.expect]"
    yield f"relevant = {'true' if each.kind == 'relevant' else 'false'}\n"


def _text(text: str) -> str:
    """A basic string of TOML: as JSON's, but DEL has to be written as a number too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
