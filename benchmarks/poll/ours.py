"""Our own round, as `presswatch crawl --all` makes it: `python -m benchmarks.poll.ours FEEDS PORT`.

Runs in a folder with a configuration, a file of declarations and a database, all real. Pages are not
followed, because none of the others fetches any: the leads are kept and wait for a visit that does.

`--started FILE` notes what had been spent when the house stood and the round began, which a service spends
once; `--gap SECONDS` is another pause between two requests to one host.
"""

import argparse
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from benchmarks.poll.feeds import host, site
from crawlers.guard import Allowance

DATABASE = "presswatch.db"
_CONFIG = 'contact = "https://presswatch.example/about"\nsources = ["own"]\n'
_DECLARED = """[[source]]
name = "feed-{at}"
outlet = "Feed {at}"
kind = "local"
url = "{url}"
reader = "feed"
weekly = [1, 40]
options = {{ hosts = "{site}" }}
verified = "served by the benchmark itself"
verified_on = 2026-03-02

"""


def prepare(folder: Path, urls: Sequence[str]) -> None:
    """Declares the feeds and lays the database, as `presswatch init` does."""
    from storage import Store

    (folder / "sources").mkdir()
    declared = (_DECLARED.format(at=at, url=url, site=site(at)) for at, url in enumerate(urls))
    (folder / "sources" / "polled.toml").write_text("".join(declared))
    (folder / "presswatch.toml").write_text(_CONFIG)
    Store.open(f"sqlite:///{folder / DATABASE}").close()


def settle(folder: Path) -> None:
    """Leaves the leads as a visit that follows them does: none waits any more."""
    db = sqlite3.connect(folder / DATABASE)
    with db:
        db.execute("UPDATE leads SET state = 'dropped', next_attempt_at = NULL, settled_at = first_seen")
    db.close()


def main(number: int, port: int, gap: float | None = None, started: Path | None = None) -> None:
    """One round over the feeds that the folder declares."""
    from presswatch import memory

    memory.patient()  # as the command line does first of all
    from presswatch import compose
    from scheduler import collecting

    allow = [Allowance(each, port, each, port, gap) for each in map(host, range(number))]
    with compose.house(compose.config(Path("presswatch.toml")), allow=allow) as house:
        if started:
            started.write_text(str(process_time()))
        collecting.collect(house, collecting.due(house, everything=True), follow=False)


if __name__ == "__main__":
    _asked = argparse.ArgumentParser()
    _asked.add_argument("number", type=int)
    _asked.add_argument("port", type=int)
    _asked.add_argument("--gap", type=float)
    _asked.add_argument("--started", type=Path)
    main(**vars(_asked.parse_args()))
