from newsdesk.history import History
from newsdesk.model import CouncilRole, Event, Kind, Role, Scope, Story, Visit
from newsdesk.next_steps import NextStep
from notifications.story_view import StoryView, step_in_words, story_view
from notifications.words import LINE
from tests.notifications.examples import COUNCILS, at, inspection, monitoring_visit, report, story


def seen(told: Story) -> StoryView:
    return story_view(told, COUNCILS, History(()))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_visit_and_the_publication_have_a_date_each() -> None:
    told = seen(monitoring_visit())
    assert told.happened == "Second monitoring visit"
    assert plain(told.dates) == "visited 28 to 29 June 2023; published 2 August 2023"


def test_what_only_the_press_tells_was_reported_and_what_bears_no_date_was_first_seen() -> None:
    assert plain(seen(story(reports=(report(),))).dates) == "reported 2 August 2023"
    told = seen(story(reports=(report(published=None),), first_seen=at(3)))
    assert plain(told.dates) == "first seen 3 August 2023"


def test_an_inspection_is_inspected() -> None:
    told = seen(story(event=Event.INSPECTION, visit=Visit("2023-06"), reports=(report(),)))
    assert plain(told.dates) == "inspected June 2023; reported 2 August 2023"


def test_partner_and_commissioner_have_lines_of_their_own() -> None:
    roles = (
        CouncilRole("kestrel-vale", Role.PARTNER),
        CouncilRole("harrow-fen", Role.COMMISSIONER),
        CouncilRole("stonebridge", Role.COMPARED),
    )
    assert seen(story(roles=roles)).notes == (
        "Improvement partner: Kestrel Vale",
        "Commissioner from: Harrow Fen",
    )


def test_a_second_subject_is_named_beside_the_first_and_a_round_up_names_all() -> None:
    also = (CouncilRole("stonebridge", Role.SUBJECT),)
    assert seen(story(roles=also)).notes == ("Also about: Stonebridge",)
    assert seen(story(roles=also, scope=Scope.SEVERAL)).notes == ("Councils: Rivermouth and Stonebridge",)


def test_the_headline_leads_to_the_primary_document() -> None:
    assert seen(monitoring_visit()).headline.url == "https://news.example/11"
    assert seen(story(reports=(report(5),))).headline.url == "https://news.example/5"
    assert seen(story()).headline.url == ""


def test_only_what_a_licence_lets_us_quote_is_quoted_and_by_whom() -> None:
    assert seen(story(reports=(report(),))).quote is None
    quote = seen(inspection()).quote
    assert quote is not None
    assert quote[0].startswith("Too many children")
    assert quote[1] == "Ofsted"
    long = seen(story(reports=(report(snippet="word " * 200),))).quote
    assert long is not None
    assert len(long[0]) <= LINE


def test_the_inspectorates_words_come_before_the_councils() -> None:
    told = story(
        reports=(
            report(
                1, outlet="Rivermouth Council", kind=Kind.COUNCIL, snippet="We are pleased.", published=at(1)
            ),
            report(2, outlet="Ofsted", kind=Kind.INSPECTORATE, snippet="- Children wait.", published=at(2)),
        )
    )
    assert seen(told).quote == ("Children wait.", "Ofsted")


def test_what_follows_is_told_with_its_day_or_month() -> None:
    assert [plain(each) for each in seen(inspection()).steps] == [
        "the council’s action plan, published by 8 November 2023",
        "monitoring visits about every quarter; Ofsted does not publish its first letter",
    ]
    assert seen(monitoring_visit()).steps == ("a monitoring visit, likely around September 2023",)
    assert step_in_words(NextStep("a full inspection")) == "a full inspection"


def test_nothing_from_outside_keeps_what_a_reader_cannot_see() -> None:
    told = seen(story("Two\r\nlines \u202eback\x07wards"))
    assert told.headline.words == "Two lines backwards"
