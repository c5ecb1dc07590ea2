"""The silence alarm, simulated: seldom wrong, and soon right."""

from benchmarks.silence.simulated import EVEN, OFFICE, Kind, simulate


def test_a_healthy_source_is_accused_less_than_once_in_fifty_months_and_a_dead_one_soon_missed() -> None:
    kinds = [Kind(2, OFFICE, 1.5), Kind(7, EVEN), Kind(7, OFFICE, 1.5)]
    results = [simulate(kind, 15, seed=number) for number, kind in enumerate(kinds)]
    assert sum(each.months for each in results) / sum(each.alarms for each in results) >= 50
    daily = results[1]
    assert (len(daily.found), daily.days <= 9) == (15, True)
