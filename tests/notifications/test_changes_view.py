from newsdesk.model import Area, DigestItem, Grade, Kind, Shown, Story
from notifications.changes_view import changes
from tests.notifications.examples import COUNCILS, inspection, judgement, monitoring_visit, report, story


def news(told: Story, *articles: int, grades: tuple[tuple[str, Area, Grade], ...] = ()) -> str:
    return changes(DigestItem(told, updated=True, shown=Shown(articles, grades)), COUNCILS)


def test_a_new_document_and_new_reports_are_told_and_copies_count_once() -> None:
    assert news(monitoring_visit(), 12) == "new document from Rivermouth Council; 1 more report"
    assert news(monitoring_visit(), 11, 15) == "1 more report"  # two papers print the text of the third
    assert news(monitoring_visit(), 11, 12, 15) == "a report was corrected"  # the copies bring nothing


def test_new_grades_are_named() -> None:
    overall = ("stonebridge", Area.OVERALL, Grade.INADEQUATE)
    assert news(inspection(), 21, 22, grades=(overall,)) == (
        "new grades: leaders inadequate, children in care requires improvement and care leavers good"
    )
    told = story(judgements=(judgement(Grade.GOOD),), reports=(report(1),))
    assert news(told, 1) == "new grade: good"


def test_several_documents_are_told_by_their_publishers() -> None:
    told = story(
        reports=tuple(
            report(number, outlet=outlet, kind=Kind.COMMITTEE)
            for number, outlet in enumerate(("Ofsted", "Ofsted", "Rivermouth Council", "Cabinet"))
        )
    )
    assert news(told) == "new documents from Ofsted, Rivermouth Council and 1 more"


def test_an_edit_brings_nothing_new_but_its_correction() -> None:
    assert news(story(reports=(report(1),)), 1) == "a report was corrected"


def test_what_is_news_to_the_reader_or_was_not_written_down_has_no_changes() -> None:
    assert changes(DigestItem(inspection()), COUNCILS) == ""
    assert changes(DigestItem(inspection(), updated=True), COUNCILS) == ""
