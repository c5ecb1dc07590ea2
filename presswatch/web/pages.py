"""Pages for readers: plain, without scripts or cookies, and never kept by anybody on the way."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

_HEADERS = {
    # the address of such a page is a key to somebody's subscription
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}


def page(name: str, *, status: int = 200, **seen: Any) -> HTMLResponse:
    """The page of this name with what it is to show."""
    html = _environment().get_template(f"{name}.html").render(**seen)
    return HTMLResponse(html, status, _HEADERS)


def say(title: str, *lines: str, button: str = "", status: int = 200) -> HTMLResponse:
    """A page that says something; with a button it asks for a yes."""
    return page("say", status=status, title=title, lines=lines, button=button)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("presswatch.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
