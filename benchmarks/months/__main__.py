"""python -m benchmarks.months [--days N] [--sources N] [--rounds N] [--database URL] [--json FILE]

Does the service grow? Its jobs are rung for on so many simulated days, against a real web and a real mail
server on loopback, each in a process of its own, and what it holds of the machine is looked at once a day.

The clock jumps from round to round instead of ringing every minute, for 90 days have 129,600 of these and
each crawl starts a child with its workers, which is more than a second of work. Six rounds a day of at most
20 sources each, the most urgent first, are 120 visits a day; nothing is left out of a round but the waiting
between two. 90 days with 200 sources take about twenty minutes of a core. The gap between two requests to a
host is nought, for nobody is troubled.

Nothing is asserted here: the table and the verdict are for people. The slope is that of a straight line
through every day after the first ten, in which caches fill.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.months.meter import Held, Meter
from benchmarks.months.town import BEGUN, Newsroom, newsrooms
from presswatch.demo.web import Answer, LittleWeb
from scheduler.timetable import TIMETABLE
from tests.scheduler.houses import Clock

_WARM = 10  # days, after which nothing should grow any more
_MIB = 1 << 20
_DAILY = "tidy"


@dataclass(frozen=True, slots=True)
class Day:
    """What the service held at the end of a day, the bytes of its database, and what is in it."""

    number: int
    held: Held
    database: int
    articles: int
    stories: int
    mails: int
    troubled: int


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.months")
    asked.add_argument("--days", type=int, default=90)
    asked.add_argument("--sources", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=6, help="a day")
    asked.add_argument("--database", default="", help="an empty one; else a file that is gone afterwards")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    with TemporaryDirectory(prefix="presswatch-months-") as folder:
        url = given.database or f"sqlite:///{folder}/months.db"
        days = []
        print("day  service MiB  children MiB  handles  threads  database MiB  articles  stories  mails")
        for day in run(url, given.days, given.sources, given.rounds):
            days.append(day)
            if day.number % 10 == 0 or day.number in (1, given.days):
                print(line(day), flush=True)
    print(verdict(days))
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in days]))


def run(url: str, days: int, sources: int, rounds: int) -> Iterator[Day]:
    """Each day as it has ended."""
    town, clock = newsrooms(sources, days), Clock()
    rooms = {each.host: each for each in town}
    with LittleWeb(dict.fromkeys(rooms, _answering(rooms, clock))) as web, sink() as smtp_port:
        order = [url, str(sources), str(days), str(web.port), str(smtp_port)]
        with (
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.months.hand", *order],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as service,
            Meter(service.pid) as meter,
        ):
            assert service.stdin
            assert service.stdout
            for day in range(days):
                for number in range(rounds):
                    clock.at = BEGUN + timedelta(days=day, hours=24 * (number + 1) / rounds)
                    jobs = [job for job in TIMETABLE if job != _DAILY or number == 0]
                    print(clock.at.isoformat(), *jobs, file=service.stdin, flush=True)
                    told = json.loads(service.stdout.readline())
                    web.seen.clear()
                yield Day(day + 1, meter.held(), _size(url), **told)
            service.stdin.close()


def _answering(rooms: dict[str, Newsroom], clock: Callable[[], datetime]) -> Callable[[str, str], Answer]:
    def answer(host: str, path: str) -> Answer:
        return rooms[host].answer(path, clock())

    return answer


@contextmanager
def sink() -> Iterator[int]:
    """A mail server that says yes to everything; its port."""
    command = [sys.executable, "-m", "benchmarks.send.sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        yield int(server.stdout.readline())
        server.stdin.close()


def _size(url: str) -> int:
    """The bytes of a database, what was not written into its file yet included."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row
    return int(row[0])


def line(day: Day) -> str:
    held = day.held
    return (
        f"{day.number:3}  {held.resident / _MIB:11.1f}  {held.children / _MIB:12.1f}  {held.handles:7}"
        f"  {held.threads:7}  {day.database / _MIB:12.1f}  {day.articles:8}  {day.stories:7}  {day.mails:5}"
    )


def verdict(days: Sequence[Day]) -> str:
    """How fast it grew when it was warm."""
    later = [each for each in days if each.number > _WARM]
    if len(later) < 2:
        return "too few days to tell whether it grows"
    at = [each.number for each in later]
    memory = linear_regression(at, [each.held.resident / 1024 for each in later]).slope
    handles = linear_regression(at, [each.held.handles for each in later]).slope
    return f"after day {_WARM}: memory {memory:+.1f} KiB a day, handles {handles:+.3f} a day"


if __name__ == "__main__":
    main()
