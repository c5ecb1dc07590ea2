"""Levels that fall ill, flap and are well again; our own network; and what the operator is told when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from newsdesk.concerns import AT_MOST, Concern, bulletin
from newsdesk.health import Condition, Finding, Level, concerns_readers, judged, needs_somebody
from newsdesk.outages import Outage, judged as verdict

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AWAY = Finding(Level.REACHABLE, "unreachable", "no answer", "2 visits in a row")


def course(*visits: tuple[timedelta, bool]) -> list[Condition | None]:
    """How a level stands after each visit, at this time after the first; true where it was well."""
    known: Condition | None = None
    stood = []
    for after, well in visits:
        seen = {Level.REACHABLE: None if well else AWAY}
        known = next(iter(judged("leeds", [known] if known else [], seen, NOW + after)), known)
        stood.append(known)
    return stood


def states(*visits: tuple[timedelta, bool]) -> list[str]:
    return [each.state if each else "" for each in course(*visits)]


def test_a_level_is_open_until_it_is_fixed() -> None:
    assert states((0 * DAY, True), (HOUR, False), (2 * HOUR, False), (3 * HOUR, True)) == [
        "",
        "open",
        "open",
        "fixed",
    ]
    (_, _, lasting, fixed) = course((0 * DAY, True), (HOUR, False), (2 * HOUR, False), (3 * HOUR, True))
    assert lasting
    assert fixed
    assert (lasting.since, fixed.since) == (NOW + HOUR, NOW + 3 * HOUR)


def test_what_comes_and_goes_three_times_a_week_flaps_until_it_was_quiet_for_three_days() -> None:
    flapping = [(each * 12 * HOUR, each % 2 == 1) for each in range(6)]
    assert states(*flapping) == ["open", "fixed", "open", "fixed", "flapping", "flapping"]
    assert states(*flapping, (6 * DAY, True))[-1] == "fixed"
    assert states(*flapping[:5], (6 * DAY, False))[-1] == "open", "it stayed away"


def test_a_level_of_which_a_visit_says_nothing_stays_as_it_is() -> None:
    (known,) = judged("leeds", [], {Level.REACHABLE: AWAY}, NOW)
    assert judged("leeds", [known], {}, NOW + DAY) == []


def test_nobody_is_asked_for_what_heals_itself_within_a_day() -> None:
    (known,) = judged("leeds", [], {Level.REACHABLE: AWAY}, NOW)
    assert not needs_somebody(known, NOW + 23 * HOUR)
    assert needs_somebody(known, NOW + DAY)
    assert (concerns_readers(known, NOW + HOUR), concerns_readers(known, NOW + 6 * HOUR)) == (False, True)
    (silent,) = judged("leeds", [], {Level.RHYTHM: Finding(Level.RHYTHM, "silent", "nothing new")}, NOW)
    assert needs_somebody(silent, NOW), "it took a week to be called silent"
    assert not needs_somebody(replace(silent, person=False), NOW + DAY)


# ---------------------------------------------------------------- our own network


def test_when_nobody_answers_nobody_is_blamed() -> None:
    first = verdict(None, frozenset({"a"}), frozenset(), watched=9, now=NOW)
    assert first.spared == {"a"}
    again = verdict(first.outage, frozenset({"a"}), frozenset(), watched=9, now=NOW + HOUR)
    assert again.spared == frozenset(), "one host alone has the benefit of the doubt once"
    more = verdict(again.outage, frozenset({"a", "b", "c"}), frozenset(), watched=9, now=NOW + HOUR)
    assert more.spared == {"a", "b", "c"}
    assert more.outage
    assert (more.outage.recognised, more.outage.since) == (True, NOW)
    over = verdict(more.outage, frozenset({"a"}), frozenset({"b"}), watched=9, now=NOW + 2 * HOUR)
    assert over.spared == frozenset()
    assert over.outage
    assert over.outage.ended_at == NOW + 2 * HOUR


def test_one_silent_host_among_others_that_answer_is_to_blame() -> None:
    assert verdict(None, frozenset({"a"}), frozenset({"b"}), watched=9, now=NOW).spared == frozenset()
    assert verdict(None, frozenset({"a"}), frozenset(), watched=2, now=NOW).spared == frozenset()


def test_of_a_large_round_nine_in_ten_are_enough() -> None:
    silent = frozenset(map(str, range(18)))
    assert verdict(None, silent, frozenset({"x", "y"}), watched=20, now=NOW).spared == silent
    assert verdict(None, silent, frozenset({"x", "y", "z"}), watched=21, now=NOW).spared == frozenset()
    assert verdict(Outage(NOW), frozenset(), frozenset(), watched=9, now=NOW).outage == Outage(NOW)


# ---------------------------------------------------------------- the operator


class Mailbox:
    """Asks again and again, and keeps what is left as the store does."""

    def __init__(self) -> None:
        self.known: dict[str, Concern] = {}
        self.sent: list[datetime] = []

    def ask(self, now: datetime, *keys: str) -> tuple[list[str], list[str]] | None:
        current = [Concern(key, f"{key} broke", now) for key in keys]
        made = bulletin(self.known, current, self.sent, now)
        self.known = {each.key: each for each in made.kept}
        if not made.due:
            return None
        self.sent.append(now)
        return [each.key for each in made.new], [each.key for each in made.over]


def test_a_concern_is_told_once_and_once_when_it_is_over() -> None:
    box = Mailbox()
    asked = [box.ask(NOW, "a"), box.ask(NOW, "a"), box.ask(NOW + DAY, "a"), box.ask(NOW + 2 * DAY)]
    assert asked == [(["a"], []), None, None, ([], ["a"])]
    assert box.ask(NOW + 2 * DAY) is None


def test_what_comes_back_soon_is_no_reason_for_another_mail_for_a_week() -> None:
    box = Mailbox()
    box.ask(NOW, "a")
    box.ask(NOW + DAY)
    assert box.ask(NOW + 2 * DAY, "a") is None
    assert box.ask(NOW + 3 * DAY, "a", "b") == (["a", "b"], []), "but it is told with the next"


def test_what_was_over_before_it_was_told_is_never_told() -> None:
    box = Mailbox()
    box.sent = [NOW - HOUR] * AT_MOST
    assert box.ask(NOW, "a") is None
    assert box.ask(NOW + HOUR) is None
    assert box.ask(NOW + 8 * DAY) is None
    assert box.known == {}


@given(st.lists(st.tuples(st.integers(0, 40), st.frozensets(st.sampled_from("abcdefgh"))), max_size=40))
def test_never_more_than_five_mails_in_seven_days_and_nothing_that_lasts_is_forgotten(
    history: list[tuple[int, frozenset[str]]],
) -> None:
    box, now, told = Mailbox(), NOW, set[str]()
    for hours, keys in history:
        now += hours * HOUR
        mail = box.ask(now, *keys)
        told |= set(mail[0]) if mail else set()
        assert box.ask(now, *keys) is None, "a second ring sends nothing"
        assert sum(now - each < 7 * DAY for each in box.sent) <= AT_MOST
    last = history[-1][1] if history else frozenset()
    for _ in range(4):
        now += 7 * DAY
        mail = box.ask(now, *last)
        told |= set(mail[0]) if mail else set()
    assert last <= told
