"""Which sources are watched: names and sets, and the list in the configuration that is edited for people."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from crawlers import registry
from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council
from newsdesk.model import Kind, Source
from presswatch.catalogue import STARTER_SET, Catalogue, Served, listed
from presswatch.compose import desk


def council(slug: str, region: str) -> Council:
    return Council(slug, slug.title(), f"{slug.title()} Council", "1", region, f"{slug}.gov.uk")


def source(name: str, council: str | None = None, covers: tuple[str, ...] = ()) -> Source:
    return Source(
        name=name,
        outlet=name,
        kind=Kind.OTHER,
        url=f"https://{name}.example/",
        reader="feed",
        weekly=(0, 1),
        verified="invented for a test",
        verified_on=date(2026, 11, 22),
        council=council,
        covers=covers,
    )


COUNCILS = {
    each.slug: each
    for each in (
        council("northmarch", "West Midlands"),
        council("southmarch", "West Midlands"),
        council("leeds", "North"),
    )
}
DECLARED = {
    each.name: each
    for each in (
        source("northmarch-news", "northmarch"),
        source("ofsted-northmarch", "northmarch"),
        source("southmarch-news", "southmarch"),
        source("march-times", covers=("northmarch", "southmarch")),
        source("leeds-news", "leeds"),
        source("ministry"),
        source("my-blog"),
    )
}
CATALOGUE = Catalogue(DECLARED, COUNCILS, {"my-blog"})


def chosen(*wanted: str) -> list[str]:
    return list(CATALOGUE.chosen(wanted))


def test_a_council_brings_its_own_pages_and_the_papers_that_cover_it() -> None:
    assert chosen("council:northmarch") == ["northmarch-news", "ofsted-northmarch", "march-times"]


def test_a_region_brings_its_councils() -> None:
    assert chosen("region:West Midlands") == [
        "northmarch-news",
        "ofsted-northmarch",
        "southmarch-news",
        "march-times",
    ]


def test_national_is_what_is_about_no_council_and_not_the_installation_s_own() -> None:
    assert chosen("national") == ["ministry"]


def test_sets_and_names_add_up() -> None:
    assert chosen("leeds-news", "national", "council:leeds") == ["leeds-news", "ministry"]


def test_an_empty_list_is_the_starter_set_and_the_installation_s_own() -> None:
    assert chosen() == ["leeds-news", "my-blog"]
    assert "leeds-news" in STARTER_SET


def test_everything_unknown_is_named_at_once_with_a_guess() -> None:
    with pytest.raises(Mistake) as raised:
        chosen("council:nothmarch", "region:West Midland", "leeds-nws", "national")
    assert raised.value.mistakes == (
        'no council is called "nothmarch", did you mean "northmarch"?',
        'no region is called "West Midland", did you mean "West Midlands"?',
        'no source is called "leeds-nws", did you mean "leeds-news"?',
    )


def test_a_region_may_be_typed_in_any_case() -> None:
    assert CATALOGUE.region("west midlands") == "West Midlands"
    with pytest.raises(Mistake, match="no region"):
        CATALOGUE.region("Wales")


def test_councils_that_are_served_are_counted_by_sort_of_source() -> None:
    assert CATALOGUE.served() == Served(councils=3, newsroom=0, committees=0, official=0)
    kinds = {
        "northmarch-news": Kind.COUNCIL,
        "leeds-news": Kind.COUNCIL,
        "ofsted-northmarch": Kind.INSPECTORATE,
    }
    declared = {name: replace(DECLARED[name], kind=kind) for name, kind in kinds.items()}
    assert Catalogue(declared, COUNCILS, ()).served() == Served(3, newsroom=2, committees=0, official=1)


def test_every_council_of_england_has_a_newsroom_and_an_official_page_here() -> None:
    whole = Catalogue(registry.load(), desk().gazetteer.councils, ())
    assert whole.served() == Served(councils=153, newsroom=153, committees=109, official=153)


# ---------------------------------------------------------------- the list in the configuration


def test_an_empty_list_keeps_what_it_meant_and_its_comment() -> None:
    before = '# What to watch.\nsources = []  # ask Jo first\n\n[smtp]\nhost = ""\n'
    assert listed(before, ["national"]) == before.replace("[]", '["starter", "own", "national"]')


def test_a_list_over_several_lines_keeps_every_comment() -> None:
    before = """database = "sqlite:///x.db"
sources = [
    "leeds-news",   # since 2024
    # the ministry comes later
    "my-blog"  # ours
]
[smtp]
"""
    after = """database = "sqlite:///x.db"
sources = [
    "leeds-news",   # since 2024
    # the ministry comes later
    "my-blog",  # ours
    "national",
    "council:leeds",
]
[smtp]
"""
    assert listed(before, ["national", "council:leeds"]) == after


def test_a_line_that_grows_too_long_becomes_several() -> None:
    after = listed('sources = ["a"]\n', [f"council:northmarch-{number}" for number in range(9)])
    assert max(map(len, after.splitlines())) < 60
    assert tomllib.loads(after)["sources"][0] == "a"


def test_a_missing_list_is_written_before_the_first_table() -> None:
    after = listed('contact = "x@y.example"\n[smtp]\nhost = ""\n', ["national"])
    assert after == 'contact = "x@y.example"\nsources = ["starter", "own", "national"]\n\n[smtp]\nhost = ""\n'


def test_what_is_listed_already_is_not_listed_twice() -> None:
    text = 'sources = ["national"]\n'
    assert listed(text, ["national"]) == text


def test_line_ends_of_windows_stay() -> None:
    after = listed('sources = [\r\n  "a"\r\n]\r\n', ["b"])
    assert after == 'sources = [\r\n  "a",\r\n    "b",\r\n]\r\n'


def test_a_bracket_inside_a_name_or_a_comment_is_no_end() -> None:
    text = 'sources = [\n  "a]b",  # not ] here\n  \'c"d\',\n]\n'
    assert tomllib.loads(listed(text, ["e"]))["sources"] == ["a]b", 'c"d', "e"]


def test_a_list_written_in_an_unusual_way_is_left_to_its_owner() -> None:
    with pytest.raises(Mistake, match='write \\["a", "b"\\]'):
        listed('"sources" = ["a"]\n', ["b"])


NAMES = st.lists(st.from_regex(r"[a-z]{1,8}(:[A-Z][a-z ]{0,9})?", fullmatch=True), max_size=6, unique=True)


@given(NAMES, NAMES, st.booleans(), st.text("#\n ab", max_size=12))
def test_the_edited_list_says_what_was_there_and_what_is_new(
    before: list[str], added: list[str], lines: bool, comment: str
) -> None:
    separator = ",\n  " if lines else ", "
    note = " ".join(comment.split("\n"))
    text = f"a = 1 # {note}\nsources = [{separator.join(map(repr, before))}] # {note}\n[smtp]\nport = 25\n"
    table = tomllib.loads(listed(text, added))
    wanted = list(dict.fromkeys([*(before or ["starter", "own"]), *added]))
    assert table == {"a": 1, "sources": wanted, "smtp": {"port": 25}}
    assert listed(text, added).count(f"# {note}") == text.count(f"# {note}")
