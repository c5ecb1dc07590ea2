"""Articles from pages, papers and cuttings, beyond the plain shapes (those are under pages/)."""

from datetime import UTC, datetime

import pytest

from crawlers.articles import read_article, read_cutting
from newsdesk.errors import Blocked, Unreadable
from newsdesk.model import Article, Event, Kind, Lead
from tests.crawlers.examples import ADDRESS, NOW, a_page, a_paper, a_source
from tests.recorded import RECORDED, needs_recorded

BODY = (
    "<p>The council has appointed a new director of children's services, who begins in the autumn.</p>"
    "<p>She comes from a neighbouring county, where she led the work with families for six years.</p>"
)
LETTER = """2 August 2023
Director of Children's Services, Northmarch Council
Monitoring visit to Northmarch children's services
This letter summarises the findings of the monitoring visit to Northmarch children's services
on 28 and 29 June 2023. It was the second visit since the local authority was judged inadequate.
Piccadilly Gate, Store Street, Manchester. www.gov.uk/ofsted"""


def html(head: str = "", body: str = BODY) -> Article:
    page = a_page(
        f"<html><head>{head}</head><body><main><h1>New director appointed</h1>{body}</main></body></html>"
    )
    return read_article(a_source(), Lead(ADDRESS, "New director appointed"), page)


def cutting(text: str, *, published: str | None = None, title: str | None = None) -> Article:
    return read_cutting(
        body=text, media="text", url=ADDRESS, outlet="Courier", published=published, title=title, now=NOW
    )


# ---------------------------------------------------------------- pages


def test_a_date_to_come_is_not_believed() -> None:
    head = (
        "<meta property='article:published_time' content='2027-11-21T08:00:00Z'>"
        "<meta name='date' content='2026-11-20'>"
    )
    article = html(head)
    assert (article.published, article.winners["published"]) == (datetime(2026, 11, 20, tzinfo=UTC), "date")


def test_an_update_before_the_publication_is_no_update() -> None:
    head = (
        "<meta property='article:published_time' content='2024-06-02T08:00:00Z'>"
        "<meta property='article:modified_time' content='2024-06-01T08:00:00Z'>"
    )
    assert html(head).updated is None


def test_a_canonical_address_counts_on_the_same_site_and_not_for_its_front_page() -> None:
    assert (
        html("<link rel='canonical' href='/news/director'>").canonical_url
        == "https://www.northmarch.gov.uk/news/director"
    )
    assert html("<link rel='canonical' href='https://evil.example/news'>").canonical_url is None
    assert html("<link rel='canonical' href='https://www.northmarch.gov.uk/'>").canonical_url is None


def test_the_date_in_json_ld_of_another_article_on_the_page_is_not_taken() -> None:
    other = '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2020-01-01"}]}'
    article = html(
        f"<script type='application/ld+json'>{other}</script><meta name='date' content='2024-06-02'>"
    )
    assert article.published_printed == "2024-06-02"


def test_broken_json_ld_is_passed_over() -> None:
    article = html(
        "<script type='application/ld+json'>{'headline': oops</script>"
        "<meta name='author' content='By A Writer'>"
    )
    assert (article.byline, article.winners["byline"]) == ("A Writer", "author")


def test_a_title_is_never_the_name_of_the_site() -> None:
    page = a_page(
        f"<html><head><title>New director appointed | Northmarch Council</title></head><body>"
        f"<h1>Northmarch Council</h1><main><h2>New director appointed</h2>{BODY}</main></body></html>"
    )
    assert read_article(a_source(), Lead(ADDRESS, ""), page).title == "New director appointed"


def test_a_photograph_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="image/jpeg"):
        read_article(a_source(), Lead(ADDRESS, "x"), a_page(b"\xff\xd8\xff", "image/jpeg"))


def test_a_council_s_page_is_its_home_and_an_inspectorate_s_is_not() -> None:
    own = read_article(a_source(council="northmarch"), Lead(ADDRESS, ""), a_page(f"<h1>News</h1>{BODY}"))
    ofsted = a_source(council="northmarch", kind=Kind.INSPECTORATE)
    about = read_article(ofsted, Lead(ADDRESS, ""), a_page(f"<h1>News</h1>{BODY}"))
    assert (own.home, about.home) == ("northmarch", None)
    assert own.covers == about.covers == ("northmarch",)


# ---------------------------------------------------------------- papers


def test_an_inspectorate_s_paper_carries_its_document() -> None:
    source = a_source(kind=Kind.INSPECTORATE, outlet="Ofsted")
    lead = Lead(ADDRESS, "Monitoring visit: Northmarch Council")
    article = read_article(source, lead, a_page(a_paper(LETTER), "application/octet-stream"))
    assert article.document is not None
    assert (article.document.kind, article.document.ended) == (Event.MONITORING_VISIT, "2023-06-29")
    assert (article.media, article.published_printed, article.winners["published"]) == (
        "pdf",
        "2023-08-02",
        "document",
    )
    assert "children's services on 28 and 29 June 2023." in article.text


