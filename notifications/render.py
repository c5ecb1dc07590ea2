"""A digest through its templates, within the size that mail clients show whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from textwrap import fill

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from newsdesk.model import Digest
from notifications.view import DigestView, view

HTML_BUDGET = 80_000  # octets; Gmail cuts a message off at about 102 kB of HTML, footer and all
TEXT_WIDTH = 72
_INLINER = CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A digest as it will be read. `text` and `html` tell the same stories."""

    subject: str
    text: str
    html: str


def render(
    digest: Digest,
    *,
    councils: Mapping[str, str],
    now: datetime,
    unsubscribe: Sequence[str] = (),
) -> Rendered:
    """The digest for a reader. `councils` gives the display name of each slug.

    Where the HTML would pass its budget, the least important stories are left out of both parts, and both
    say how many and how to see them.
    """
    limit = len(digest.items)
    while True:
        seen = view(digest, councils=councils, now=now, unsubscribe=unsubscribe, limit=limit)
        html = _environment().get_template("digest.html").render(digest=seen)
        size = len(html.encode())
        if size <= HTML_BUDGET or limit == 0:
            return Rendered(seen.subject, _text(seen), html)
        limit = min(limit - 1, limit * HTML_BUDGET // size)


def _text(seen: DigestView) -> str:
    return _environment().get_template("digest.txt").render(digest=seen).strip("\n") + "\n"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=_Inlined("notifications", "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["wrapped"] = _wrapped
    return made


class _Inlined(PackageLoader):
    """Writes the style sheet of an HTML template into its elements, once, when the template is loaded.

    Media queries stay in the head. Inlining the template instead of each digest costs nothing per reader.
    """

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, fresh = super().get_source(environment, template)
        if template.endswith(".html"):
            source = _INLINER.inline(source)
        return source, path, fresh


def _wrapped(text: str, indent: int = 0) -> str:
    """Text for a plain mail: lines of at most 72 characters, addresses whole."""
    margin = " " * indent
    return fill(
        text,
        TEXT_WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
