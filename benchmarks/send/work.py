"""python -m benchmarks.send.work WHAT FOLDER PORT: one of the works that are measured, in its own process.

prepare  lays the database, and is not measured
draw     matches, composes, renders and freezes every digest
send     hands every message over, each result on the disk before its sender goes on
floor    hands the same messages over from memory, on as many connections, and writes nothing
naive    hands them over one after the other, a new connection and a commit for each
"""

import smtplib
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Lock, Thread

from benchmarks.send import town
from newsdesk.readers import MAIL, MORNING
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from presswatch import compose
from scheduler import digesting, sending
from scheduler.house import House
from storage import Store

DAY = date(2026, 3, 6)
SEVEN = MORNING.instant(DAY)
CONNECTIONS = 8


def house(folder: Path, port: int = 25, *, at: datetime = SEVEN) -> House:
    """The house around the database of this folder; its clock begins `at` this moment."""
    began = time.monotonic()
    return House(
        store=Store.open(address(folder)),
        desk_of=compose.desk,
        sources={},
        places=compose.places(),
        routes={
            MAIL: Route(lambda: SmtpChannel("127.0.0.1", port, security="none"), connections=CONNECTIONS)
        },
        clock=lambda: at + timedelta(seconds=time.monotonic() - began),
        owner="benchmark",
        contact="https://presswatch.example/contact",
        sender="Presswatch <digest@presswatch.example>",
        unsubscribe=("https://presswatch.example/leave/4f1c0e7a9b", "mailto:leave@presswatch.example"),
    )


def address(folder: Path) -> str:
    """Of its own SQLite file, or of the database that a file `database` there names."""
    named = folder / "database"
    return named.read_text().strip() if named.exists() else f"sqlite:///{folder / 'presswatch.db'}"


def prepare(folder: Path, readers: int, stories: int) -> None:
    home = house(folder)
    councils = sorted(home.desk.gazetteer.councils)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    with home.store.begin() as tx:
        for story, reports in town.news(stories, councils, SEVEN):
            town.put(tx, story, reports)
        for each in town.readers(readers, councils, since):
            tx.subscriptions.add(town.known(tx, each, since))


def draw(folder: Path, _: int) -> None:
    home = house(folder)
    drawn = digesting.draw_due(home)
    print(
        f"{len(drawn)} digests, {sum(len(each.digest.items) for each in drawn) / len(drawn):.0f} stories each"
    )


def send(folder: Path, port: int) -> None:
    print(sending.send(house(folder, port, at=SEVEN + timedelta(minutes=10))))


def floor(folder: Path, port: int) -> None:
    mails, lock = iter(_mails(folder)), Lock()

    def work() -> None:
        server = smtplib.SMTP("127.0.0.1", port)
        server.ehlo()
        while True:
            with lock:
                found = next(mails, None)
            if found is None:
                break
            server.mail(found[0])
            server.rcpt(found[1])
            server.data(found[2])
        server.quit()

    threads = [Thread(target=work) for _ in range(CONNECTIONS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def naive(folder: Path, port: int) -> None:
    done = sqlite3.connect(folder / "naive.db")
    done.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE done (id INTEGER);"
    )
    for number, (sender, recipient, mail) in enumerate(_mails(folder)):
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail(sender, recipient, mail)
        done.execute("INSERT INTO done VALUES (?)", (number,))
        done.commit()


def _mails(folder: Path) -> Sequence[tuple[str, str, bytes]]:
    """As they lie in the outbox."""
    with house(folder).store.read() as tx:
        return [
            ("bounce@presswatch.example", each.recipient, each.mail) for each in tx.outbox.list(1_000_000)
        ]


WORKS: dict[str, Callable[[Path, int], None]] = {"draw": draw, "send": send, "floor": floor, "naive": naive}

if __name__ == "__main__":
    WORKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
