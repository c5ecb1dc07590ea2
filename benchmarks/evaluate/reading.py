"""Every page of a corpus read by every system, in two processes, with the CPU time of each reading."""

import gc
import logging
import time
import warnings
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from benchmarks.evaluate.corpora import Case
from benchmarks.evaluate.peers import Answer, Reader, installed

WORKERS = 2
_readers: dict[str, Reader] = {}  # per worker process: some peers are slow to load


@dataclass(frozen=True, slots=True)
class Read:
    """One page with what every system made of it, the CPU seconds that each took, and who fell over."""

    case: Case
    answers: Mapping[str, Answer]
    seconds: Mapping[str, float]
    fell: frozenset[str] = frozenset()


def read_all(cases: Sequence[Case], systems: Iterable[str] = ()) -> list[Read]:
    """Every case read by every installed system, or by those named."""
    with ProcessPoolExecutor(WORKERS, initializer=_load, initargs=(tuple(systems),)) as pool:
        return list(pool.map(_read, cases, chunksize=8))


def _load(names: Sequence[str]) -> None:
    """Every system reads one page before anything is timed."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    page = b"<html><body><article><h1>News</h1><p>Words, and more words.</p></article></body></html>"
    for system in installed(names):
        _readers[system.name] = system.reader()
        _readers[system.name](page, "https://any.example/")
    gc.freeze()


def _read(case: Case) -> Read:
    html = case.html()
    answers: dict[str, Answer] = {}
    seconds: dict[str, float] = {}
    fell: set[str] = set()
    for name, reader in _in_turn():
        start = time.process_time()
        try:
            answers[name] = reader(html, case.url)
        except Exception as error:  # noqa: BLE001  # whoever falls over has no answer, and the table counts it
            logging.getLogger(__name__).debug("%s: %s", case.url, error)
            answers[name] = Answer()
            fell.add(name)
        seconds[name] = time.process_time() - start
    return Read(case, answers, seconds, frozenset(fell))


def _in_turn() -> list[tuple[str, Reader]]:
    """Another system is the first on every page: whoever reads after others finds their caches warm."""
    first = next(iter(_readers))
    _readers[first] = _readers.pop(first)
    return list(_readers.items())
