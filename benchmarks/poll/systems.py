"""Who polls: ourselves, the floor, and the peers that are installed, each as its own users run it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.poll import ours, spider
from benchmarks.poll.feeds import Feed

_STARTED = "started"
AT_ONCE = "32"  # feeds asked for at the same time, wherever that can be said; we ask as many domains


@dataclass(frozen=True, slots=True)
class Web:
    """The feeds, and the port that their server listens on."""

    feeds: list[Feed]
    port: int

    @property
    def urls(self) -> list[str]:
        return [each.url(self.port) for each in self.feeds]

    @property
    def items(self) -> int:
        """How many items there are to be found."""
        return sum(each.items for each in self.feeds if each.answers)


class System:
    """One system, polling in a folder of its own. Only `command` is measured."""

    name: str

    def __init__(self, peers: Path) -> None:
        """`peers` is the environment that the peers from the package index are installed in."""
        self._path = f"{peers / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"

    @property
    def program(self) -> str | None:
        """What it is run with; None where it is not installed."""
        return shutil.which(self.name, path=self._path)

    def prepare(self, folder: Path, web: Web) -> None:
        """Tells it of the feeds, as it is told once and for all."""
        (folder / "urls").write_text("".join(f"{each}\n" for each in web.urls))

    def command(self, web: Web) -> list[str]:
        """What its program is asked to do in its folder for one round over this web."""
        raise NotImplementedError

    def aside(self, folder: Path) -> float:  # noqa: ARG002
        """CPU seconds of a round that are left out of it."""
        return 0.0

    def settle(self, folder: Path) -> None:
        """What happens between two rounds."""

    def stored(self, folder: Path) -> int | None:  # noqa: ARG002  (others count there)
        """How many items it knows; None where it reads none."""
        return None


class Ours(System):
    """As it comes, or with another pause between two requests to one host than its usual one (seconds)."""

    name = "presswatch"

    def __init__(self, peers: Path, gap: float | None = None) -> None:
        super().__init__(peers)
        self._gap = [] if gap is None else ["--gap", str(gap)]

    @property
    def program(self) -> str:
        return sys.executable

    def prepare(self, folder: Path, web: Web) -> None:
        ours.prepare(folder, web.urls)

    def command(self, web: Web) -> list[str]:
        return ["-m", "benchmarks.poll.ours", str(len(web.feeds)), str(web.port), *self._gap]

    def settle(self, folder: Path) -> None:
        ours.settle(folder)

    def stored(self, folder: Path) -> int:
        return _rows(folder / ours.DATABASE, "leads")


class InService(Ours):
    """The same round without what loading the command took: a service spends that once. Its wall clock and
    its memory are those of the whole command."""

    name = "presswatch, in the service"

    def command(self, web: Web) -> list[str]:
        return [*super().command(web), "--started", _STARTED]

    def aside(self, folder: Path) -> float:
        return float((folder / _STARTED).read_text())


class Curl(System):
    """The floor: fetches, unpacks, keeps each feed in a file, asks by the file's date, reads nothing."""

    name = "curl"

    def prepare(self, folder: Path, web: Web) -> None:
        (folder / "feeds").mkdir()
        said = ["parallel", f"parallel-max = {AT_ONCE}", "silent"]
        for at, url in enumerate(web.urls):
            said += [f'url = "{url}"', f'output = "feeds/{at}"', f'time-cond = "feeds/{at}"']
            said += ["remote-time", "compressed", "location", "next"]
        (folder / "options").write_text("\n".join(said[:-1]))

    def command(self, web: Web) -> list[str]:  # noqa: ARG002
        return ["--config", "options"]


class Newsboat(System):
    name = "newsboat"

    def prepare(self, folder: Path, web: Web) -> None:
        super().prepare(folder, web)
        (folder / "config").write_text(f"reload-threads {AT_ONCE}\n")

    def command(self, web: Web) -> list[str]:  # noqa: ARG002
        return ["-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]

    def stored(self, folder: Path) -> int:
        return _rows(folder / "cache.db", "rss_item")


class Reader(System):
    """The library lemon24/reader by its own command line."""

    name = "reader"

    @property
    def program(self) -> str | None:
        python = shutil.which("python", path=self._path)
        works = (
            python and subprocess.run([python, "-c", "import reader"], capture_output=True).returncode == 0
        )
        return python if works else None

    def prepare(self, folder: Path, web: Web) -> None:
        super().prepare(folder, web)
        add = "[r.add_feed(url.strip()) for r in [reader.make_reader('reader.db')] for url in open('urls')]"
        subprocess.run([self.program or "", "-c", f"import reader; {add}"], cwd=folder, check=True)

    def command(self, web: Web) -> list[str]:  # noqa: ARG002
        # without --no-scheduled it would leave out what is not due yet
        return ["-m", "reader", "--db", "reader.db", "update", "--no-scheduled", "--workers", AT_ONCE]

    def stored(self, folder: Path) -> int:
        return _rows(folder / "reader.db", "entries")


class Urlwatch(System):
    """Keeps each feed as a text and compares; reads no items."""

    name = "urlwatch"

    def prepare(self, folder: Path, web: Web) -> None:
        (folder / "jobs.yaml").write_text("---\n".join(f"url: {each}\n" for each in web.urls))

    def command(self, web: Web) -> list[str]:  # noqa: ARG002
        return ["--urls", "jobs.yaml", "--config", "config.yaml", "--hooks", "hooks.py", "--cache", "seen.db"]


class Scrapy(System):
    name = "scrapy + feedparser"

    @property
    def program(self) -> str:
        return sys.executable

    def command(self, web: Web) -> list[str]:  # noqa: ARG002
        told = ["-o", "items.jsonl", "-a", "urls=urls", "-a", "kept=kept.json"]
        return ["-m", "scrapy", "runspider", str(Path(spider.__file__)), *told]

    def stored(self, folder: Path) -> int:
        return (folder / "items.jsonl").read_bytes().count(b"\n")


SYSTEMS: tuple[type[System], ...] = (Ours, InService, Curl, Newsboat, Reader, Urlwatch, Scrapy)


def _rows(database: Path, table: str) -> int:
    db = sqlite3.connect(database)
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        db.close()
