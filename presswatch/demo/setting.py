"""From a sheet to what a server sends: the words of the sheet set in the frame of its host.

A frame is a file with `$name` where a word of the sheet goes. Names ending in `_json` are JSON strings,
quotes and all; the others are escaped for HTML and XML.
"""

import html
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from string import Template

from presswatch.demo.pdf import write_pdf
from presswatch.demo.sheets import Sheet


def page(sheet: Sheet, frame: str, host: str) -> str:
    """An HTML or JSON page."""
    return Template(frame).substitute(_words(sheet, host))


def listing(
    sheets: Iterable[Sheet], frame: str, entry: str, host: str, given: Mapping[str, str] | None = None
) -> str:
    """A list of pages: a feed or a listing, one entry for each sheet. `given` are words for its frame."""
    entries = "".join(page(sheet, entry, host) for sheet in sheets)
    return Template(frame).substitute(given or {}, entries=entries, host=host)


def letter(sheet: Sheet) -> bytes:
    """A PDF that keeps the lines of the sheet as they stand."""
    return write_pdf(sheet.body.splitlines())


def _words(sheet: Sheet, host: str) -> dict[str, str]:
    plain = {
        "host": host,
        "path": sheet.path,
        "title": sheet.title,
        "summary": sheet.summary,
        "byline": sheet.byline,
        "caption": sheet.caption,
        "charset": sheet.charset,
        **_times("published", sheet.published),
        **_times("changed", sheet.changed),
    }
    body = markup(sheet.body)
    words = {name: html.escape(text, quote=True) for name, text in plain.items()}
    words |= {f"{name}_json": _json(text) for name, text in plain.items()}
    return words | {"body": body, "body_json": _json(body)}


def _times(name: str, moment: datetime) -> dict[str, str]:
    day = f"{moment.day} {moment:%B %Y}"
    return {
        f"{name}_iso": moment.isoformat(),
        f"{name}_rfc": format_datetime(moment),
        f"{name}_day": day,
        f"{name}_weekday": f"{moment:%A} {day}",
    }


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("</", "<\\/")  # safe inside a script element


def markup(body: str) -> str:
    """The HTML of a body in the sheets' notation."""
    return "\n".join(_block(block.splitlines()) for block in body.split("\n\n"))


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("## "):
        return f"<h2>{_safe(first[3:])}</h2>"
    if first.startswith("* "):
        return "<ul>\n" + "\n".join(f"<li>{_safe(line[2:])}</li>" for line in lines) + "\n</ul>"
    if first.startswith("=> "):
        return "\n".join(_link(line) for line in lines)
    return f"<p>{_safe(' '.join(lines))}</p>"


def _link(line: str) -> str:
    _, address, words = line.split(" ", 2)
    return f'<p><a href="{_safe(address)}">{_safe(words)}</a></p>'


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
