"""What the service says of itself: plain lines for people, or one JSON object a line for machines.

An event is told with `log.info("crawl round", extra={"sources": 3})`: what is in `extra` are its fields.
Every line has the time in UTC, the level and the event. Addresses of readers are shortened and passwords in
addresses of servers are hidden, wherever they stand: also in a relay's answer and in a traceback.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from newsdesk.errors import Mistake

Format = Literal["plain", "json"]
VARIABLE = "PRESSWATCH_LOG"

_PASSWORD = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*@")
_MAILBOX = re.compile(r"([\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]*@([\w.-]+)")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN_ENOUGH = re.compile(r"[\w.:/@…,+-]+")
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def begin(written: Format, stream: TextIO | None = None) -> None:
    """Send all that is logged to stderr, or that stream, in this form."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Machine() if written == "json" else Human())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each bell that finds a job at work
    for each in ("alembic", "uvicorn"):
        logging.getLogger(each).setLevel(logging.WARNING)


def form(option: str | None, environment: Mapping[str, str] = os.environ) -> Format:
    """What was asked for on the command line or, failing that, in PRESSWATCH_LOG. Raises Mistake."""
    asked = option or environment.get(VARIABLE) or "plain"
    if asked not in ("plain", "json"):
        where = "--log-format" if option else f"environment: {VARIABLE}"
        raise Mistake(f'{where}: "{asked}" is neither plain nor json')
    return "json" if asked == "json" else "plain"


def discreet(text: str) -> str:
    """The text with readers' addresses shortened to "d…@northmarch.example", and without passwords."""
    return _MAILBOX.sub(r"\1…@\2", _PASSWORD.sub("…@", text))


class Machine(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": _when(record), "level": record.levelname.lower(), "event": record.getMessage()}
        line |= _fields(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return discreet(json.dumps(line, ensure_ascii=False, default=str))


class Human(logging.Formatter):
    """One line for people, and the traceback under it where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        level = "" if record.levelno == logging.INFO else f"{record.levelname}: "
        fields = "".join(f"  {name}={_shown(value)}" for name, value in _fields(record).items())
        line = f"{_when(record)} {level}{_UNPRINTABLE.sub('�', record.getMessage())}{fields}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return discreet(line)


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: value for name, value in vars(record).items() if name not in _USUAL and value not in (None, "")
    }


def _shown(value: object) -> str:
    text = _UNPRINTABLE.sub("�", f"{value:.1f}" if isinstance(value, float) else str(value))
    return text if _PLAIN_ENOUGH.fullmatch(text) else f'"{text}"'
