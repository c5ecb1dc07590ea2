import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from newsdesk.history import History, Inspection
from newsdesk.model import Area, Digest, Event, Grade, Kind, Shown, Unseen
from newsdesk.searches import Search
from notifications.footer import Terms
from notifications.render import HTML_BUDGET, Press, Rendered
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
MANAGE = "https://digest.example/manage/abc"
TERMS = Terms(
    sender="Presswatch <digest@presswatch.example>",
    search=Search(councils=frozenset({"rivermouth", "stonebridge"})),
    unsubscribe=(WAY_OUT,),
    manage=MANAGE,
)
RECORD = History(
    (Inspection("rivermouth", date(2022, 9, 21), None, "2022-07-29", {Area.OVERALL: Grade.INADEQUATE}),)
)


def rendered(told: Digest) -> Rendered:
    trusts = {"stonebridge": "Stonebridge Children’s Trust"}
    return Press(COUNCILS, trusts=trusts, history=RECORD).digest(told, now=NOW, terms=TERMS)


def plain(text: str) -> str:
    return " ".join(text.split())


_TOLD = digest(
    monitoring_visit(),
    inspection(),
    updated=frozenset({0}),
    unseen=(Unseen("Care Weekly", "the server refused us", at(1)),),
)
EXAMPLE = replace(
    _TOLD, items=tuple(replace(each, shown=Shown((12,)) if each.updated else None) for each in _TOLD.items)
)


