"""What `presswatch sources check` found, kept in `checked.json` beside the installation's own sources."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from newsdesk.dates import local
from newsdesk.errors import Mistake
from newsdesk.model import Listing, Source

FILE = "checked.json"
Checks = dict[str, dict[str, Any]]


def read(folder: Path) -> Checks:
    """The findings by the name of the source; none where nothing was checked. Raises Mistake."""
    path = folder / FILE
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Mistake(f"{path} cannot be read, delete it and check again: {error}") from error
    return dict(found)


def write(folder: Path, checks: Mapping[str, Any]) -> None:
    """Keep the findings, sorted, one source a line, so that two files can be compared by eye."""
    lines = (
        f"  {json.dumps(name)}: {json.dumps(checks[name], ensure_ascii=False)}" for name in sorted(checks)
    )
    folder.mkdir(exist_ok=True)
    part = folder / f"{FILE}.part"
    part.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    part.replace(folder / FILE)


def finding(source: Source, listing: Listing, *, now: datetime) -> dict[str, Any]:
    """What a visit says of a declaration: "ok" or the problem, how many items it showed, how many dated."""
    problem = listing.problem
    return {
        "at": local(now).isoformat(timespec="minutes"),
        "url": source.url,
        "verdict": problem.code if problem else "ok",
        "reason": problem.reason if problem else None,
        "items": len(listing.leads),
        "dated": sum(1 for each in listing.leads if each.published),
        "family": source.reader,
        "warnings": list(listing.warnings),
    }


def ill(checks: Iterable[Mapping[str, Any]]) -> int:
    return sum(1 for each in checks if each["verdict"] != "ok")
