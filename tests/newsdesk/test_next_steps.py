"""What the rules say comes next."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from newsdesk.model import (
    Area,
    Coming,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    Outcome,
    Report,
    Role,
    Scope,
    Step,
    Story,
    Visit,
)
from newsdesk.next_steps import NextStep, next_steps, working_days_after

AT = datetime(2023, 8, 1, 9, tzinfo=UTC)


def report(title: str = "A report", kind: Kind = Kind.INSPECTORATE, snippet: str = "") -> Report:
    return Report(1, "https://ofsted.example/1", "Ofsted", kind, title, AT, AT, snippet)


def story(event: Event, *grades: tuple[Area, Grade], new: bool = True, **more: object) -> Story:
    judgements = tuple(Judgement("northmarch", area, grade, None, new) for area, grade in grades)
    about = (CouncilRole("northmarch", Role.SUBJECT),)
    plain = Story(1, "A headline", event, Scope.COUNCIL, about, judgements, None, AT, AT, (report(),))
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2023, 8, 1), 70, date(2023, 11, 8)),  # over the August bank holiday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is kept on the Monday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the Queen's funeral
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Easter
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_working_days_are_those_of_the_english_calendar(day: date, number: int, due: date) -> None:
    assert working_days_after(day, number) == due


@given(st.dates(date(2013, 1, 1), date(2035, 1, 1)), st.integers(1, 40), st.integers(1, 40))
def test_working_days_add_up(day: date, one: int, other: int) -> None:
    assert working_days_after(working_days_after(day, one), other) == working_days_after(day, one + other)


def test_a_graded_inspection_is_followed_by_a_plan_and_an_inadequate_one_by_visits() -> None:
    plan = NextStep("the council’s action plan, published", by=date(2023, 11, 8), step=Step.ACTION_PLAN)
    assert next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.GOOD))) == (plan,)
    first, visits = next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.INADEQUATE)))
    assert first == plan
    assert visits.what.startswith("monitoring visits about every quarter")


def test_an_inspection_without_new_grades_has_no_report_to_answer() -> None:
    assert next_steps(story(Event.INSPECTION)) == ()
    assert next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.INADEQUATE), new=False)) == ()


def test_the_plan_counts_from_the_inspectorates_document_not_from_the_press() -> None:
    late = replace(report(kind=Kind.LOCAL), article=2, published=datetime(2023, 7, 20, tzinfo=UTC))
    (plan,) = next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.GOOD), reports=(report(), late)))
    assert plan.by == date(2023, 11, 8)


@pytest.mark.parametrize(
    ("visit", "around"),
    [
        (Visit("2023-06-28", "2023-06-29"), "2023-09"),
        (Visit("2023-05"), "2023-08"),
        (Visit("2023-11-30", "2023-12-01"), "2024-03"),
        (Visit("2023"), "2023-10"),
        (None, "2023-10"),
    ],
)
def test_monitoring_visits_come_about_every_quarter(visit: Visit | None, around: str) -> None:
    assert next_steps(story(Event.MONITORING_VISIT, visit=visit)) == (
        NextStep("a monitoring visit", around=around, step=Step.MONITORING_VISIT),
    )


def test_a_letter_that_came_out_late_foretells_no_visit_that_is_past() -> None:
    assert next_steps(story(Event.MONITORING_VISIT, visit=Visit("2023-02-07", "2023-02-08"))) == ()


def test_a_focused_visit_asks_for_a_plan_only_where_priority_action_is_needed() -> None:
    (plan,) = next_steps(story(Event.FOCUSED_VISIT, outcome=Outcome.PRIORITY_ACTION))
    assert (plan.what, plan.by) == ("the final action plan", date(2023, 11, 8))
    assert next_steps(story(Event.FOCUSED_VISIT)) == ()


@pytest.mark.parametrize(
    ("outcome", "steps"),
    [
        (Outcome.POSITIVE, ["a full SEND inspection, usually within 5 years"]),
        (Outcome.INCONSISTENT, ["a full SEND inspection, usually within 3 years"]),
        (
            Outcome.FAILINGS,
            [
                "a SEND monitoring inspection",
                "a priority action plan to Ofsted and CQC",
                "a full SEND inspection, usually within 3 years",
            ],
        ),
        (None, []),
    ],
)
def test_a_send_inspection_is_followed_by_what_its_outcome_asks(
    outcome: Outcome | None, steps: list[str]
) -> None:
    told = next_steps(story(Event.SEND_INSPECTION, outcome=outcome))
    assert [each.what for each in told] == steps
    assert [each.around for each in told if each.around] == (["2025-02"] if len(steps) == 3 else [])


def test_the_day_that_a_report_gives_goes_before_the_rules() -> None:
    said = (Coming(Step.ACTION_PLAN, "2023-10-31", council="northmarch"),)
    (plan,) = next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.GOOD), coming=said))
    assert (plan.what, plan.by) == ("the council’s action plan, published", date(2023, 10, 31))
    vague = (replace(said[0], due="2023-10"),)
    (plan,) = next_steps(story(Event.INSPECTION, (Area.OVERALL, Grade.GOOD), coming=vague))
    assert plan.by == date(2023, 11, 8)
    failings, _, _ = next_steps(story(Event.SEND_INSPECTION, outcome=Outcome.FAILINGS, coming=said))
    assert (failings.what, failings.by) == ("a priority action plan to Ofsted and CQC", date(2023, 10, 31))


@pytest.mark.parametrize(
    ("event", "said", "what"),
    [
        (Event.JTAI, Coming(Step.STATEMENT_OF_ACTION, "2023-11-10"), "the written statement of action"),
        (Event.DIRECTION, Coming(Step.REPORT, "2023-11"), "the commissioner’s advice on who should run"),
        (Event.INSPECTION, Coming(Step.REPORT, "2023-09"), "the inspectors’ report"),
        (Event.LEADERSHIP, Coming(Step.MONITORING_VISIT), "a monitoring visit"),
    ],
)
def test_what_reports_announce_is_told_where_no_rule_expects_it(
    event: Event, said: Coming, what: str
) -> None:
    (step,) = next_steps(story(event, coming=(said,)))
    assert step.what.startswith(what)
    told = step.by.isoformat() if step.by else step.around
    assert told == said.due


@pytest.mark.parametrize(
    "said",
    [
        Coming(Step.REPORT, "2023-07-31"),
        Coming(Step.REPORT, "2022"),
        Coming(Step.REPORT, "2023-09", council="wychmere"),
        Coming(Step.OTHER, "2023-09-01"),
    ],
)
def test_what_is_past_another_councils_or_of_no_known_kind_is_not_told(said: Coming) -> None:
    assert next_steps(story(Event.JTAI, coming=(said,))) == ()


def test_a_commissioner_advises_within_about_three_months() -> None:
    (advice,) = next_steps(story(Event.COMMISSIONER_APPOINTED))
    assert advice.around == "2023-11"


def test_a_round_up_and_other_news_have_no_next_step() -> None:
    assert next_steps(story(Event.MONITORING_VISIT, scope=Scope.SEVERAL)) == ()
    assert next_steps(story(Event.STRIKE)) == ()
