"""`presswatch serve` as a process: what it answers, what it hears, and how it ends."""

import json
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from presswatch import __version__
from tests.crawlers.visits import crawl_processes
from tests.presswatch.shell import Shell

CONFIGURATION = """
contact = "https://presswatch.example/contact"
sources = ["gazette"]
[http]
port = 0
"""
DECLARED = """
[[source]]
name = "gazette"
outlet = "Vale Gazette"
kind = "local"
url = "http://127.0.0.1:1/rss"
reader = "feed"
weekly = [1, 10]
verified = "declared by this test"
verified_on = 2026-03-01
"""


class Serving:
    """A service that runs, its log read as it comes."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process, self.log = process, []
        self.address = str(self.until("started")["http"])

    log: list[dict[str, Any]]

    def until(self, event: str) -> dict[str, Any]:
        """The next line that tells of this event; what comes before it is kept in `log`."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.log.append(json.loads(line))
            if self.log[-1]["event"] == event:
                return self.log[-1]
        raise AssertionError(f"it never said {event!r}: {self.log}")

    def ask(self, path: str) -> tuple[int, Any]:
        try:
            with urlopen(self.address + path, timeout=30) as answer:
                body = answer.read().decode()
                return answer.status, json.loads(body) if path.endswith("z") else body
        except HTTPError as error:
            return error.code, json.loads(error.read())

    def signal(self, signum: signal.Signals) -> None:
        self.process.send_signal(signum)

    def end(self) -> int:
        self.signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def serving(shell: Shell, configuration: str = CONFIGURATION, **environment: str) -> Iterator[Serving]:
    shell.write("sources/mine.toml", DECLARED)
    shell.configure(configuration)
    process = shell.start("serve", "--log-format", "json", env=environment)
    try:
        yield Serving(process)
    finally:
        process.kill()
        process.communicate()


def test_it_tells_how_it_is_and_stops_cleanly(either: Shell) -> None:
    with serving(either) as service:
        round_ = service.until("crawl round")
        assert (round_["sources"], round_["in_trouble"], round_["level"]) == (1, 1, "info")
        assert service.ask("/healthz") == (200, {"status": "alive"})
        code, ready = service.ask("/readyz")
        assert (code, ready["status"], ready["version"]) == (200, "ready", __version__)
        assert ready["configuration"] == "in force"
        assert ready["jobs"]["collect"]["last_success"]
        _, figures = service.ask("/metrics")
        assert 'presswatch_visits_total{outcome="address-denied"} 1.0' in figures
        assert "presswatch_sources_in_trouble 1.0" in figures
        assert "presswatch_database_up 1.0" in figures
        assert service.end() == 0
        service.until("stopped")
    troubled = [each for each in service.log if each["event"] == "source in trouble"]
    assert [(each["source"], each["problem"], each["level"]) for each in troubled] == [
        ("gazette", "address-denied", "warning")
    ]
    assert all(each["time"].endswith("Z") for each in service.log)
    assert crawl_processes() == []


def test_a_database_that_is_taken_away_makes_it_unready_and_not_dead(shell: Shell) -> None:
    with serving(shell) as service:
        service.until("crawl round")
        with closing(sqlite3.connect(shell.folder / "presswatch.db")) as database:
            database.execute("ALTER TABLE visits RENAME TO elsewhere")
            code, ready = service.ask("/readyz")
            assert (code, ready["status"]) == (503, "not ready")
            assert "no such table" in ready["reasons"]["database"]
            assert service.ask("/healthz")[0] == 200
            database.execute("ALTER TABLE elsewhere RENAME TO visits")
        assert service.ask("/readyz")[0] == 200
        assert service.end() == 0


def test_a_port_that_is_taken_is_told_before_anything_is_begun(shell: Shell) -> None:
    shell.write("sources/mine.toml", DECLARED)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shell.configure(CONFIGURATION)
        said = shell.finish("serve", env={"PRESSWATCH_HTTP_PORT": str(port)})
    assert said.code == 2
    assert said.err == (
        f"presswatch: nothing can be served at 127.0.0.1:{port} (Address already in use): name another port "
        "in PRESSWATCH_HTTP_PORT or under [http] in presswatch.toml\n"
    )


def test_configuration_and_sources_are_read_afresh_and_what_is_broken_changes_nothing(shell: Shell) -> None:
    with serving(shell) as service:
        shell.configure(CONFIGURATION + "prot = 1\n")
        service.signal(signal.SIGHUP)
        told = service.until("configuration not reloaded, the old one stays in force")
        assert told["level"] == "error"
        assert "presswatch.toml:6: http.prot: there is no such key" in told["mistake"]
        code, ready = service.ask("/readyz")
        assert (code, ready["configuration"]) == (200, [told["mistake"]])
        shell.configure(CONFIGURATION.replace('"gazette"', '"gazette", "second"'))
        shell.write("sources/more.toml", DECLARED.replace("gazette", "second").replace("/rss", "/2"))
        service.signal(signal.SIGHUP)
        assert service.until("configuration reloaded")["sources"] == 2
        assert service.ask("/readyz")[1]["configuration"] == "in force"
        assert "presswatch_sources 2.0" in service.ask("/metrics")[1]
        shell.configure(CONFIGURATION.replace("port = 0", "port = 8786"))
        service.signal(signal.SIGHUP)
        service.until("configuration reloaded")
        assert "restart the service for that" in service.ask("/readyz")[1]["configuration"][0]
        assert service.end() == 0


def test_a_second_signal_ends_it_at_once(shell: Shell) -> None:
    with serving(shell) as service:
        service.signal(signal.SIGSTOP)  # so that both are there when it wakes
        service.signal(signal.SIGTERM)
        service.signal(signal.SIGINT)
        service.signal(signal.SIGCONT)
        assert service.process.wait(60) in (128 + signal.SIGTERM, 128 + signal.SIGINT)
    assert crawl_processes() == []


def test_the_supervisor_hears_that_it_is_ready_alive_reloading_and_stopping(
    shell: Shell, tmp_path: Path
) -> None:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(60)

        def heard(word: str) -> bytes:
            while True:
                said = supervisor.recv(4096)
                if said.startswith(word.encode()):
                    return said

        told = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000"}
        with serving(shell, CONFIGURATION.replace("port = 0", 'host = ""'), **told) as service:
            assert service.address == "nowhere"
            assert heard("READY=1") == b"READY=1\nSTATUS=watching 1 sources for 0 subscriptions"
            assert heard("WATCHDOG=1") == b"WATCHDOG=1"
            service.signal(signal.SIGHUP)
            assert b"\nMONOTONIC_USEC=" in heard("RELOADING=1")
            assert heard("READY=1")
            service.signal(signal.SIGTERM)
            assert heard("STOPPING=1")
            assert service.process.wait(60) == 0


def test_what_was_killed_leaves_no_crawl_behind_and_its_sources_are_free_soon(shell: Shell) -> None:
    with serving(shell) as service:
        service.until("crawl round")
        service.process.kill()
        service.process.wait(60)
    with closing(sqlite3.connect(shell.folder / "presswatch.db")) as database:
        ((name, longest),) = database.execute(
            "SELECT name, until / 1e6 - unixepoch() FROM leases WHERE name LIKE 'service%'"
        )
    assert name.endswith(f":{service.process.pid}")
    assert longest <= 180
    assert crawl_processes() == []
