"""Official documents that lie in files: each is read in a process that can be killed, two at a time."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers import pdfs
from crawlers.documents import HEAD, read_document
from crawlers.outcomes import priority_action, send_outcome
from crawlers.settings import Limits
from crawlers.workers import Workers
from newsdesk.errors import TooLarge, Unreadable
from newsdesk.model import Event, OfficialDocument, Problem
from newsdesk.text import clean_line

_LIMITS = Limits(document=60.0)  # seconds; the longest report of the recorded ones needs little more than one
_FEWEST_GRADES = 3  # of a report in any framework
_TITLE = 600  # characters in which a title names whose document it is


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says of itself, and the words on top of it.

    `send_outcome` and `priority_action` as in crawlers.outcomes.
    """

    document: OfficialDocument
    top: str
    send_outcome: int | None = None
    priority_action: bool | None = None


def read_all(paths: Sequence[Path], *, limits: Limits = _LIMITS) -> Iterator[tuple[Path, Paper | Problem]]:
    """Each file in its turn, as soon as it is read. A file that cannot be had or read is a Problem."""
    workers = Workers(__name__, limits)
    room = asyncio.Semaphore(limits.workers)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        coming = [loop.create_task(_read(workers, room, path, limits)) for path in paths]
        try:
            for path, paper in zip(paths, coming, strict=True):
                yield path, loop.run_until_complete(paper)
        finally:
            workers.close()


async def _read(workers: Workers, room: asyncio.Semaphore, path: Path, limits: Limits) -> Paper | Problem:
    async with room:  # a file's bytes are held only while it is read
        try:
            if path.stat().st_size > limits.size:
                return Problem.of(TooLarge(f"it holds more than {limits.size >> 20} MiB"))
            body = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            return Problem.of(Unreadable(f"it cannot be opened: {error.strerror}"))
        answer: Paper | Problem = await workers.read("read_paper", body)
        return answer


def read_paper(body: bytes) -> Paper:
    """In a worker. Raises Unreadable for what is no PDF, has no text, or is no document known here.

    A text that does not say enough in the order in which it was drawn is read again by its place on the page:
    a table's cells may have been drawn in any order.
    """
    readings = (_reading(body, by_place=by_place) for by_place in (False, True))
    first = next(readings)
    best = first if first and _says_enough(first.document) else _fuller(first, next(readings))
    if best is None:
        raise Unreadable("its text names no kind of inspection, visit or letter that is known here")
    return best


def _reading(body: bytes, *, by_place: bool) -> Paper | None:
    text = "\n".join(pdfs.pages_of(body, by_place=by_place))
    document = read_document(text)
    if document is None:
        return None
    return Paper(
        document,
        clean_line(text[:HEAD])[:_TITLE],
        send_outcome(document.kind, text),
        priority_action(document.kind, text),
    )


def _says_enough(document: OfficialDocument) -> bool:
    return document.kind is not Event.INSPECTION or len(document.grades) >= _FEWEST_GRADES


def _fuller(first: Paper | None, second: Paper | None) -> Paper | None:
    """The one with more grades, the first where they have as many."""
    found = [each for each in (first, second) if each]
    return max(found, key=lambda each: len(each.document.grades), default=None)
