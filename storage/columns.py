"""What a column may hold, alike on SQLite and PostgreSQL; what cannot be held is put right or refused.

Text passes `newsdesk.text` long before it comes here; the replacing below is the store's own guard, because
one NUL makes PostgreSQL refuse a whole transaction and SQLite accepts it.
"""

import json
import re
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from newsdesk.errors import StoreError, StoreUnfit

# SQLite counts rows by itself only in a column that is called INTEGER; that column holds 64 bits too.
Id = BigInteger().with_variant(Integer(), "sqlite")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# A year outside these is a misread date. Once stored, year 1 or 9999 breaks every reading in London time.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def storable(text: str) -> str:
    """The text with U+FFFD for each NUL and each lone surrogate, which no database takes."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Words(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        return _storable_or_none  # told outright: a way through the library's own costs more than the rest


class Utc(TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out, to the microsecond. SQLite keeps microseconds since 1970."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise StoreError(f"the time {value.isoformat()} has no time zone, so nobody knows when it is")
        if not EARLIEST <= value < LATEST:
            raise StoreError(f"the time {value.isoformat()} is outside 1990 to 2099 and cannot be right")
        return (value - _EPOCH) // _MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return _EPOCH + timedelta(microseconds=value)
        moment: datetime = value
        return moment.astimezone(UTC)


class Named(TypeDecorator[StrEnum]):
    """A word of one of our vocabularies."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
        try:
            return None if value is None else self.kind(value)
        except ValueError as error:
            raise StoreUnfit(
                f"the database holds the word {value!r}, which this version does not know"
            ) from error


class Json(TypeDecorator[Any]):
    """A frozen structure of the model, as JSON text. Nothing is ever asked of its inside in SQL."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    @property
    def _adapter(self) -> TypeAdapter[Any]:
        return _adapter(self.kind)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else self.written(value)

    def written(self, value: Any) -> str:
        """As it stands in the row, for whoever writes the same value into many."""
        plain = _all_storable(self._adapter.dump_python(value, mode="json"))
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        try:
            return None if value is None else self._adapter.validate_json(value)
        except ValidationError as error:
            raise StoreUnfit(f"the database holds what this version cannot read: {error}") from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Made when it is first used: most processes use few of them, and each takes its time."""
    return TypeAdapter(kind)


def _storable_or_none(text: str | None) -> str | None:
    return None if text is None else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _all_storable(plain: Any) -> Any:
    match plain:
        case str():
            return storable(plain)
        case list():
            return [_all_storable(each) for each in plain]
        case dict():
            return {storable(name): _all_storable(each) for name, each in plain.items()}
        case _:
            return plain


class Hashes(TypeDecorator[frozenset[int]]):
    """A set of signed 64-bit hashes, eight bytes each."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, _dialect: Dialect) -> bytes | None:
        return None if value is None else struct.pack(f">{len(value)}q", *sorted(value))

    def process_result_value(self, value: Any, _dialect: Dialect) -> frozenset[int] | None:
        return None if value is None else frozenset(struct.unpack(f">{len(value) // 8}q", value))
