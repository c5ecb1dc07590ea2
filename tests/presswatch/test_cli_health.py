"""`presswatch status` and `presswatch sources health`: what needs a person, and why."""

from datetime import datetime, timedelta

import pytest

from newsdesk.habits import Habit
from newsdesk.health import Condition, Level
from newsdesk.model import Listing, SourceState
from newsdesk.profiles import Profile
from presswatch import clock
from presswatch.cli.health import sparkline
from storage import Store, VisitRow
from tests.presswatch.shell import Shell
from tests.storage.made import lead

DAY = timedelta(days=1)
NEWS = """
[[source]]
name = "{0}"
outlet = "Northmarch {0}"
kind = "local"
url = "https://{0}.northmarch.example/rss"
reader = "feed"
weekly = [3, 9]
verified = "invented for a test"
verified_on = 2026-03-01
"""


@pytest.fixture
def watching(shell: Shell) -> Shell:
    """Two sources: one has shown an item a day and fell silent, the other was never visited."""
    shell.write("sources/own.toml", NEWS.format("mercury") + NEWS.format("herald"))
    toml = (shell.folder / "presswatch.toml").read_text("utf-8")
    shell.configure(toml.replace("sources = []", 'sources = ["own"]'))
    now = clock.now()
    store = Store.open(f"sqlite:///{shell.folder / 'presswatch.db'}")
    with store.begin() as tx:
        seen = now - 12 * DAY
        shown = [lead(f"https://mercury.northmarch.example/{n}", published=seen - n * DAY) for n in range(5)]
        tx.leads.take("mercury", shown, now=seen)
        tx.sources.save(SourceState("mercury", visited_at=now, next_visit_at=now + DAY))
        tx.sources.record(VisitRow.of(Listing("mercury", status=200), at=now, found=5, new=0))
        tx.health.keep({"mercury": profile(seen)})
        tx.health.note([silent(now)])
    store.close()
    return shell


def profile(at: datetime) -> Profile:
    return Profile(
        since=at - DAY,
        read_at=at,
        habit=Habit(7, 8, spread=1.0),
        learnt_at=at,
        addresses=frozenset(),
        titles=frozenset(),
        last=5,
        items=5,
        span=5,
        dated=1,
        titled=1,
        garbled=0,
        new_at=at,
    )


def silent(now: datetime) -> Condition:
    said = "nothing new for 12 days"
    return Condition(
        "mercury", Level.RHYTHM, "open", "silent", said, "12.0 items were due", now, True, True, (now,)
    )


def test_status_shows_what_needs_somebody_and_ends_with_three(watching: Shell) -> None:
    answer = watching.run("status", code=3)
    assert "service    not running" in answer.out
    assert "sources    1 never visited, 1 rhythm" in answer.out
    assert "! mercury: Northmarch mercury has shown nothing new for unusually long" in answer.out
    assert "12.0 items were due" in answer.out
    shape = watching.json("status", code=3)
    assert shape["sources"] == {"rhythm": 1, "never visited": 1}
    assert [each["what"].split(":")[0] for each in shape["needs"]] == ["mercury"]


def test_health_shows_levels_with_their_evidence_what_to_do_and_the_items_of_four_weeks(
    watching: Shell,
) -> None:
    one = watching.run("sources", "health", "mercury", code=3).out
    assert "rhythm: open since" in one
    assert "presswatch sources test mercury" in one
    assert "█████" in one
    (herald, mercury) = sorted(watching.json("sources", "health", code=3), key=lambda each: str(each["name"]))
    assert (herald["levels"], herald["needs_somebody"], sum(herald["items_per_day"])) == ([], False, 0)
    assert (len(mercury["items_per_day"]), sum(mercury["items_per_day"])) == (28, 5)
    assert mercury["levels"][0]["reason"] == "nothing new for 12 days"


def test_what_is_right_as_it_is_can_be_accepted(watching: Shell) -> None:
    assert "nothing is wrong" in watching.run("sources", "health", "mercury", "--accept").out
    assert "Nothing needs you." in watching.run("status").out


def test_a_name_that_no_source_bears_and_an_acceptance_of_everything_are_refused(watching: Shell) -> None:
    assert "did you mean" in watching.run("sources", "health", "mercurry", code=2).err
    assert "say of which source" in watching.run("sources", "health", "--accept", code=2).err


def test_a_sparkline_has_a_bar_for_each_day() -> None:
    assert sparkline([0, 1, 4, 8]) == "·▂▅█"
    assert sparkline([0, 0]) == "··"
