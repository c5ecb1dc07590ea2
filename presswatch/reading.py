"""From the configuration's file and the environment to a Config, or one message with every mistake."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsdesk.errors import Mistake
from newsdesk.tomltext import line_of, meant
from presswatch.config import (
    BouncesTable,
    ChannelTable,
    Config,
    DigestTable,
    DkimTable,
    HttpTable,
    RetentionTable,
    SmtpTable,
    Table,
)

Key = tuple[str | int, ...]

_ENVIRONMENT: Mapping[str, tuple[str, ...]] = {
    "PRESSWATCH_DATABASE": ("database",),
    "PRESSWATCH_CONTACT": ("contact",),
    "PRESSWATCH_HTTP_HOST": ("http", "host"),
    "PRESSWATCH_HTTP_PORT": ("http", "port"),
    "PRESSWATCH_SMTP_HOST": ("smtp", "host"),
    "PRESSWATCH_SMTP_PORT": ("smtp", "port"),
    "PRESSWATCH_SMTP_SECURITY": ("smtp", "security"),
    "PRESSWATCH_SMTP_USERNAME": ("smtp", "username"),
    "PRESSWATCH_SMTP_PASSWORD": ("smtp", "password"),
}
_OTHER_NAMES = (
    "PRESSWATCH_CONFIG",
    "PRESSWATCH_LOG",
    "PRESSWATCH_RECORDED",
    "PRESSWATCH_TEST_",
    "PRESSWATCH_REQUIRE_",
)
_REFERRED = re.compile(r"""["']env:(\w+)["']""")
_TABLES: Mapping[str, type[Table]] = {
    "bounces": BouncesTable,
    "channels": ChannelTable,
    "dkim": DkimTable,
    "digest": DigestTable,
    "http": HttpTable,
    "retention": RetentionTable,
    "smtp": SmtpTable,
}


def read(path: Path, environment: Mapping[str, str]) -> Config:
    """Read file and environment. Raises Mistake with every mistake found, one line each."""
    text = _text(path)
    table = _parsed(text, path)
    found = _File(path, text)
    mistakes = [found.mistake((key,), "there is no such key") for key in table if key == "path"]
    referred = set(_REFERRED.findall(text))  # variables that the file itself names
    ours = {name: value for name, value in environment.items() if name not in referred}
    mistakes += _overlaid(table, ours, found)
    try:
        config = Config.model_validate(table | {"path": path})
    except ValidationError as error:
        mistakes += [found.mistake(each["loc"], _said(each)) for each in error.errors()]
        raise Mistake(*mistakes) from error
    if mistakes:
        raise Mistake(*mistakes)
    return config


class _File:
    """The file as it was written, and which of its keys the environment has set instead."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self.set_by: dict[Key, str] = {}

    def mistake(self, where: Key, what: str) -> str:
        """What is wrong, where: in the file by line and key, or in the variable that set the key."""
        if name := self.set_by.get(where):
            return f"environment: {name}: {what}"
        key = ".".join(str(each + 1) if isinstance(each, int) else each for each in where)
        return f"{self._path}:{line_of(self._text, where)}: {key}: {what}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise Mistake(f"{path} is not here: run `presswatch init` to write one") from None
    except UnicodeDecodeError as error:
        raise Mistake(f"{path} cannot be read: it is not UTF-8") from error
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        at = line[1] if line else len(text.splitlines())
        raise Mistake(f"{path}:{at}: not TOML: {error}") from error


def _overlaid(table: dict[str, Any], environment: Mapping[str, str], found: _File) -> Iterator[str]:
    """Put the environment's values over the file's; yields what is wrong with them."""
    for name, value in environment.items():
        if not name.startswith("PRESSWATCH_") or name.startswith(_OTHER_NAMES):
            continue
        variable = name.removesuffix("_FILE")
        if variable not in _ENVIRONMENT:
            yield f"environment: {name} is not known{meant(variable, _ENVIRONMENT)}"
            continue
        if name != variable:
            if variable in environment:
                yield f"environment: {variable} and {name} are both set: keep one"
                continue
            try:
                value = Path(value).read_text("utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                yield f"environment: {name}: {error}"
                continue
        *parents, leaf = key = _ENVIRONMENT[variable]
        found.set_by[key] = name
        inner = table
        for parent in parents:
            inner = inner.setdefault(parent, {})
        if isinstance(inner, dict):  # else the file says `smtp = 1`, which is told in its turn
            inner[leaf] = value


def _said(error: Any) -> str:
    """What is wrong, in words that say what to do."""
    where, kind = error["loc"], error["type"]
    if kind == "extra_forbidden":
        return f"there is no such key{meant(str(where[-1]), _keys(where))}"
    if kind == "missing":
        return "is missing"
    if kind in ("enum", "literal_error"):
        known = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        return f"{error['input']!r} is none of {', '.join(known)}{meant(str(error['input']), known)}"
    said: str = error["msg"].removeprefix("Value error, ")
    return said


def _keys(where: Sequence[str | int]) -> Collection[str]:
    table = _TABLES.get(str(where[0]), Config) if len(where) > 1 else Config
    return [each for each in table.model_fields if each != "path"]