@pytest.mark.parametrize(
    "said",
    [
        "Friday 4 August 2023",
        "2 stories: 1 with a new judgement, 1 updated since your last digest.",
        "Services run by Stonebridge Children’s Trust",
        "inspected 5 to 16 June 2023; published 1 August 2023",
        "New judgement (before: 11 March 2019)",
        "Children in care",
        "Requires improvement",
        "down from good",
        "Next: the council’s action plan, published by 8 November 2023",
        "Next: a monitoring visit, likely around September 2023",
        "Updated since your last digest: new document from Rivermouth Council; 1 more report",
        "Second monitoring visit",
        "visited 28 to 29 June 2023; published 2 August 2023",
        "Last full inspection: Inadequate overall, July 2022",
        "Improvement partner: Kestrel Vale",
        "steadier work, from a low base.” – Rivermouth Council",
        "Document: Ofsted publishes letter on its second monitoring visit, Rivermouth Council, 2 August 2023",
        "Rivermouth Echo (same text in Fenland Post and Vale Advertiser)",
        "Care Weekly: the server refused us, since 1 August 2023",
        "You subscribed to “Directors”: Rivermouth or Stonebridge.",
        "Sent by Presswatch (digest@presswatch.example), prepared at 07:00 on Friday 4 August 2023",
        "no tracking",
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


def test_the_ways_to_change_and_to_stop_are_in_the_first_screen_and_at_the_end_and_in_the_text() -> None:
    told = rendered(EXAMPLE)
    links = Read(told.html).links
    ways = [("Change what you get", MANAGE), ("Unsubscribe", WAY_OUT)]
    assert links[:2] == links[-2:] == ways
    assert told.text.count(f"Unsubscribe: {WAY_OUT}") == 2
    assert told.text.count(f"Change what you get: {MANAGE}") == 2
    assert "Unsubscribe" not in Press(COUNCILS).digest(EXAMPLE, now=NOW).html
    terms = Terms(unsubscribe=(WAY_OUT,))
    assert Read(Press(COUNCILS).digest(EXAMPLE, now=NOW, terms=terms).html).links[0] == ways[1]


def test_link_words_name_a_story_or_an_outlet_and_every_address_is_in_the_text_too() -> None:
    told = rendered(EXAMPLE)
    read = Read(told.html)
    assert all(len(words) > 5 and words.lower() not in {"read more", "click here"} for words, _ in read.links)
    assert {url for _, url in read.links} <= set(told.text.split())
    labels = [value for tag, name, value in read.attributes if (tag, name) == ("a", "aria-label")]
    assert "Care Weekly: Turnover slows improvement, letter warns" in labels


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


def test_the_page_says_its_language_its_title_and_what_its_parts_are_for() -> None:
    told = rendered(EXAMPLE)
    read = Read(told.html)
    assert ("html", "lang", "en-GB") in read.attributes
    assert read.title == told.subject
    roles = [value for _, name, value in read.attributes if name == "role"]
    assert roles == ["presentation", "banner", "main", "contentinfo"]
    assert ("meta", "content", "light dark") in read.attributes
    assert "@media (prefers-color-scheme: dark)" in told.html


def test_grades_are_a_table_whose_rows_have_headings() -> None:
    read = Read(rendered(EXAMPLE).html)
    assert read.tags.count("table") == 2
    assert read.tags.count("caption") == 1
    assert [value for tag, name, value in read.attributes if (tag, name) == ("th", "scope")] == ["row"] * 4
    assert "Overall Inadequate ▼ down from good" in read.text  # the steps are for the eye alone


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
        assert not {"#000000", "#ffffff"} & (texts | grounds)
        assert all(contrast(text, ground) >= 4.5 for text in texts for ground in grounds)


def test_an_empty_digest_is_a_whole_mail() -> None:
    told = rendered(digest())
    assert "Nothing new since your last digest." in Read(told.html).text
    assert "Nothing new since your last digest." in told.text
    assert [words for tag, words in Read(told.html).headings if tag == "h2"] == []


def test_one_press_prints_for_each_reader_what_concerns_that_reader() -> None:
    press = Press(COUNCILS)
    first = press.digest(EXAMPLE, now=NOW, terms=TERMS)
    news = replace(
        EXAMPLE, name="Others", items=tuple(replace(each, updated=False) for each in EXAMPLE.items)
    )
    second = press.digest(news, now=NOW)
    assert "Updated since your last digest" in first.html
    assert "Updated since" not in second.html + second.text
    assert "“Others”" in second.html
    assert WAY_OUT not in second.html
    assert press.digest(EXAMPLE, now=NOW, terms=TERMS) == first


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
        "\u202eevil\u2066 \u200bwords\r\nBcc: a@b.c",
        "<!--{% raw %}--> --><b>",
        "x" * 10_000,
    ]
)
HARMLESS = rendered(
    digest(story("x", event=Event.OTHER, reports=(report(outlet="o", title="t", snippet="s"),)))
)
OFFICIAL = rendered(
    digest(
        story(
            "x",
            event=Event.OTHER,
            reports=(report(kind=Kind.COUNCIL, outlet="o", title="t", snippet="s"), report(2)),
        )
    )
)


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from([Kind.LOCAL, Kind.COUNCIL]),
    headline=HOSTILE,
    title=HOSTILE,
    words=HOSTILE,
    url=HOSTILE,
)
def test_no_words_from_outside_become_markup(
    kind: Kind, headline: str, title: str, words: str, url: str
) -> None:
    hostile = report(kind=kind, outlet=words, title=title, snippet=words, url=url or "x")
    told = rendered(digest(story(headline, event=Event.OTHER, reports=(hostile,))))
    read, harmless = Read(told.html), [Read(HARMLESS.html), Read(OFFICIAL.html)]
    assert set(read.tags) <= {tag for each in harmless for tag in each.tags}
    assert {(tag, name) for tag, name, _ in read.attributes} <= {
        (tag, name) for each in harmless for tag, name, _ in each.attributes
    }
    assert all(url.startswith(("http://", "https://")) for _, url in read.links)
    assert not {"\u202e", "\u2066", "\u200b", "\r"} & set(told.html + told.text)


def test_template_marks_in_a_headline_are_only_text() -> None:
    told = rendered(digest(story("{{ 7 * 7 }} {% for x in y %} {# z #}")))
    assert "{{ 7 * 7 }} {% for x in y %} {# z #}" in Read(told.html).text
    assert "{{ 7 * 7 }} {% for x in y %} {# z #}" in told.text
