import re
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from newsdesk.model import Digest, Event, Unseen
from notifications.render import HTML_BUDGET, Rendered, render
from tests.notifications.examples import (
    COUNCILS,
    NOW,
    at,
    digest,
    inspection,
    monitoring_visit,
    report,
    story,
)
from tests.notifications.reader import Read

WAY_OUT = "https://digest.example/stop/abc"


def rendered(told: Digest) -> Rendered:
    return render(told, councils=COUNCILS, now=NOW, unsubscribe=(WAY_OUT,))


def plain(text: str) -> str:
    return " ".join(text.split())


EXAMPLE = digest(
    monitoring_visit(),
    inspection(),
    updated=frozenset({0}),
    unseen=(Unseen("Care Weekly", "the server refused us", at(1)),),
)


@pytest.mark.parametrize(
    "said",
    [
        "Friday 4 August 2023",
        "2 stories: 1 with a new judgement, 1 updated since your last digest.",
        "Full inspection: inspected 5 to 16 June 2023; published 1 August 2023",
        "New judgement",
        "Overall: Inadequate (new)",
        "Children in care: Requires improvement (new)",
        "Earlier grade: Good, 11 March 2019",
        "Updated since your last digest",
        "Second monitoring visit: visited 28 to 29 June 2023; published 2 August 2023; latest report",
        "Earlier grade: Inadequate, July 2022",
        "Improvement partner: Kestrel Vale",
        "steadier work, from a low base.” – Rivermouth Council",
        "Primary document",
        "Rivermouth Council: Ofsted publishes letter on its second monitoring visit, 2 August 2023",
        "he same text also at Fenland Post, Vale Advertiser",
        "Care Weekly: Turnover slows improvement, letter warns, 3 August 2023",
        "Care Weekly: the server refused us, since 1 August 2023",
        "Prepared at 07:00 on Friday 4 August 2023",
        "You asked for this digest, “Directors”.",
    ],
)
def test_both_parts_tell_the_reader(said: str) -> None:
    told = rendered(EXAMPLE)
    assert said in Read(told.html).text
    assert said in plain(told.text)


def test_the_headings_lead_from_the_digest_to_the_council_to_the_story() -> None:
    assert Read(rendered(EXAMPLE).html).headings == [
        ("h1", "Children’s services news"),
        ("h2", "Stonebridge"),
        ("h3", "Stonebridge children’s services rated inadequate"),
        ("h2", "Rivermouth"),
        ("h3", monitoring_visit().headline),
        ("h2", "What we could not see"),
    ]


def test_the_way_out_is_in_the_first_screen_and_at_the_end_and_in_the_text() -> None:
    told = rendered(EXAMPLE)
    links = Read(told.html).links
    assert links[0] == links[-1] == ("Unsubscribe", WAY_OUT)
    assert told.text.count(f"Unsubscribe: {WAY_OUT}") == 2
    assert "Unsubscribe" not in render(EXAMPLE, councils=COUNCILS, now=NOW).html


def test_link_words_name_a_story_or_an_outlet_and_every_address_is_in_the_text_too() -> None:
    told = rendered(EXAMPLE)
    links = Read(told.html).links
    assert all(len(words) > 5 and words.lower() not in {"read more", "click here"} for words, _ in links)
    copies = {"https://news.example/13", "https://news.example/14"}
    assert {url for _, url in links} - copies <= set(told.text.split())


def test_nothing_is_loaded_from_anywhere_and_nothing_follows_the_reader() -> None:
    told = rendered(EXAMPLE)
    read = Read(told.html)
    assert set(read.tags).isdisjoint({"img", "script", "link", "iframe", "form", "input", "video", "object"})
    assert {name for _, name, _ in read.attributes}.isdisjoint(
        {"src", "background", "srcset", "ping", "onclick"}
    )
    assert "url(" not in told.html
    assert "@import" not in told.html
    assert all(url.startswith(("https://", "http://")) for _, url in read.links)


def test_the_page_says_its_language_its_title_and_that_its_table_is_for_layout() -> None:
    told = rendered(EXAMPLE)
    read = Read(told.html)
    assert ("html", "lang", "en-GB") in read.attributes
    assert read.title == told.subject
    tables = [value for tag, name, value in read.attributes if (tag, name) == ("table", "role")]
    assert tables == ["presentation"] == ["presentation"] * read.tags.count("table")
    assert ("meta", "content", "light dark") in read.attributes
    assert "@media (prefers-color-scheme: dark)" in told.html


