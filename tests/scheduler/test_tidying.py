"""What was let go is still known: it neither comes back as new nor as changed."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.retention import Retention
from scheduler import subscribing
from scheduler.filing import file
from scheduler.tidying import tidy
from storage import Store
from tests.scheduler.houses import DAY, LETTER, Clock, article, house
from tests.storage.made import reader


def test_an_article_whose_text_was_let_go_is_still_the_same_article(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    first = file(home, article(LETTER))
    clock.at += 401 * DAY
    tidied = tidy(home)
    assert (tidied.texts, tidied.samples) == (1, 1)
    again = file(home, article(LETTER, fetched_at=clock.at))
    assert (again.outcome, again.article, again.story) == ("same", first.article, first.story)
    renamed = file(home, article(replace(LETTER, title=f"{LETTER.title}: full text"), fetched_at=clock.at))
    assert (renamed.outcome, renamed.article) == ("revision", first.article)
    with store.read() as tx:
        assert tx.articles.get(first.article).article.text == LETTER.text


def test_the_house_says_for_how_long_things_are_kept(store: Store, clock: Clock) -> None:
    file(house(store, clock), article(LETTER))
    clock.at += 61 * DAY
    assert tidy(house(store, clock)).texts == 0
    assert tidy(house(store, clock, retention=Retention(texts=timedelta(60)))).texts == 1


def test_an_article_that_never_had_a_text_may_still_get_one(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    first = file(home, article(replace(LETTER, text="")))
    again = file(home, article(LETTER))
    assert (again.outcome, again.article) == ("revision", first.article)


def test_those_who_left_long_ago_are_forgotten(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    subscription = reader(store, "director@northmarch.example")
    subscribing.leave(home, subscription.subscriber, source="this test")
    assert tidy(home).readers == 0
    clock.at += 29 * DAY
    assert tidy(home).readers == 1
    with store.read() as tx:
        assert [each.address for each in tx.subscribers.list()] == [None]
