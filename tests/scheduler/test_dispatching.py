"""Hints: done at once in one process, or carried by a queue that gives each only once."""

import asyncio
from contextlib import suppress

import pytest

from scheduler.dispatching import InProcess
from tests.databases import postgresql_schema

DOMAINS = frozenset({"moor.example", "vale.example"})


def test_without_a_queue_whoever_finds_work_does_all_of_it_at_once() -> None:
    done: list[tuple[str, frozenset[str]]] = []

    def work(kind: str, about: frozenset[str]) -> str:
        done.append((kind, about))
        return "visited"

    dispatcher = InProcess(work)
    assert dispatcher.dispatch("collect", DOMAINS) == "visited"
    assert done == [("collect", DOMAINS)]
    assert dispatcher.stats() == {"done": 1}


def test_a_queue_carries_each_hint_once_until_somebody_follows_it(postgresql: str) -> None:
    pytest.importorskip("procrastinate", reason="the extra `cluster` is not installed")
    from scheduler.dispatching_procrastinate import Procrastinate

    done: list[tuple[str, str]] = []

    async def follow() -> None:
        every = asyncio.Event()
        loop = asyncio.get_running_loop()

        def work(kind: str, about: frozenset[str]) -> None:
            done.extend((kind, each) for each in about)
            if len(done) == 3:
                loop.call_soon_threadsafe(every.set)

        worker = asyncio.create_task(Procrastinate(work, url).run_worker())
        await asyncio.wait_for(every.wait(), 30)
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker

    url = postgresql_schema(postgresql)
    finder = Procrastinate(lambda *_: None, url)
    finder.dispatch("collect", DOMAINS)
    finder.dispatch("collect", DOMAINS)
    finder.dispatch("send", frozenset({"all"}))
    assert finder.stats() == {"todo": 3, "doing": 0}
    asyncio.run(follow())
    assert sorted(done) == [("collect", "moor.example"), ("collect", "vale.example"), ("send", "all")]
    assert finder.stats() == {"todo": 0, "doing": 0}
