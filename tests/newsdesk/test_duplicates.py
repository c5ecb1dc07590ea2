"""New, the same, a revision or a copy: judged on invented reports from invented towns."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase

import pytest
from hypothesis import given, strategies as st

from newsdesk.copies import Known, containment
from newsdesk.duplicates import Verdict, change, judge
from newsdesk.model import Article
from newsdesk.text import sketch

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

TITLE = "Inspectors find drift in Northby children's services"
TEXT = """Children in Northby still wait too long for help, inspectors said after a visit in June.

The letter, published on 2 August 2023, says that social workers change too often and that families have to
tell their story again and again. Leaders know what is wrong, it says, but have not put it right yet.

The council was rated inadequate last year. Managers now check the work of every team once a month, and 14 of
the 20 vacant posts have been filled. “We have begun to turn a corner,” the leader of the council said.

Inspectors praised the staff of the new family centre in Eastgate, who know the children well and see them
often. They found that plans for children in need were clear but were seldom reviewed in time.

The next visit is expected in the autumn. Until then the department for education will keep its adviser in
place, and the neighbouring county will go on lending two of its senior managers."""

REPORT = Article(
    "https://times.example/1", "Northby Times", TITLE, TEXT, NOW, source="northby-times", published=NOW
)


def known(article: Article = REPORT, number: int = 7) -> Known:
    return Known(number, article, sketch(article.text))


def judged(
    article: Article, *, same_address: Known | None, same_title: Sequence[Known], near: Sequence[Known]
) -> Verdict:
    own = sketch(article.text)
    return judge(article, own, same_address=same_address, same_title=same_title, near=near)


def elsewhere(**changes: object) -> Article:
    other = replace(REPORT, url="https://echo.example/9", outlet="Eastgate Echo", source="eastgate-echo")
    return replace(other, **changes)  # type: ignore[arg-type]


def prose(seed: int, length: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(ascii_lowercase)}{chance.randrange(100_000)}" for _ in range(length))


# ---------------------------------------------------------------- the ladder


def test_what_resembles_nothing_is_new() -> None:
    verdict = judged(REPORT, same_address=None, same_title=(), near=())
    assert (verdict.kind, verdict.of, verdict.change) == ("new", None, None)


def test_the_same_page_again_is_the_same() -> None:
    seen_again = replace(REPORT, fetched_at=NOW + timedelta(days=90))
    verdict = judged(seen_again, same_address=known(), same_title=(), near=())
    assert (verdict.kind, verdict.of, verdict.change) == ("same", 7, None)


def test_a_known_address_counts_even_after_years_and_under_another_title() -> None:
    other = replace(REPORT, title="Another headline", fetched_at=NOW + timedelta(days=900))
    verdict = judged(other, same_address=known(), same_title=(), near=(known(number=8),))
    assert (verdict.kind, verdict.of) == ("revision", 7)
    assert "title" in verdict.why


def test_the_same_title_from_the_same_source_within_a_week_is_the_same_article_moved() -> None:
    moved = replace(REPORT, url="https://times.example/2", title=TITLE.replace("'", "’"), published=NOW)
    verdict = judged(moved, same_address=None, same_title=(known(),), near=())
    assert (verdict.kind, verdict.of) == ("revision", 7)
    assert verdict.change is not None
    assert not verdict.change.matters


@pytest.mark.parametrize(
    "other",
    [
        replace(REPORT, published=NOW - timedelta(days=8)),
        replace(REPORT, outlet="Eastgate Echo", source="eastgate-echo"),
        replace(REPORT, title="Inspectors find drift in Westby children's services"),
        replace(REPORT, text=prose(1, 300)),
    ],
    ids=["older than a week", "another source", "another title", "the same title over another text"],
)
def test_a_title_alone_is_not_enough(other: Article) -> None:
    new = replace(REPORT, url="https://times.example/2")
    assert judged(new, same_address=None, same_title=(known(other),), near=()).kind == "new"


def test_articles_without_a_title_are_not_the_same_for_that() -> None:
    bare = replace(REPORT, title="", text="")
    assert judged(bare, same_address=None, same_title=(known(bare),), near=()).kind == "new"


def test_the_latest_of_several_articles_with_one_title_is_meant() -> None:
    older = known(replace(REPORT, published=NOW - timedelta(days=3)), 1)
    newer = known(replace(REPORT, published=NOW - timedelta(days=1)), 2)
    assert judged(REPORT, same_address=None, same_title=(older, newer), near=()).of == 2


# ---------------------------------------------------------------- copies


@pytest.mark.parametrize(
    "copy",
    [
        elsewhere(title="Northby told to do better"),
        elsewhere(title="Northby told to do better", text=TEXT.replace("'", "’").upper()),
        elsewhere(
            title="Northby told to do better",
            text=f"By our reporter\n{TEXT}\nSign up to our newsletter today.",
        ),
        elsewhere(title="Northby told to do better", text="\n\n".join(TEXT.split("\n\n")[:3])),
        elsewhere(title="Northby children's services: drift found", text=TEXT.split("\n\n")[1]),
    ],
    ids=[
        "another headline",
        "other typography",
        "boilerplate around it",
        "cut at the end",
        "a teaser, title alike",
    ],
)
def test_an_agency_report_in_another_paper_is_a_copy(copy: Article) -> None:
    verdict = judged(copy, same_address=None, same_title=(), near=(known(),))
    assert (verdict.kind, verdict.of) == ("copy", 7)
    assert "Northby Times" in verdict.why


@pytest.mark.parametrize(
    "other",
    [
        elsewhere(title="A different day", text=prose(1, 300)),
        elsewhere(title="A different day", text=TEXT.split("\n\n")[0] + " " + prose(1, 200)),
        elsewhere(title="A different day", text=TEXT.split("\n\n")[1]),
        elsewhere(title="The week in the county", text=TEXT + " " + prose(1, 900)),
        elsewhere(published=NOW + timedelta(days=31)),
        replace(REPORT, published=NOW + timedelta(days=8)),
        elsewhere(text=""),
    ],
    ids=[
        "other words",
        "one paragraph quoted",
        "little text, another title",
        "a round-up",
        "a month later",
        "the same source, its weekly form",
        "no text",
    ],
)
def test_what_shares_less_or_means_something_else_is_no_copy(other: Article) -> None:
    assert judged(other, same_address=None, same_title=(), near=(known(),)).kind == "new"


def test_of_several_originals_the_nearest_and_then_the_earliest_is_named() -> None:
    first = known(replace(REPORT, published=NOW - timedelta(days=1)), 3)
    second = known(REPORT, 2)
    half = "\n".join(TEXT.split("\n\n")[:3]) + prose(4, 40)
    cut = known(replace(REPORT, text=half, published=NOW - timedelta(days=2)), 1)
    assert judged(elsewhere(), same_address=None, same_title=(), near=(cut, second, first)).of == 3


def test_a_copy_of_a_copy_names_the_original() -> None:
    copy = replace(known(number=9), duplicate_of=7)
    assert judged(elsewhere(), same_address=None, same_title=(), near=(copy,)).of == 7


def test_what_is_like_one_text_of_a_family_and_unlike_the_others_is_no_copy() -> None:
    strangers = tuple(sketch(prose(seed, 200)) for seed in range(3))
    crowd = replace(known(), family=(known().sketch, *strangers))
    verdict = judged(elsewhere(title="Another day"), same_address=None, same_title=(), near=(crowd,))
    assert verdict.kind == "new"


def test_a_text_that_holds_two_originals_shows_them_to_be_one() -> None:
    paragraphs = TEXT.split("\n\n")
    front = known(replace(REPORT, text="\n".join(paragraphs[:3])), 3)
    back = known(replace(REPORT, text="\n".join(paragraphs[2:])), 4)
    verdict = judged(elsewhere(), same_address=None, same_title=(), near=(front, back))
    assert verdict.of in (3, 4)
    assert {verdict.of, *verdict.also} == {3, 4}


def test_two_originals_that_one_text_is_near_stay_two_when_their_copies_are_unlike() -> None:
    mine = prose(1, 120)
    gallery = f"{mine} {prose(2, 120)}"
    own = known(replace(REPORT, text=mine), 3)
    other = known(replace(REPORT, text=prose(2, 120)), 4)
    crowd = replace(other, family=(other.sketch, *(sketch(f"{prose(2, 30)} {prose(n, 90)}") for n in (5, 6))))
    verdict = judged(elsewhere(text=gallery), same_address=None, same_title=(), near=(own, crowd))
    assert (verdict.of, verdict.also) == (3, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TEXT.split("\n\n")[1], "copy"),
        ("Sign up to our newsletter. " + TEXT.split("\n\n")[1], "new"),
        ("Northby", "new"),
    ],
    ids=["a paragraph", "with small print", "too little to say"],
)
def test_a_short_text_without_a_title_is_known_by_its_words_unless_they_are_small_print(
    text: str, kind: str
) -> None:
    verdict = judged(elsewhere(title="", text=text), same_address=None, same_title=(), near=(known(),))
    assert verdict.kind == kind


def test_two_articles_over_one_list_of_cookies_are_two() -> None:
    consent = " ".join(f"This cookie {prose(n, 6)} and that cookie {prose(n + 50, 6)}." for n in range(40))
    one, other = (replace(REPORT, text=f"{prose(n, 150)} {consent}") for n in (1, 2))
    verdict = judged(replace(other, source="another"), same_address=None, same_title=(), near=(known(one),))
    assert verdict.kind == "new"


@given(st.integers(0, 50), st.integers(80, 900), st.integers(0, 900))
def test_a_text_is_wholly_contained_in_itself_with_more_around_it(seed: int, length: int, more: int) -> None:
    text = prose(seed, length)
    longer = f"{text} {prose(seed + 1000, more)}"
    found = containment(sketch(text), sketch(longer))
    assert found == containment(sketch(longer), sketch(text))
    assert found == 1.0 or (found == 0.0 and more > 2 * length)  # too little of it is sampled to say


@given(st.integers(0, 50), st.integers(80, 900), st.floats(0.0, 1.0))
def test_containment_is_about_the_share_of_the_words_in_common(seed: int, length: int, share: float) -> None:
    kept = int(length * share)
    a = prose(seed, length)
    b = " ".join(a.split()[:kept]) + " " + prose(seed + 1000, length - kept)
    # 64 samples of a proportion: more than four standard errors away would be a fault, not chance.
    assert containment(sketch(a), sketch(b)) == pytest.approx(share, abs=0.3)


# ---------------------------------------------------------------- revisions


def revised(**changes: object) -> Article:
    return replace(REPORT, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "fields"),
    [
        (revised(text=TEXT.replace("inadequate", "requires improvement")), ("text",)),
        (revised(text=TEXT.replace("have not put", "have put")), ("text",)),
        (revised(text=TEXT.replace("14 of", "15 of")), ("text",)),
        (revised(text=TEXT.replace("2 August", "3 August")), ("text",)),
        (revised(text=TEXT.replace("in June", "in July")), ("text",)),
        (revised(text=TEXT.replace("lending two", "lending three")), ("text",)),
        (revised(text=TEXT.replace("Eastgate", "Westgate")), ("text",)),
        (revised(text=TEXT.replace("Northby", "Southby")), ("text",)),
        (revised(title=TITLE.replace("Northby", "Southby")), ("title",)),
        (revised(published=NOW - timedelta(days=2)), ("published",)),
    ],
)
def test_a_changed_grade_denial_number_date_or_name_matters(today: Article, fields: tuple[str, ...]) -> None:
    changed = change(today, REPORT)
    assert changed is not None
    assert (changed.fields, changed.matters) == (fields, True)


@pytest.mark.parametrize(
    ("today", "fields"),
    [
        (revised(text=TEXT.replace("“", '"').replace("”", '"')), ("text",)),
        (revised(text=TEXT.replace("\n\n", "\n")), ("text",)),
        (revised(title=TITLE.replace("'", "’")), ("title",)),
        (revised(text=TEXT.replace("Inspectors praised", "inspectors praised")), ("text",)),
        (revised(text=TEXT.replace("again and again", "many times")), ("text",)),
        (revised(text=TEXT.replace("Until then the", "The")), ("text",)),
        (revised(updated=NOW), ("updated",)),
        (revised(published=NOW + timedelta(minutes=5)), ("published",)),
    ],
)
def test_typography_wording_and_a_fresh_time_stamp_do_not_matter(
    today: Article, fields: tuple[str, ...]
) -> None:
    changed = change(today, REPORT)
    assert changed is not None
    assert (changed.fields, changed.matters) == (fields, False)


@pytest.mark.parametrize(
    "today",
    [
        revised(fetched_at=NOW + timedelta(days=1), byline="Somebody", url="https://times.example/other"),
        revised(text=TEXT.replace(" ", "\u00a0 ").replace("\n\n", "\r\n\r\n\r\n")),
        revised(text="", title="", published=None),
    ],
    ids=["nothing of its matter", "dirt only", "nothing could be read"],
)
def test_no_revision_without_a_real_change(today: Article) -> None:
    assert change(today, REPORT) is None


def test_the_difference_shows_the_sentences_that_went_and_came() -> None:
    changed = change(revised(text=TEXT.replace("last year", "in 2021")), REPORT)
    assert changed is not None
    assert changed.diff.splitlines() == [
        "- The council was rated inadequate last year.",
        "+ The council was rated inadequate in 2021.",
    ]


def test_a_long_difference_is_cut() -> None:
    sentence = "Nothing was as it had been before and nobody could say why"
    today = revised(text="\n".join(f"{sentence} {number} {'so ' * 100}" for number in range(50)))
    changed = change(today, REPORT)
    assert changed is not None
    lines = changed.diff.splitlines()
    assert len(lines) == 13
    assert lines[-1] == "…"
    assert max(map(len, lines)) <= 240


def test_changing_there_and_back_matters_both_ways() -> None:
    other = revised(text=TEXT.replace("Eastgate", "Westgate"))
    there, back = change(other, REPORT), change(REPORT, other)
    assert there is not None
    assert back is not None
    assert there.matters == back.matters
