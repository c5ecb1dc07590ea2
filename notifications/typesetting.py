"""The templates, and what turns a view into HTML and text with them.

The templates of the HTML part are HTML themselves: their statements stand in comments, because a parser reads
them when the style sheet is written into their elements. That is done once, when a template is loaded, and
so costs nothing per reader. Media queries stay in the head.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from textwrap import fill
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from notifications.footer import FooterView
from notifications.story_view import StoryView
from notifications.view import PageView

TEXT_WIDTH = 72
_FRAMED = re.compile(r"<!-- ([a-z]+\.html) -->\n")  # what the file is the content of
_SELECTOR = re.compile(r"\.([a-z]+)(?=[ ,][^<]*\{)")
_CLASS = re.compile(r' class="([a-z]+)"')
_INLINER = CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
# After the preview, so that a mailbox does not fill its line with what follows: unseen, and no word.
_FILLER = "\N{COMBINING GRAPHEME JOINER}\N{NO-BREAK SPACE}" * 60


def story_html(story: StoryView, *, updated: bool, news: str) -> str:
    """The story as markup; `news` is what changed since its reader was last told."""
    markup: str = _macros("story.html").story(story, updated, news)
    return markup


def story_text(story: StoryView, *, updated: bool, news: str) -> str:
    text: str = _macros("story.txt").story(story, updated, news)
    return text.strip("\n")


def page_html(page: PageView, groups: Sequence[Any], foot: FooterView) -> str:
    """Groups have a `name`, a `trust` and `stories`, each with the `html` that `story_html` gave."""
    return filled("page.html", page=page, groups=groups, foot=foot, filler=_FILLER)


def page_text(page: PageView, groups: Sequence[Any], foot: FooterView) -> str:
    """The same from the `text` that `story_text` gave."""
    return filled("page.txt", page=page, groups=groups, foot=foot).strip("\n") + "\n"


def filled(template: str, **views: object) -> str:
    """The template with what it tells of."""
    return _environment(html=template.endswith(".html")).get_template(template).render(views)


class _Inlined(PackageLoader):
    """Leaves no class behind that no media query asks for: a digest holds hundreds of them."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, fresh = super().get_source(environment, template)
        css, page = _file("style.css"), _file("page.html")
        if framed := _FRAMED.match(source):
            source = _file(framed[1]).replace("<!-- content -->\n", source[framed.end() :])
        if source.startswith("<!DOCTYPE"):
            inlined = _INLINER.inline(source.replace("/* style.css */", css))
        else:
            inlined = _INLINER.inline_fragment(source, css)
        asked_for = set(_SELECTOR.findall(source + page))
        return _CLASS.sub(lambda found: found[0] if found[1] in asked_for else "", inlined), path, fresh


def _file(name: str) -> str:
    return files("notifications").joinpath(f"templates/{name}").read_text("utf-8")


@cache
def _environment(*, html: bool) -> Environment:
    made = Environment(
        loader=(_Inlined if html else PackageLoader)("notifications", "templates"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        block_start_string="<!--{%" if html else "{%",
        block_end_string="%}-->" if html else "%}",
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["wrapped"] = wrapped
    return made


@cache
def _macros(template: str) -> Any:
    return _environment(html=template.endswith(".html")).get_template(template).module


@lru_cache(maxsize=4_096)  # readers share most of the lines that are not a story's
def wrapped(text: str, indent: int = 0) -> str:
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
