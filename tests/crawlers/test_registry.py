"""Declarations: what is accepted, and how every mistake is explained."""

import json
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from crawlers import registry
from crawlers.declarations import Reader
from crawlers.readers import READERS
from newsdesk.errors import Mistake
from newsdesk.model import Kind

GOOD = """
[[source]]
name = "northmarch-news"
outlet = "Northmarch Council"
kind = "council"
url = "https://www.northmarch.gov.uk/rss/news"
reader = "feed"
council = "northmarch"
weekly = [1, 20]
verified = "fetched by hand and read"
verified_on = 2026-11-21
"""


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(Mistake) as raised:
        registry.load(folder)
    return [each.removeprefix(f"{folder}/") for each in raised.value.mistakes]


def write(folder: Path, text: str, name: str = "mine.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_the_packaged_sources_are_in_order() -> None:
    sources = registry.load()
    assert {"ofsted-news", "ofsted-herefordshire", "hereford-times", "cypnow"} <= sources.keys()
    assert all(source.reader in READERS for source in sources.values())
    assert all(name == source.name for name, source in sources.items())


def test_nothing_is_quoted_from_the_press_without_a_licence() -> None:
    press = [
        each for each in registry.load().values() if each.kind in (Kind.TRADE, Kind.LOCAL, Kind.BROADCASTER)
    ]
    assert press
    assert all(each.snippet == 0 and each.licence is None for each in press)


def test_an_installation_adds_its_own(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    source = registry.load(tmp_path)["northmarch-news"]
    assert (source.weekly, source.council, source.kind) == ((1, 20), "northmarch", Kind.COUNCIL)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("outlett =", "outlet =", '4: outlett: is not a key of a source, did you mean "outlet"?'),
        (
            '"councl"',
            '"council"',
            "5: kind: 'councl' is none of council, committee, inspectorate, government, trade, local,"
            ' broadcaster, other, did you mean "council"?',
        ),
        (
            '"feeds"',
            '"feed"',
            "7: reader: 'feeds' is none of feed, sitemap, listing, evergreen, committee, govuk, ofsted,"
            " contensis, drupal, goss, govdelivery, jadu, localgov-drupal, mynewsdesk, prgloo, sharepoint,"
            ' wordpress, did you mean "feed"?',
        ),
        (
            '"ftp://x.org/"',
            '"https://www.northmarch.gov.uk/rss/news"',
            "6: url: is not a web address that can be visited",
        ),
        (
            '"https://www.headtopics.com/uk"',
            '"https://www.northmarch.gov.uk/rss/news"',
            "6: url: is a site that copies others; declare the outlet itself",
        ),
        ("[20, 1]", "[1, 20]", "9: weekly: the least comes first, then the most"),
        ("[1]", "[1, 20]", "9: weekly: holds too little: give the least and the most"),
        (
            '"Northmarch news"',
            '"northmarch-news"',
            "3: name: is lower-case words and figures, joined by hyphens",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_key_and_a_guess(
    tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    write(tmp_path, GOOD.replace(right, wrong))
    assert f"mine.toml:{said}" in mistakes(tmp_path)


def test_every_mistake_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("[1, 20]", "[0, 0]").replace('"council"', '"press"'), "a.toml")
    write(tmp_path, "source = [", "b.toml")
    write(tmp_path, GOOD + GOOD.replace("outlet =", "outet ="), "c.toml")
    found = mistakes(tmp_path)
    assert [each.partition(":")[0] for each in found] == ["a.toml", "a.toml", "b.toml", "c.toml", "c.toml"]
    assert any(each.startswith("c.toml:15: outet: ") for each in found), found


def test_quoting_without_a_licence_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GOOD + "snippet = 280\n")
    assert mistakes(tmp_path) == [
        "mine.toml:12: snippet: quoting needs a licence; name it, or leave snippet at 0"
    ]


def test_an_option_its_reader_does_not_know_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GOOD + 'options = { host = "bbc.co.uk" }\n')
    assert mistakes(tmp_path) == [
        "mine.toml:12: options.host: reader 'feed' has no such option, did you mean \"hosts\"?"
    ]


def test_what_is_said_in_one_page_has_no_page_behind_it(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('"feed"', '"evergreen"') + 'pages = "html"\n')
    assert mistakes(tmp_path) == [
        'mine.toml:12: pages: an evergreen page says all there is itself; set pages = "none"'
    ]


def test_every_reader_can_be_declared_and_every_declared_one_exists() -> None:
    assert set(get_args(Reader)) == set(READERS)


def test_a_selector_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('"feed"', '"listing"') + '[source.options]\nitem = "li[["\n')
    assert mistakes(tmp_path)[0].startswith("mine.toml:13: options.item: 'li[[' is no CSS selector: ")


def test_two_sources_of_one_name_or_of_one_page_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.toml")
    write(
        tmp_path,
        GOOD.replace('name = "northmarch-news"', 'name = "again"').replace(
            "/rss/news", "/rss/news/?utm_source=x"
        ),
        "b.toml",
    )
    write(tmp_path, GOOD.replace("/rss/news", "/news"), "c.toml")
    assert mistakes(tmp_path) == [
        f"b.toml:3: url: the same page is already watched in {tmp_path}/a.toml:3",
        f"c.toml:3: name: 'northmarch-news' is already declared in {tmp_path}/a.toml:3",
    ]


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="there is no such folder"):
        registry.load(tmp_path / "nowhere")


def test_the_written_schema_is_the_one_the_code_gives() -> None:
    written = (files("crawlers") / "source.schema.json").read_text("utf-8")
    assert json.loads(written) == registry.schema()


def test_councils_that_do_not_exist_are_named_with_their_line_and_a_guess(tmp_path: Path) -> None:
    known = {"northmarch", "southmarch"}
    write(tmp_path, GOOD + 'covers = ["northmarch", "suthmarch"]\n')
    packaged = {each.council for each in registry.load().values() if each.council}
    packaged |= {slug for each in registry.load().values() for slug in each.covers}
    registry.load(councils=packaged)
    with pytest.raises(Mistake) as raised:
        registry.load(tmp_path, councils=known - {"northmarch"} | packaged)
    assert list(raised.value.mistakes) == [
        f'{tmp_path}/mine.toml:8: council: no council is called "northmarch", did you mean "southmarch"?',
        f'{tmp_path}/mine.toml:12: covers: no council is called "northmarch", did you mean "southmarch"?',
        f'{tmp_path}/mine.toml:12: covers: no council is called "suthmarch", did you mean "southmarch"?',
    ]
