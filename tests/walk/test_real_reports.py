"""Ten of Ofsted's own reports, 2018 to 2026, from a provider page to judgements in the store."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsdesk.dates import english_date
from newsdesk.model import Area, Event, Grade, Kind, Source
from newsdesk.readers import MAIL
from notifications.channels import Route
from notifications.channels.log import LogChannel
from presswatch import compose
from presswatch.demo.web import Answer, LittleWeb
from scheduler.collecting import Visited, collect
from scheduler.house import House
from storage import Store, StoredArticle
from tests.recorded import RECORDED, needs_recorded

REPORTS, FILES = "reports.ofsted.example", "files.ofsted.example"
CHOSEN = (
    "2018-07-23-80474",
    "2018-11-12-80503",
    "2019-07-22-80516",
    "2021-12-17-80524",
    "2022-09-21-80474",
    "2023-05-25-80485",
    "2024-08-21-80565",
    "2025-07-15-80562",
    "2026-01-12-80474",
    "2026-08-18-80539",
)
AREAS = {
    "overall": (Area.OVERALL,),
    "leaders": (Area.LEADERS,),
    "help_and_protection": (Area.HELP_AND_PROTECTION,),
    "in_care (or in_care_and_care_leavers before 2023)": (Area.IN_CARE, Area.IN_CARE_AND_CARE_LEAVERS),
    "care_leavers": (Area.CARE_LEAVERS,),
}
SOURCE = Source(
    name="reports",
    outlet="Ofsted",
    kind=Kind.INSPECTORATE,
    url=f"http://{REPORTS}/provider/44/99999",
    reader="ofsted",
    weekly=(0, 10),
    verified="served by this test",
    verified_on=date(2026, 11, 1),
)

pytestmark = needs_recorded


def truth() -> dict[str, dict[str, str]]:
    with (RECORDED / "ofsted" / "index.csv").open(encoding="utf-8") as index:
        rows = {Path(row["file"]).stem: row for row in csv.DictReader(index)}
    return {each: rows[each] for each in CHOSEN}


def web() -> dict[str, dict[str, Answer]]:
    links, documents = "", {}
    for stem in reversed(CHOSEN):
        published = english_date(date.fromisoformat(stem[:10])).split(" ", 1)[1]
        path = f"/v1/file/{stem.replace('-', '')}"
        links += (
            '<li class="timeline__day"><span class="event__title heading--sub">'
            f'<a class="publication-link" target="_blank" href="http://{FILES}{path}">'
            f'<span class="nonvisual">Children\'s services inspection, pdf - {published}</span></a></span>'
            f'<div class="event__metadata"><time>{published}</time></div></li>'
        )
        content = (RECORDED / "ofsted" / "reports" / f"{stem}.pdf").read_bytes()
        documents[path] = Answer(content, headers={"Content-Type": "application/pdf"})
    page = f"<!doctype html><title>Reports</title><ul class='timeline'>{links}</ul>"
    return {
        REPORTS: {"/provider/44/99999": Answer(page, headers={"Content-Type": "text/html; charset=utf-8"})},
        FILES: documents,
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Visited, dict[str, StoredArticle]]:
    folder = tmp_path_factory.mktemp("reports")
    store = Store.open(f"sqlite:///{folder / 'presswatch.db'}")
    with LittleWeb(web()) as served:
        house = House(
            store=store,
            desk_of=compose.desk,
            sources={SOURCE.name: SOURCE},
            places=compose.places(),
            routes={MAIL: Route(lambda: LogChannel(folder))},
            clock=lambda: datetime(2026, 11, 1, 12, 0, tzinfo=UTC),
            owner="this test",
            contact="https://presswatch.example/contact",
            sender="digest@presswatch.example",
            allow=served.allowances(),
        )
        (visited,) = collect(house, [SOURCE])
    with store.read() as tx:
        stored = {each.url.rsplit("/", 1)[1]: tx.articles.get(each.article) for each in visited.filed}
    store.close()
    return visited, stored


def test_every_report_is_found_fetched_and_read(
    crawled: tuple[Visited, dict[str, StoredArticle]],
) -> None:
    visited, _ = crawled
    assert visited.listing.problem is None
    assert visited.failed == ()
    assert len(visited.filed) == len(CHOSEN)
    assert all(each.story is not None for each in visited.filed)


@pytest.mark.parametrize("stem", CHOSEN)
def test_a_report_gives_its_council_dates_and_every_grade(
    crawled: tuple[Visited, dict[str, StoredArticle]], stem: str
) -> None:
    row, stored = truth()[stem], crawled[1][stem.replace("-", "")]
    assessment = stored.assessment
    assert assessment.event is Event.INSPECTION
    assert assessment.subjects == {compose.desk().gazetteer.by_urn[row["ofsted_urn"]].slug}
    assert assessment.visit is not None
    started, ended = (
        date.fromisoformat("-".join(reversed(row[f"inspection_{each}"].split("/")))).isoformat()
        for each in ("start", "end")
    )
    assert (assessment.visit.started, assessment.visit.ended) == (started, ended)
    found = {each.area: each.grade for each in assessment.judgements}
    assert all(each.current for each in assessment.judgements)
    for column, areas in AREAS.items():
        grade = row[column].removeprefix("to ").replace(" ", "-")
        if grade in set(Grade):
            assert [found[each] for each in areas if each in found] == [Grade(grade)]
        else:
            assert not any(each in found for each in areas)
