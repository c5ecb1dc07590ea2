from newsdesk.model import Area, CouncilRole, DigestItem, Event, Grade, Kind, Role, Scope, Story, Visit
from notifications.story_view import StoryView, story_view
from notifications.words import LINE
from tests.notifications.examples import COUNCILS, at, inspection, judgement, monitoring_visit, report, story


def seen(told: Story, *, updated: bool = False) -> StoryView:
    return story_view(DigestItem(told, updated), COUNCILS)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_visit_and_the_publication_have_a_date_each() -> None:
    told = seen(monitoring_visit())
    assert told.happened == "Second monitoring visit"
    assert plain(told.dates) == "visited 28 to 29 June 2023; published 2 August 2023"


def test_what_bears_no_date_was_first_seen() -> None:
    told = seen(story(reports=(report(published=None),), first_seen=at(3)))
    assert plain(told.dates) == "first seen 3 August 2023"
    assert plain(told.sections[0][1][0].date) == "seen 3 August 2023"


def test_an_update_says_when_the_latest_report_came() -> None:
    told = story(reports=(report(),), last_seen=at(4))
    assert plain(seen(told, updated=True).dates) == "published 2 August 2023; latest report 4 August 2023"
    assert plain(seen(told).dates) == "published 2 August 2023"


def test_new_grades_stand_apart_from_earlier_ones() -> None:
    told = seen(inspection())
    assert told.new_grades == (
        ("Overall", "Inadequate"),
        ("Leaders", "Inadequate"),
        ("Children in care", "Requires improvement"),
        ("Care leavers", "Good"),
    )
    assert told.earlier_grades == ("Earlier grade: Good, 11 March 2019",)


def test_a_grade_in_a_visit_story_is_an_earlier_one() -> None:
    told = seen(monitoring_visit())
    assert told.new_grades == ()
    assert told.earlier_grades == ("Earlier grade: Inadequate, July 2022",)


def test_earlier_grades_are_told_once_latest_first_with_their_area() -> None:
    old = (
        judgement(Grade.GOOD, current=False),
        judgement(Grade.GOOD, current=False, date="2012"),
        judgement(Grade.INADEQUATE, current=False, date="2022-07"),
        judgement(Grade.INADEQUATE, current=False, date="2022-07"),
        judgement(Grade.OUTSTANDING, current=False, date="2019-01-05", area=Area.CARE_LEAVERS),
    )
    assert seen(story(judgements=old)).earlier_grades == (
        "Earlier grade: Inadequate, July 2022",
        "Earlier grade for care leavers: Outstanding, 5 January 2019",
        "Earlier grade: Good, 2012",
        "Earlier grade: Good",
    )


def test_grades_of_several_councils_name_theirs() -> None:
    told = story(
        scope=Scope.SEVERAL,
        roles=(CouncilRole("stonebridge", Role.SUBJECT),),
        judgements=(judgement(Grade.GOOD), judgement(Grade.INADEQUATE, council="stonebridge", current=False)),
    )
    assert seen(told).new_grades == (("Rivermouth – Overall", "Good"),)
    assert seen(told).earlier_grades == ("Stonebridge – Earlier grade: Inadequate",)
    assert seen(told).notes == ("Councils: Rivermouth, Stonebridge",)


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


def test_a_second_subject_is_named_beside_the_first() -> None:
    assert seen(story(roles=(CouncilRole("stonebridge", Role.SUBJECT),))).notes == (
        "Also about: Stonebridge",
    )


def test_the_primary_document_comes_first_and_copies_are_collapsed_under_their_original() -> None:
    (first, official), (second, press) = seen(monitoring_visit()).sections
    assert (first, second) == ("Primary document", "Reported by")
    assert [(each.before, each.link.words) for each in official] == [
        ("Rivermouth Council: ", "Ofsted publishes letter on its second monitoring visit")
    ]
    assert [each.before for each in press] == ["Rivermouth Echo: ", "Care Weekly: "]
    assert [copy.words for copy in press[0].copies] == ["Fenland Post", "Vale Advertiser"]
    assert press[1].copies == ()


def test_the_headline_leads_to_the_primary_document() -> None:
    assert seen(monitoring_visit()).headline.url == "https://news.example/11"
    assert seen(story(reports=(report(5),))).headline.url == "https://news.example/5"
    assert seen(story()).headline.url == ""


def test_an_official_text_leads_its_copies_even_when_a_paper_was_seen_first() -> None:
    told = seen(
        story(
            reports=(
                report(1, outlet="Rivermouth Echo", published=at(1)),
                report(2, outlet="Rivermouth Council", kind=Kind.COUNCIL, published=at(2), duplicate_of=1),
            )
        )
    )
    ((label, (only,)),) = told.sections
    assert label == "Primary document"
    assert only.before == "Rivermouth Council: "
    assert [copy.words for copy in only.copies] == ["Rivermouth Echo"]


def test_a_copy_of_a_text_from_elsewhere_stands_for_itself_and_a_ring_of_copies_is_one_text() -> None:
    told = seen(
        story(
            reports=(
                report(1, outlet="A", duplicate_of=99),
                report(2, outlet="B", duplicate_of=3),
                report(3, outlet="C", duplicate_of=2),
            )
        )
    )
    ((_, press),) = told.sections
    assert [(each.before, [copy.words for copy in each.copies]) for each in press] == [
        ("A: ", []),
        ("B: ", ["C"]),
    ]


def test_a_report_titled_like_the_story_is_linked_by_its_outlet() -> None:
    told = seen(story("Same words", reports=(report(outlet="Rivermouth Echo", title="SAME words"),)))
    ((_, (only,)),) = told.sections
    assert (only.before, only.link.words) == ("", "Rivermouth Echo")


def test_only_what_a_licence_lets_us_quote_is_quoted_and_by_whom() -> None:
    assert seen(story(reports=(report(),))).quotes == ()
    ((words, outlet),) = seen(inspection()).quotes
    assert words.startswith("Too many children")
    assert outlet == "Ofsted"
    ((words, _),) = seen(story(reports=(report(snippet="word " * 200),))).quotes
    assert len(words) <= LINE


def test_many_reports_are_counted_not_listed() -> None:
    told = seen(story(reports=tuple(report(number, title=f"Title {number}") for number in range(1, 11))))
    assert len(told.sections[0][1]) == 6
    assert told.more_reports == "and 4 more reports"


def test_an_inspection_is_inspected() -> None:
    told = seen(story(event=Event.INSPECTION, visit=Visit("2023-06"), reports=(report(),)))
    assert plain(told.dates) == "inspected June 2023; published 2 August 2023"