def test_a_mailbox_previews_a_real_sentence() -> None:
    assert Read(rendered(EXAMPLE).html).preview == "Also Rivermouth: monitoring visit letter (updated)."


def test_styles_are_inlined_so_that_clients_without_style_sheets_show_them() -> None:
    read = Read(rendered(EXAMPLE).html)
    styles = {tag: value for tag, name, value in read.attributes if name == "style"}
    assert {"h1", "h2", "h3", "p", "ul", "a", "td"} <= set(styles)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_text_colour_has_contrast_in_light_and_in_dark() -> None:
    head, _, body = rendered(EXAMPLE).html.partition("<body")
    for css in (body, head):
        texts = set(re.findall(r"(?<![-\w])color: ?(#[0-9a-f]{6})", css))
        grounds = set(re.findall(r"background: ?(#[0-9a-f]{6})", css))
        assert len(texts) >= 4
        assert len(grounds) == 2
        assert all(contrast(text, ground) >= 4.5 for text in texts for ground in grounds)


def test_an_empty_digest_is_a_whole_mail() -> None:
    told = rendered(digest())
    assert "Nothing new since your last digest." in Read(told.html).text
    assert "Nothing new since your last digest." in told.text
    assert [words for tag, words in Read(told.html).headings if tag == "h2"] == []


def test_three_hundred_stories_stay_within_the_budget_and_say_how_many_more() -> None:
    stories = [replace(monitoring_visit(), headline=f"Story number {number}.") for number in range(299)]
    told = rendered(digest(*stories, inspection()))
    assert len(told.html.encode()) <= HTML_BUDGET
    read = Read(told.html)
    shown = [words for tag, words in read.headings if tag == "h3"]
    assert len(shown) > 20
    assert shown[0] == inspection().headline
    more = f"{300 - len(shown)} more stories did not fit into this email"
    assert more in read.text
    assert more in told.text.replace("\n", " ")
    assert "presswatch stories --since 2023-08-02" in read.text
    assert "presswatch stories --since 2023-08-02" in told.text
    assert all(headline in told.text for headline in shown)


def test_one_endless_story_stays_within_the_budget() -> None:
    endless = story(
        "word " * 9_000,
        reports=tuple(
            report(
                number,
                outlet="o" * 9_000,
                title=f"{number}" + "t" * 9_000,
                url="https://x.example/" + "u" * 1_900,
                snippet="s" * 9_000,
            )
            for number in range(60)
        ),
    )
    hopeless = tuple(Unseen("o" * 9_000, "r" * 9_000, at(1)) for _ in range(60))
    assert len(rendered(digest(endless, endless, unseen=hopeless)).html.encode()) <= HTML_BUDGET


def test_lines_of_the_text_part_are_short_unless_they_hold_an_address() -> None:
    long_lines = [line for line in rendered(EXAMPLE).text.splitlines() if len(line) > 72]
    assert [line for line in long_lines if "://" not in line] == []


HOSTILE = st.text() | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}{% for x in y %}",
        "</title></style><b>",
        "&lt;b&gt;",
        "=?utf-8?q?=0D=0ABcc:_a@b.c?=",
    ]
)
HARMLESS = rendered(
    digest(story("x", event=Event.OTHER, reports=(report(outlet="o", title="t", snippet="s"),)))
)


@settings(max_examples=150, deadline=None)
@given(headline=HOSTILE, outlet=HOSTILE, title=HOSTILE, snippet=HOSTILE, url=HOSTILE)
def test_no_words_from_outside_become_markup(
    headline: str, outlet: str, title: str, snippet: str, url: str
) -> None:
    hostile = report(outlet=outlet, title=title, snippet=snippet, url=url or "x")
    told = rendered(digest(story(headline, event=Event.OTHER, reports=(hostile,))))
    read, harmless = Read(told.html), Read(HARMLESS.html)
    assert set(read.tags) <= set(harmless.tags)
    assert {(tag, name) for tag, name, _ in read.attributes} <= {
        (tag, name) for tag, name, _ in harmless.attributes
    }
    assert all(url.startswith(("http://", "https://")) for _, url in read.links)


def test_template_marks_in_a_headline_are_only_text() -> None:
    told = rendered(digest(story("{{ 7 * 7 }} {% for x in y %} {# z #}")))
    assert "{{ 7 * 7 }} {% for x in y %} {# z #}" in Read(told.html).text
    assert "{{ 7 * 7 }} {% for x in y %} {# z #}" in told.text
