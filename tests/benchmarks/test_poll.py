"""The polling benchmark does what it says: every item found once, and nothing read twice."""

import sqlite3
import sys
from pathlib import Path

import pytest

from benchmarks.poll.feeds import feeds
from benchmarks.poll.meter import Cost, measured
from benchmarks.poll.ours import DATABASE
from benchmarks.poll.rounds import polled, served
from benchmarks.poll.systems import Ours
from benchmarks.poll.table import FIRST, UNCHANGED, Row, printed, verdicts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and needs all of 127.0.0.0/8")


def asked(folder: Path, question: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(folder / DATABASE)
    try:
        return db.execute(question).fetchall()
    finally:
        db.close()


def test_our_rounds_store_every_item_of_every_kind_of_feed(tmp_path: Path) -> None:
    """Of twelve, one is missing and one broken; there is one of each form, and moved and slow ones."""
    with served(12, 0.0) as web:
        costs, stored = polled(Ours(tmp_path, gap=0.0), web, tmp_path)
    manners = [each.manner for each in web.feeds]
    assert {manners.count(each) for each in ("missing", "broken", "slow")} == {1}
    assert stored == web.items == sum(each.items for each in feeds(12) if each.answers)
    assert asked(tmp_path, "SELECT count(*), sum(found), sum(not_modified) FROM visits") == [
        (12 + 10, web.items, 10)  # what failed is held for a while and not asked again
    ]
    assert all(cost.cpu > 0 and cost.peak > 10_000_000 for cost in costs.values())


def test_the_meter_counts_a_process_that_outlives_its_parent(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    orphans = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    cost = measured([sys.executable, "-c", orphans], folder=tmp_path, log=tmp_path / "log")
    assert (cost.status, cost.cpu > 0.3) == (0, True)


def test_the_table_says_what_is_not_installed_and_the_verdict_which_aim_is_missed() -> None:
    def spent(first: float, unchanged: float) -> dict[str, list[Cost]]:
        return {FIRST: [Cost(first, 1.0, 1 << 20, 0)], UNCHANGED: [Cost(unchanged, 1.0, 1 << 20, 0)]}

    rows = [Row("presswatch", spent(2.0, 1.5), 30), Row("newsboat", spent(4.0, 8.0), 30), Row("reader", {})]
    assert verdicts(rows, 30) == [
        (True, "30 of 30 items stored"),
        (True, "first round: 0.50 of newsboat's CPU time, the aim is 0.50"),
    ]
    assert "not installed" in printed(rows).splitlines()[-1]
    short = [*rows[:2], Row("reader", spent(9.0, 2.0), 30)]
    assert [holds for holds, _ in verdicts(short, 31)] == [False, True, False]
