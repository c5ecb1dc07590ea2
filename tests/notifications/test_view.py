from dataclasses import replace
from datetime import date
from typing import Any

from newsdesk.model import CouncilRole, Event, Role, Scope, Story, Unseen
from notifications.view import GLANCE, UNSEEN_SHOWN, PageView, grouped, view
from tests.notifications.examples import COUNCILS, at, digest, inspection, monitoring_visit, story


def seen(*stories: Story, limit: int = 99, **options: Any) -> PageView:
    return view(digest(*stories, **options), COUNCILS, limit)


def groups(*stories: Story) -> list[tuple[str, int]]:
    return [(name, len(items)) for name, items in grouped(digest(*stories).items, COUNCILS)]


def test_the_subject_says_what_matters_most_how_much_else_and_the_day() -> None:
    assert seen(monitoring_visit()).subject == "Rivermouth: monitoring visit letter – Friday 4 August 2023"
    assert (
        seen(monitoring_visit(), story()).subject
        == "Rivermouth: monitoring visit letter, and 1 other story – Friday 4 August 2023"
    )
    assert (
        seen(monitoring_visit(), inspection(), story()).subject
        == "Stonebridge: inadequate overall, and 2 other stories – Friday 4 August 2023"
    )


def test_the_subject_never_holds_a_headline() -> None:
    told = seen(story("A child is named", event=Event.OTHER))
    assert "child is named" not in told.subject + told.preview


def test_an_empty_digest_says_so() -> None:
    told = seen()
    assert told.subject == "Children’s services: nothing new – Friday 4 August 2023"
    assert told.summary == "Nothing new since your last digest."
    assert told.preview == "Nothing new was found for you."


def test_the_preview_tells_what_the_subject_leaves_out() -> None:
    assert seen(inspection(), monitoring_visit()).preview == "Also Rivermouth: monitoring visit letter."
    alone = seen(inspection()).preview.replace("\N{NO-BREAK SPACE}", " ")
    assert alone == "Full inspection: inspected 5 to 16 June 2023; published 1 August 2023."


def test_stories_are_grouped_by_council_the_weightiest_first_and_national_news_apart_at_the_end() -> None:
    assert groups(
        story("about nobody", council=None, scope=Scope.NATIONAL, event=Event.DIRECTION),
        story("fen", council="harrow-fen"),
        monitoring_visit(),
        story("leader", event=Event.LEADERSHIP),
        inspection(),
        story(
            "all", scope=Scope.SEVERAL, roles=(CouncilRole("stonebridge", Role.SUBJECT),), event=Event.FUNDING
        ),
    ) == [("Stonebridge", 1), ("Harrow Fen", 1), ("Rivermouth", 2), ("Several councils", 1), ("National", 1)]


def test_groups_of_equal_weight_stand_in_the_order_of_their_names() -> None:
    told = groups(
        story("b", council="rivermouth", last_seen=at(4)),
        story("a", council="harrow-fen", last_seen=at(3)),
        story("c", council="kestrel-vale", last_seen=at(2)),
    )
    assert [name for name, _ in told] == ["Harrow Fen", "Kestrel Vale", "Rivermouth"]


def test_a_digest_of_several_days_says_so_in_subject_preview_and_head() -> None:
    late = replace(digest(inspection(), monitoring_visit()), covers_from=date(2023, 7, 31))
    told = view(late, COUNCILS, 99)
    days = "Monday 31 July to Friday 4 August 2023"
    assert told.subject == f"Stonebridge: inadequate overall, and 1 other story – {days}"
    assert told.preview == f"Covers {days}. Also Rivermouth: monitoring visit letter."
    assert told.days == days
    assert "could not be sent" in told.covers
    assert seen(inspection()).covers == ""


def test_the_summary_counts_what_is_judged_and_what_is_updated() -> None:
    assert seen(story()).summary == "1 story."
    told = seen(inspection(), story(), story(), updated=frozenset({1}))
    assert told.summary == "3 stories: 1 with a new judgement, 1 updated since your last digest."


def test_a_glance_names_the_leading_story_of_each_group_where_there_is_more_to_say_than_news() -> None:
    told = seen(inspection(), monitoring_visit(), story(), story(council="harrow-fen", event=Event.OTHER))
    assert told.glance == (("Stonebridge", "inadequate overall"), ("Rivermouth", "monitoring visit letter"))
    assert seen(inspection(), monitoring_visit()).glance == ()
    many = seen(*(story(council=f"council-{number}") for number in range(20)))
    assert len(many.glance) == GLANCE


def test_what_is_beyond_the_limit_is_counted_with_the_way_to_see_it() -> None:
    told = seen(
        story("late", first_seen=at(3)),
        inspection(),
        story("early", event=Event.OTHER, first_seen=at(1)),
        limit=1,
    )
    assert told.more == "2 more stories did not fit into this email"
    assert told.more_command == "presswatch stories --since 2023-08-01"
    assert "2 other stories" in told.subject


def test_what_could_not_be_seen_is_told_with_its_reason_longest_silent_first() -> None:
    told = seen(
        unseen=(
            Unseen("Harrow Fen Council", "its page asked for a login", at(2)),
            Unseen("Care Weekly", "the server refused us", at(1)),
        )
    )
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in told.unseen] == [
        "Care Weekly: the server refused us, since 1 August 2023",
        "Harrow Fen Council: its page asked for a login, since 2 August 2023",
    ]


def test_many_unseen_sources_are_counted() -> None:
    told = seen(unseen=tuple(Unseen(f"Outlet {number:02}", "silent", at(1)) for number in range(30)))
    assert len(told.unseen) == UNSEEN_SHOWN + 1
    assert told.unseen[-1] == f"and {30 - UNSEEN_SHOWN} other sources"


def test_nothing_from_outside_keeps_what_a_reader_cannot_see() -> None:
    told = seen(unseen=(Unseen("Out\nlet", "rea\u2028son \u202eback", at(1)),))
    assert told.unseen[0].startswith("Out let: rea son back,")
