"""The log: every line has its time, level and event, and no line has what it must not have."""

import json
import logging
from io import StringIO
from typing import Any

import pytest

from newsdesk.errors import Mistake
from presswatch import logs


@pytest.fixture
def log() -> Any:
    """Begins to log in a form; gives the logger and where its lines go."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def begin(form: logs.Format) -> tuple[logging.Logger, StringIO]:
        stream = StringIO()
        logs.begin(form, stream)
        return logging.getLogger("presswatch"), stream

    yield begin
    root.handlers[:], root.level = before, level


def test_a_line_for_machines_is_one_json_object(log: Any) -> None:
    logger, stream = log("json")
    logger.info("crawl round", extra={"sources": 3, "reason": 'said "no"\nand left', "empty": ""})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "event": "crawl round", "sources": 3, "reason": 'said "no"\nand left'}


def test_a_line_for_people_is_one_line(log: Any) -> None:
    logger, stream = log("plain")
    logger.warning("source in trouble", extra={"source": "leeds", "reason": "two\nlines \x1b[31mred"})
    (line,) = stream.getvalue().splitlines()
    assert line.partition(" ")[2] == ('WARNING: source in trouble  source=leeds  reason="two�lines �[31mred"')


@pytest.mark.parametrize("form", ["plain", "json"])
def test_readers_addresses_and_passwords_stay_out_of_it(log: Any, form: logs.Format) -> None:
    logger, stream = log(form)
    try:
        raise OSError("550 <director@northmarch.example>: no such user")
    except OSError:
        logger.exception("to %s", "o'neil+x@a.example", extra={"database": "postgresql://me:secret@db/x"})
    said = stream.getvalue()
    assert "d…@northmarch.example" in said
    assert "o…@a.example" in said
    assert "postgresql://…@db/x" in said
    for each in ("director@", "neil", "secret"):
        assert each not in said


def test_the_form_is_asked_for_on_the_command_line_or_in_the_environment() -> None:
    assert logs.form(None, {}) == "plain"
    assert logs.form(None, {"PRESSWATCH_LOG": "json"}) == "json"
    assert logs.form("plain", {"PRESSWATCH_LOG": "json"}) == "plain"
    with pytest.raises(Mistake, match='PRESSWATCH_LOG: "xml" is neither plain nor json'):
        logs.form(None, {"PRESSWATCH_LOG": "xml"})
