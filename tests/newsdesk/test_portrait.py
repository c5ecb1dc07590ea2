"""What an article dwells on: places, names and common words."""

from hypothesis import given, strategies as st

from newsdesk.portrait import COMMON, portrait, stem

TITLE = "Northby quarry closes"
TEXT = "The quarry in Northby will close. Drivers from the quarry met at dawn, said a porter from Westby."


def test_what_comes_first_weighs_more() -> None:
    drawn = portrait("", "Herons nested. " + "Otters swam. " * 3 + "Badgers slept.")
    assert drawn["heron"] > drawn["badger"]


def test_what_is_repeated_weighs_more() -> None:
    drawn = portrait("", "otters herons otters otters")
    assert drawn["otter"] > drawn["heron"]


def test_names_and_figures_weigh_more_than_other_words_in_the_same_place() -> None:
    small, name = portrait("", "the heron left"), portrait("", "the Heron left")
    assert name["heron"] > small["heron"]
    assert portrait("", "the 4,711 left")["4,711"] == name["heron"]


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    drawn = portrait("", "the Quarry and the quarry")
    assert drawn == portrait("", "the quarry and the quarry")


def test_words_that_most_articles_hold_are_left_out() -> None:
    assert portrait(TITLE, TEXT).keys().isdisjoint({"the", "in", "from", "at", "a"})
    assert COMMON["the"] > 0.9


def test_forms_of_one_noun_are_one_term() -> None:
    assert {stem(each) for each in ("inspector", "inspectors", "inspector's")} == {"inspector"}
    assert {stem(each) for each in ("county", "counties")} == {"county"}
    assert [stem(each) for each in ("crisis", "bus", "loss", "gas")] == ["crisis", "bus", "loss", "gas"]


def test_the_end_of_a_long_article_is_not_read() -> None:
    long = "herons and otters went by, " * 200
    assert portrait(TITLE, f"{long} badgers") == portrait(TITLE, long)


@given(st.text(), st.text())
def test_every_strength_is_above_zero(title: str, text: str) -> None:
    assert all(strength > 0 for strength in portrait(title, text).values())


def test_nothing_written_is_nothing_told() -> None:
    assert portrait("", "") == {}