def test_a_committee_s_paper_is_a_document_only_under_the_inspectorate_s_letterhead() -> None:
    source = a_source(kind=Kind.COMMITTEE)
    covering = (
        "Report on the monitoring visit to Northmarch\n" + "The committee is asked to note the letter.\n" * 8
    )
    letter = read_article(source, Lead(ADDRESS, "Letter"), a_page(a_paper(LETTER), "application/pdf"))
    report = read_article(source, Lead(ADDRESS, "Report"), a_page(a_paper(covering), "application/pdf"))
    assert letter.document is not None
    assert report.document is None


# ---------------------------------------------------------------- cuttings


def test_a_cutting_s_head_gives_title_byline_and_date() -> None:
    article = cutting(
        "Inspectors warn of drift\n\nA Writer\nThursday, August 3, 2023\n\nThe council must act, they say."
    )
    assert (article.title, article.byline, article.text) == (
        "Inspectors warn of drift",
        "A Writer",
        "The council must act, they say.",
    )
    assert (article.published_printed, article.winners["published"]) == ("Thursday, August 3, 2023", "shown")


def test_what_is_given_goes_before_what_is_shown() -> None:
    text = "Inspectors warn of drift\n\n3 August 2023\n\nThe council must act, they say."
    article = cutting(text, title="Another headline", published="2 August 2023")
    assert (article.title, article.published) == ("Another headline", datetime(2023, 8, 1, 23, tzinfo=UTC))
    assert article.winners["title"] == article.winners["published"] == "given"


def test_a_given_title_is_not_repeated_in_the_text() -> None:
    article = cutting("Inspectors warn of drift\n\nThe council must act.", title="Inspectors warn of drift")
    assert article.text == "The council must act."


def test_a_text_without_a_headline_is_called_by_its_first_sentence() -> None:
    long = (
        "The council has been told by inspectors that it must do more for children "
        + "and their families " * 5
    )
    article = cutting(f"{long}today.\n\nMore follows.")
    assert article.title.startswith("The council has been told by inspectors")
    assert article.title.endswith("…")
    assert len(article.title) <= 111
    assert article.text.startswith("The council has been told")


def test_lines_with_grades_are_news_and_never_taken_for_headlines_of_other_stories() -> None:
    lines = (
        "The impact of leaders on social work practice: good",
        "The experiences and progress of children in care: inadequate",
    )
    text = (
        "Inspectors gave these grades today.\n\n" + "\n\n".join(lines) + "\n\nThe council said it would act."
    )
    assert all(line in cutting(text).text for line in lines)


def test_one_line_without_a_full_stop_is_a_heading_and_stays() -> None:
    text = "The first paragraph ends.\n\nWhat the council will do about it now\n\nThe last paragraph ends."
    assert "What the council will do about it now" in cutting(text).text


def test_a_saved_page_is_read_like_a_page() -> None:
    saved = f"<html lang='en'><body><article><h1>New director appointed</h1>{BODY}</article></body></html>"
    article = read_cutting(
        body=saved, media="html", url=ADDRESS, outlet="Courier", published="3 Aug 2023", title=None, now=NOW
    )
    assert (article.title, article.language, article.winners["published"]) == (
        "New director appointed",
        "en",
        "given",
    )


def test_a_saved_challenge_is_no_cutting() -> None:
    with pytest.raises(Blocked):
        read_cutting(
            body="<title>Just a moment...</title>",
            media="html",
            url=ADDRESS,
            outlet="Courier",
            published=None,
            title=None,
            now=NOW,
        )


@pytest.mark.parametrize("text", ["", " \n\n\t", "\u200b\ufeff"])
def test_a_cutting_without_words_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        cutting(text)


def recorded(number: str) -> str:
    return next((RECORDED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")


@needs_recorded
def test_the_trade_magazine_s_cutting_loses_head_captions_and_offer() -> None:
    article = cutting(recorded("001"))
    assert (
        article.title
        == "High turnover of social workers slowing children's services improvements, Ofsted warns"
    )
    assert article.byline == "Joe Lepper"
    assert article.published == datetime(2023, 8, 2, 23, tzinfo=UTC)
    assert article.text.startswith("Ofsted has raised concerns")
    assert article.text.endswith("to secure a better service.”")
    assert not [
        word for word in ("Picture", "membership", "Subscribe", "£15", "Topic Hubs") if word in article.text
    ]


@needs_recorded
def test_the_local_paper_s_cutting_keeps_every_bullet_and_loses_the_other_headlines() -> None:
    article = cutting(recorded("000"))
    assert article.title.startswith("Herefordshire’s children’s services department has been told")
    assert article.published is None
    assert article.text.count("•") == 10
    assert "Leeds to help Herefordshire" not in article.text
    assert "new Tory leader" not in article.text
    assert article.text.endswith("to secure a better service.”")
