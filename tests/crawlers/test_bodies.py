"""Which part of a page is the article, and what two readers of it make together."""

import pytest

from crawlers.agreement import decided
from crawlers.bodies import body_of
from crawlers.markup import parse
from crawlers.prose import prose_of

PROSE = tuple(
    f"Paragraph {number} of the report says at length what inspectors found when they came to a council."
    for number in ("one", "two", "three", "four", "five")
)
TEXT = "".join(f"<p>{each}</p>" for each in PROSE)


def found(body: str, head: str = "") -> str:
    return prose_of(parse(f"<html><head>{head}</head><body>{body}</body></html>"))


def test_the_article_is_told_from_what_stands_around_it() -> None:
    text = found(
        "<nav><a href='/'>Home</a></nav><div class='story'><h1>Visit</h1>" + TEXT + "</div>"
        "<div class='related-stories'><p>Another story that is told at some length, and ends here.</p></div>"
        "<div id='comments'><p>A reader says at some length what they think of all of this.</p></div>"
        "<footer><p>The publisher's long line about itself and about its standards, which ends.</p></footer>"
    )
    assert text == "\n\n".join(PROSE)


def test_a_name_that_holds_most_of_the_page_is_no_aside() -> None:
    assert found(f"<div class='widget-body'><h1>Visit</h1>{TEXT}</div>") == "\n\n".join(PROSE)


def test_a_standfirst_outside_the_element_of_the_text_belongs_to_it() -> None:
    lead = "Inspectors have come and gone, and the council has more to do than it thought."
    text = found(f"<header></header><h1>Visit</h1><div><p>{lead}</p></div><div class='text'>{TEXT}</div>")
    assert text == "\n\n".join((lead, *PROSE))


def test_a_heading_with_nothing_below_it_is_left_out_and_one_with_text_stays() -> None:
    text = found(f"<article><h1>Visit</h1>{TEXT}<h2>What happens next</h2>{TEXT}<h2>Follow us</h2></article>")
    assert "What happens next" in text
    assert "Follow us" not in text


def test_short_cells_of_a_row_stand_in_one_line() -> None:
    row = "<table><tr><td>Overall effectiveness</td><td>Inadequate</td></tr></table>"
    assert "Overall effectiveness | Inadequate" in found(
        f"<article><h1>Visit</h1>{TEXT}{row}{TEXT}</article>"
    )


def test_what_is_not_shown_is_not_read() -> None:
    hidden = f"<div hidden>{TEXT}</div><div style='display: none'>{TEXT}</div>"
    assert found(f"<article><h1>Visit</h1><p>{PROSE[0]}</p></article>{hidden}") == PROSE[0]


@pytest.mark.parametrize("body", ["", "<nav><a href='/'>Home</a></nav>", "<p>Too short.</p>"])
def test_a_page_without_prose_has_no_article(body: str) -> None:
    assert found(body) == ""


# ---------------------------------------------------------------- two readers


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_where_readers_agree_a_short_end_that_one_passes_over_goes() -> None:
    assert decided(text(*PROSE, "More from us"), text(*PROSE), "") == (text(*PROSE), "agreement")


def test_where_readers_agree_a_paragraph_that_one_has_lost_comes_back_in_its_place() -> None:
    assert decided(text(PROSE[0], *PROSE[2:]), text(*PROSE), "") == (text(*PROSE), "agreement")


def test_between_readers_that_differ_the_page_s_own_statement_decides() -> None:
    other = text(*(each.replace("inspectors", "walkers").replace("report", "song") for each in PROSE))
    stated = text(*PROSE)
    assert decided(text(*PROSE), other, stated) == (text(*PROSE), "page")
    assert decided(other, text(*PROSE), stated) == (text(*PROSE), "trafilatura")
    assert decided(other, other.upper().replace("PARAGRAPH", "verse"), stated)[1] == "json-ld"


def test_a_summary_stated_for_machines_does_not_replace_what_both_readers_found() -> None:
    assert decided(text(*PROSE, *PROSE), text(*PROSE, *PROSE), text(*PROSE))[1] == "agreement"


def test_a_teaser_beside_a_long_text_is_no_article() -> None:
    teaser = " ".join(["Read our other story about the weather and the roads today."] * 5)
    assert decided(text(*PROSE, *PROSE, *PROSE), teaser, "") == (text(*PROSE, *PROSE, *PROSE), "page")


def test_markup_and_shortcodes_in_a_stated_body_are_not_text() -> None:
    stated = "".join(f"<p>{each}</p>[related id=&quot;7&quot;]" for each in (*PROSE, *PROSE))
    body, way = body_of(parse("<html><body><p>Loading the story</p></body></html>"), stated)
    assert (body.split("\n\n")[0], way) == (PROSE[0], "json-ld")
    assert "<p>" not in body
    assert "related" not in body
