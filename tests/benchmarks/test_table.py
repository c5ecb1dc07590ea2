"""The table, its verdicts, and what the command does with them."""

import json

import pytest

from benchmarks.evaluate.table import OURS, Row, as_json, printed


@pytest.mark.parametrize(
    ("ours", "peer", "floor", "verdict"),
    [
        (0.95, 0.94, 0.93, "ok"),
        (0.92, 0.91, 0.93, "BELOW"),
        (0.94, 0.95, 0.93, "behind"),
        (0.9296, 0.9, 0.93, "ok"),  # compared as printed
        (0.94, 0.9399, 0.94, "ok"),
    ],
)
def test_the_floor_comes_first_and_then_the_peers(
    ours: float, peer: float, floor: float, verdict: str
) -> None:
    assert Row("news", "body", {OURS: ours, "peer": peer}, floor).verdict == verdict


def test_where_less_is_better_the_floor_is_a_ceiling_and_cheap_peers_do_not_count() -> None:
    assert Row("all", "ms", {OURS: 40.0, "peer": 4.0}, 41.0, less_is_better=True).verdict == "ok"
    assert Row("all", "ms", {OURS: 42.0, "peer": 41.0}, 41.0, less_is_better=True).verdict == "BELOW"


def test_a_figure_without_peer_or_floor_has_no_verdict() -> None:
    assert Row("news", "body", {OURS: 0.5}).verdict == ""


def test_the_table_shows_every_system_once_and_a_dash_where_one_has_no_answer() -> None:
    rows = [
        Row("news", "title", {OURS: 0.9, "one": 0.8}, 0.85, n=10),
        Row("news", "date", {OURS: 0.7, "two": 0.6}, 0.75, n=9),
    ]
    head, title, date = printed(rows).splitlines()
    assert head.split() == ["corpus", "measure", "n", OURS, "one", "two", "floor"]
    assert title.split() == ["news", "title", "10", "0.900", "0.800", "-", "0.850", "ok"]
    assert date.split() == ["news", "date", "9", "0.700", "-", "0.600", "0.750", "BELOW"]


def test_the_same_table_can_be_read_by_machines() -> None:
    row = json.loads(as_json([Row("news", "title", {OURS: 0.9}, 0.95, n=10)]))[0]
    assert (row["corpus"], row["scores"], row["verdict"]) == ("news", {OURS: 0.9}, "BELOW")
