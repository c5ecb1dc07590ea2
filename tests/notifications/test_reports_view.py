from newsdesk.model import Kind, Report
from notifications.reports_view import DOCUMENTS_SHOWN, OUTLETS_SHOWN, ReportsView, reports_view
from tests.notifications.examples import at, monitoring_visit, report


def seen(*reports: Report) -> ReportsView:
    return reports_view(reports)


def names(told: ReportsView) -> list[tuple[str, str]]:
    return [(each.link.words, each.copies) for each in told.outlets]


def test_the_primary_document_stands_apart_and_copies_count_once_under_their_original() -> None:
    told = seen(*monitoring_visit().reports)
    (document,) = told.documents
    assert document.outlet == "Rivermouth Council"
    assert document.link.words == "Ofsted publishes letter on its second monitoring visit"
    assert document.date.replace("\N{NO-BREAK SPACE}", " ") == "2 August 2023"
    assert names(told) == [
        ("Rivermouth Echo", "same text in Fenland Post and Vale Advertiser"),
        ("Care Weekly", ""),
    ]
    assert told.outlets[0].title == "Still some way to go for children’s services"


def test_who_inspected_or_decided_comes_before_the_council() -> None:
    told = seen(
        report(1, outlet="Rivermouth Council", kind=Kind.COUNCIL, published=at(1)),
        report(2, outlet="Ofsted", kind=Kind.INSPECTORATE, published=at(2)),
    )
    assert [each.outlet for each in told.documents] == ["Ofsted", "Rivermouth Council"]


def test_an_official_text_leads_its_copies_even_when_a_paper_was_seen_first() -> None:
    told = seen(
        report(1, outlet="Rivermouth Echo", published=at(1)),
        report(2, outlet="Rivermouth Council", kind=Kind.COUNCIL, published=at(2), duplicate_of=1),
    )
    assert [each.outlet for each in told.documents] == ["Rivermouth Council"]
    assert told.outlets == ()


def test_a_copy_of_a_text_from_elsewhere_stands_for_itself_and_a_ring_of_copies_is_one_text() -> None:
    told = seen(
        report(1, outlet="A", duplicate_of=99),
        report(2, outlet="B", duplicate_of=3),
        report(3, outlet="C", duplicate_of=2),
    )
    assert names(told) == [("A", ""), ("B", "same text in C")]


def test_an_outlet_that_reports_twice_is_named_once_and_is_no_copy_of_itself() -> None:
    told = seen(report(1, outlet="BBC"), report(2, outlet="bbc"), report(3, outlet="BBC", duplicate_of=1))
    assert names(told) == [("BBC", "")]


def test_many_are_counted_not_listed() -> None:
    press = [report(number, outlet=f"Paper {number:02}") for number in range(1, 11)]
    official = [report(number, kind=Kind.COUNCIL) for number in range(11, 18)]
    told = seen(*press, *official)
    assert len(told.outlets) == OUTLETS_SHOWN
    assert told.more_outlets == "and 6 more"
    assert len(told.documents) == DOCUMENTS_SHOWN
    assert told.more_documents == "and 3 more"


def test_a_document_without_title_or_date_is_known_by_its_publisher() -> None:
    (told,) = seen(report(title="", outlet="Ofsted", kind=Kind.INSPECTORATE, published=None)).documents
    assert (told.outlet, told.link.words) == ("", "Ofsted")
    assert told.date.startswith("seen 3")


def test_an_address_that_is_none_for_readers_leaves_the_words() -> None:
    (told,) = seen(report(url="javascript:alert(1)")).outlets
    assert (told.link.words, told.link.url) == ("Rivermouth Echo", "")
