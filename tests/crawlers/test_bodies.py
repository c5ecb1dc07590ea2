"""Which part of a page is the article, and what two readers of it make together."""

import pytest

from crawlers.agreement import decided
from crawlers.bodies import body_of
from crawlers.markup import parse
from crawlers.prose import Prose, prose_of

PROSE = tuple(
    f"Paragraph {number} of the report says at length what inspectors found when they came to a council."
    for number in ("one", "two", "three", "four", "five")
)
TEXT = "".join(f"<p>{each}</p>" for each in PROSE)


def found(body: str, head: str = "") -> str:
    return prose_of(parse(f"<html><head>{head}</head><body>{body}</body></html>")).text


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


def both(own: str, other: str, stated: str = "") -> tuple[str, str]:
    return decided(Prose(own), other, stated)


def test_where_readers_agree_a_short_end_that_one_passes_over_goes() -> None:
    assert both(text(*PROSE, "More from us"), text(*PROSE), "") == (text(*PROSE), "agreement")


def test_where_readers_agree_a_paragraph_that_one_has_lost_comes_back_in_its_place() -> None:
    assert both(text(PROSE[0], *PROSE[2:]), text(*PROSE), "") == (text(*PROSE), "agreement")


def test_between_readers_that_differ_the_page_s_own_statement_decides() -> None:
    other = text(*(each.replace("inspectors", "walkers").replace("report", "song") for each in PROSE))
    stated = text(*PROSE)
    assert both(text(*PROSE), other, stated) == (text(*PROSE), "page")
    assert both(other, text(*PROSE), stated) == (text(*PROSE), "trafilatura")
    assert both(other, other.upper().replace("PARAGRAPH", "verse"), stated)[1] == "json-ld"


def test_a_summary_stated_for_machines_does_not_replace_what_both_readers_found() -> None:
    assert both(text(*PROSE, *PROSE), text(*PROSE, *PROSE), text(*PROSE))[1] == "agreement"


SCORES = tuple(f"Northmarch Rovers {number} Westmere Town nil" for number in range(12))


def test_an_article_of_lines_too_short_for_prose_is_the_other_reader_s() -> None:
    assert both(text(*PROSE), text(*PROSE, *SCORES)) == (text(*PROSE, *SCORES), "trafilatura")


def test_what_our_reader_refused_does_not_come_back_by_the_other() -> None:
    items = tuple(f"• {score}" for score in SCORES)
    other = text(*PROSE[:3], *items, *PROSE[3:])
    assert decided(Prose(text(*PROSE), refused=frozenset(SCORES)), other, "") == (text(*PROSE), "agreement")
    assert decided(Prose(text(*PROSE), linked=frozenset(SCORES)), other, "") == (text(*PROSE), "agreement")
    assert both(text(*PROSE), text(*PROSE[:3], items[0], *PROSE[3:]))[0].count("•") == 1


def test_a_second_headline_that_only_one_reader_passes_begins_another_article() -> None:
    other_story = tuple(each.replace("council", "harbour").replace("report", "song") for each in PROSE)
    own = text(*PROSE, "Harbour to be rebuilt", *other_story)
    turned = Prose(own, turns=frozenset(("Harbour to be rebuilt",)))
    assert decided(turned, text(*PROSE), "") == (text(*PROSE), "agreement")
    assert decided(Prose(own), text(*PROSE), "")[0].endswith(other_story[-1])


def test_a_box_that_opens_with_related_stories_holds_no_part_of_the_article() -> None:
    other = "<p>Another story that is told at some length, and ends here, in the middle of nowhere.</p>"
    for box in (
        f"<div><h3>Related stories</h3>{other}</div>",
        f"<section><p>Read more:</p>{other}</section>",
    ):
        assert found(f"<article><h1>Visit</h1>{TEXT}{box}{TEXT}</article>") == text(*PROSE, *PROSE)


def test_words_of_consent_are_no_article_however_many() -> None:
    words = "".join(f"<p>{each.replace('inspectors', 'vendors')}</p>" for each in PROSE * 3)
    assert found(f"<h1>Visit</h1><div>{TEXT}</div><div id='onetrust-pc'>{words}</div>") == text(*PROSE)


def test_a_teaser_beside_a_long_text_is_no_article() -> None:
    teaser = " ".join(["Read our other story about the weather and the roads today."] * 5)
    assert both(text(*PROSE, *PROSE, *PROSE), teaser, "") == (text(*PROSE, *PROSE, *PROSE), "page")


def test_markup_and_shortcodes_in_a_stated_body_are_not_text() -> None:
    stated = "".join(f"<p>{each}</p>[related id=&quot;7&quot;]" for each in (*PROSE, *PROSE))
    body, way = body_of(parse("<html><body><p>Loading the story</p></body></html>"), stated)
    assert (body.split("\n\n")[0], way) == (PROSE[0], "json-ld")
    assert "<p>" not in body
    assert "related" not in body
