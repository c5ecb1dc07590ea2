"""The invented week is whole: every page is there, every list can be read, the truth speaks of both."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from crawlers.readers import page_address, read_listing
from newsdesk.errors import Drifted
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.model import Lead, Page, Source
from presswatch.demo import truth
from presswatch.demo.pdf import LINES, write_pdf
from presswatch.demo.web import Answer
from presswatch.demo.week import COUNCILS, HOSTS, NOWS, build, watched

ROUNDS = (1, 2)
WEB = {number: build(number) for number in ROUNDS}
WATCHED = watched()


def answer(url: str, number: int) -> Answer | None:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return WEB[number].get(parts.netloc, {}).get(path)


def page(url: str, number: int) -> Page:
    found = answer(url, number)
    assert found is not None, url
    return Page(url, url, found.status, found.headers["Content-Type"], found.octets, NOWS[number - 1])


def leads(source: Source, number: int) -> tuple[Lead, ...]:
    try:
        return read_listing(source, page(source.url, number)).leads
    except Drifted:
        return ()


def followed(number: int) -> Iterator[tuple[Source, Lead]]:
    return ((source, lead) for source in WATCHED.values() for lead in leads(source, number))


def test_the_week_has_at_least_eight_sites_and_thirty_pages() -> None:
    assert len(HOSTS) >= 8
    assert sum(1 for _ in followed(2)) >= 30


def test_no_site_of_the_week_can_exist() -> None:
    assert [host for host in HOSTS if not host.endswith(".example")] == []


@pytest.mark.parametrize("number", ROUNDS)
def test_every_source_is_served_and_every_site_says_what_robots_may_read(number: int) -> None:
    assert [source.name for source in WATCHED.values() if answer(source.url, number) is None] == []
    assert [
        host
        for host in HOSTS
        if "User-agent: *" not in page(f"http://{host}/robots.txt", number).body.decode()
    ] == []


@pytest.mark.parametrize("number", ROUNDS)
def test_every_lead_of_every_source_leads_to_a_page_with_a_date(number: int) -> None:
    assert [
        lead.url for source, lead in followed(number) if answer(page_address(source, lead), number) is None
    ] == []
    assert [lead.url for _, lead in followed(number) if lead.published is None] == []


@pytest.mark.parametrize("number", ROUNDS)
def test_no_page_is_dated_later_than_the_evening_on_which_it_is_read(number: int) -> None:
    assert [
        lead.url for _, lead in followed(number) if lead.published and lead.published > NOWS[number - 1]
    ] == []


@pytest.mark.parametrize("number", ROUNDS)
def test_all_feeds_but_the_broken_one_can_be_read(number: int) -> None:
    broken = [source.url for source in WATCHED.values() if not leads(source, number)]
    assert broken == [each.url for each in truth.PROBLEMS if each.code == "drifted"]


def test_the_truth_speaks_of_each_lead_once_and_of_nothing_else() -> None:
    stories = {url for story in truth.EXPECTED for url in story.reports + story.later}  # one is in three
    spoken = Counter(
        [*stories, *truth.NEAR_MISSES, *(each.url for each in truth.PROBLEMS if each.code != "drifted")]
    )
    assert set(spoken) == {lead.url for _, lead in followed(2)}
    assert set(spoken.values()) == {1}


def test_the_second_round_adds_exactly_the_later_reports() -> None:
    first, second = ({lead.url for _, lead in followed(number)} for number in ROUNDS)
    assert second - first == {url for story in truth.EXPECTED for url in story.later}
    assert first <= second


def test_between_the_rounds_only_the_corrected_article_changes_its_words() -> None:
    changed = [
        f"http://{host}{path}"
        for host, paths in WEB[1].items()
        for path in paths
        if WEB[2][host][path].octets != paths[path].octets
    ]
    watched = {source.url for source in WATCHED.values()}
    assert [url for url in changed if url not in watched] == [each.url for each in truth.CORRECTIONS]


@pytest.mark.parametrize("correction", truth.CORRECTIONS, ids=lambda each: each.url)
def test_a_corrected_article_says_something_else_and_its_feed_says_so(correction: truth.Correction) -> None:
    before, after = (page(correction.url, number).body.decode() for number in ROUNDS)
    assert correction.before in before
    assert correction.after in after
    assert correction.before not in after
    one, two = (next(lead for _, lead in followed(number) if lead.url == correction.url) for number in ROUNDS)
    assert one.marker != two.marker
    assert one.published == two.published


def test_the_agency_text_is_one_text_under_two_titles() -> None:
    for copies in truth.COPIES:
        texts = {
            page(url, 1).body.decode().partition('article-body">')[2].partition("</div>")[0] for url in copies
        }
        titles = {lead.title for _, lead in followed(1) if lead.url in copies}
        assert len(copies) == len(titles) == 2
        assert len(texts) == 1


def test_one_page_is_in_windows_1252_and_its_server_does_not_say_so() -> None:
    found = page(truth.WINDOWS_1252, 1)
    assert "£1.1m" in found.body.decode("cp1252")
    assert "charset" not in found.content_type
    with pytest.raises(UnicodeDecodeError):
        found.body.decode("utf-8")


def test_every_problem_but_the_broken_feed_is_a_page_that_a_listing_shows() -> None:
    shown = {lead.url for _, lead in followed(1)}
    assert [each.url for each in truth.PROBLEMS if each.code != "drifted" and each.url not in shown] == []


@pytest.mark.parametrize("url", [url for url in WEB[2]["files.inspectorate.example"] if url != "/robots.txt"])
def test_a_letter_is_a_sound_pdf_whose_text_can_be_read(url: str) -> None:
    document = PdfReader(BytesIO(WEB[2]["files.inspectorate.example"][url].octets), strict=True)
    lines = [line for each in document.pages for line in each.extract_text().splitlines()]
    assert "inspect" in " ".join(lines).lower()
    assert "does not exist" in " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= 95  # longer lines would run off the page


def test_the_report_of_the_full_inspection_holds_the_grades_of_the_truth() -> None:
    document = PdfReader(BytesIO(page(f"{truth.DOCUMENTS}/50990021", 1).body), strict=True)
    table = " ".join(document.pages[0].extract_text().partition("Judgement Grade")[2].split())
    assert len(truth.INSPECTION.current) == 5
    assert "leavers Requires improvement to be good Overall effectiveness Good" in table


def test_a_pdf_keeps_its_lines_over_several_pages_and_is_the_same_each_time() -> None:
    lines = [f"Line {number}: a (bracket), a \\ and a “quote” for £5" for number in range(LINES + 1)]
    assert write_pdf(lines) == write_pdf(lines)
    document = PdfReader(BytesIO(write_pdf(lines)), strict=True)
    assert [line for each in document.pages for line in each.extract_text().splitlines()] == lines


def test_the_invented_councils_are_none_of_the_real_ones(real_councils: Gazetteer) -> None:
    with COUNCILS.open(encoding="utf-8", newline="") as file:
        invented = [Council.of(row) for row in csv.DictReader(file)]
    names = [name for each in invented for name in (each.name, each.official_name, *each.aliases)]
    assert [name for name in names if real_councils.find(name)] == []
    assert [each.urn for each in invented if each.urn in real_councils.by_urn] == []
    assert {slug for story in truth.EXPECTED for slug in story.subjects} <= {each.slug for each in invented}


def test_the_government_answers_in_json_what_its_page_says() -> None:
    for path, found in WEB[1]["www.government.example"].items():
        if path.startswith("/api/content/"):
            said = json.loads(found.octets)
            assert said["base_path"] == path.removeprefix("/api/content")
            assert (
                said["details"]["body"]
                in page(f"http://www.government.example{said['base_path']}", 1).body.decode()
            )


@pytest.fixture
def real_councils() -> Gazetteer:
    text = (files("newsdesk") / "data" / "councils.csv").read_text(encoding="utf-8")
    return Gazetteer(Council.of(row) for row in csv.DictReader(text.splitlines()))
