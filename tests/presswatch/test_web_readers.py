"""Where readers answer: a GET asks, a POST acts, and nobody learns who subscribes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

import pytest
from sqlalchemy import create_engine, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from newsdesk.deliveries import Attempt, Bounce, Suppression
from newsdesk.errors import Mistake
from newsdesk.leaving import trace
from newsdesk.model import Delivery
from newsdesk.readers import Consent, Subscription
from newsdesk.slots import Bell
from newsdesk.tokens import Doors, Tokens
from presswatch.web.readers import routes
from scheduler import digesting, subscribing
from scheduler.filing import file
from scheduler.house import House
from storage import Store
from storage.engine import address_of
from storage.tables import metadata
from tests.scheduler.houses import ADDRESS, DESK, NOW, Clock, article, house, reader

DOORS = Doors("https://news.example.org", Tokens(["a secret"]))
SEVEN = datetime(2026, 3, 6, 7, tzinfo=UTC)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store.open(store_url)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock, doors=DOORS)


@pytest.fixture
def client(home: House) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(lambda: home)), base_url=DOORS.address) as client:
        yield client


def waiting(home: House) -> list[Delivery]:
    with home.store.read() as tx:
        return [each for each in tx.outbox.list(100) if each.state == "queued"]


def parsed(mail: Delivery) -> EmailMessage:
    message = message_from_bytes(mail.mail, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def link_in(mail: Delivery) -> str:
    part = parsed(mail).get_body(("plain",))
    assert part is not None
    (found,) = re.findall(r"https://news\.example\.org/\S+", part.get_content())
    return str(found)


def _same(home: House) -> House:
    return home


def everything_in(url: str) -> str:
    """Every value of every row."""
    engine = create_engine(address_of(url))
    with engine.connect() as connection:
        rows = [
            tuple(row)
            for table in metadata.sorted_tables
            for row in connection.execute(text(f"SELECT * FROM {table.name}"))
        ]
    engine.dispose()
    return str(rows)


def live(home: House) -> list[Subscription]:
    with home.store.read() as tx:
        return tx.subscriptions.list()


def sign_up(client: TestClient, **said: str) -> int:
    answer = client.post("/subscribe", data={"email": "a@example.org", "council": "leeds"} | said)
    return int(answer.status_code)


def test_whoever_subscribes_is_asked_by_mail_and_told_nothing_before_they_confirm(
    client: TestClient, home: House, clock: Clock
) -> None:
    assert sign_up(client) == 200
    (asked,) = waiting(home)
    assert (asked.kind, asked.recipient) == ("confirmation", "a@example.org")
    clock.at = SEVEN
    assert digesting.draw_due(home) == []
    link = link_in(asked)
    for _ in range(2):  # a scanner opens it, and opens it again
        assert "Yes, send it to me" in client.get(link).text
    assert live(home)[0].since is None
    assert "Thank you" in client.post(link).text
    assert live(home)[0].since == SEVEN
    assert "is sent to you" in client.get(link).text
    with home.store.read() as tx:
        record = tx.subscribers.consents(live(home)[0].subscriber)
    assert [each.kind for each in record] == [Consent.REQUESTED, Consent.CONFIRMED]


def test_a_confirmation_is_good_for_three_days(client: TestClient, home: House, clock: Clock) -> None:
    sign_up(client)
    link = link_in(waiting(home)[0])
    clock.at += timedelta(hours=73)
    answer = client.post(link)
    assert (answer.status_code, live(home)[0].since) == (400, None)
    assert "good for three days" in answer.text


def test_one_click_in_a_mail_program_ends_a_subscription_without_a_question(
    client: TestClient, home: House, clock: Clock
) -> None:
    reader(home)
    file(home, article())
    clock.at = SEVEN
    digesting.draw_due(home)
    mail = parsed(waiting(home)[0])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    assert "Yes, stop them" in client.get(link).text
    assert len(live(home)) == 1
    for _ in range(2):
        assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert live(home) == []


def test_a_reader_manages_what_is_theirs_and_only_that(client: TestClient, home: House) -> None:
    mine, other = reader(home), reader(home, "other@example.org")
    door = DOORS.manage(mine.subscriber)
    assert "director@northmarch.example" in client.get(door).text
    client.post(door, data={"do": "change", "subscription": mine.id, "cadence": "weekdays", "at": "06:30"})
    assert live(home)[0].bell == Bell(live(home)[0].bell.cadence.WEEKDAYS, "Europe/London", "06:30")
    assert client.post(door, data={"do": "end", "subscription": other.id}).status_code == 400
    assert (
        client.post(
            door, data={"do": "change", "subscription": mine.id, "cadence": "daily", "at": "01:30"}
        ).status_code
        == 400
    )
    record = client.post(door, data={"do": "export"}).json()
    assert (record["address"], len(record["consents"])) == ("director@northmarch.example", 3)
    client.post(door, data={"do": "leave"})
    assert [each.id for each in live(home)] == [other.id]


def test_an_erased_address_is_nowhere_any_more(
    client: TestClient, home: House, clock: Clock, store_url: str
) -> None:
    mine = reader(home, agreed=f"a letter of {ADDRESS}")
    file(home, article())
    clock.at = SEVEN
    digesting.draw_due(home)
    with home.store.begin() as tx:
        (sent,) = tx.outbox.list(10)
        tx.attempts.note(
            [Attempt(sent.id, "email", NOW, 0.1, "failed", said=f"550 <{ADDRESS}>: no such user")]
        )
        tx.suppressions.note(Bounce("key", "hard", NOW, ADDRESS, sent.id, said=f"550 <{ADDRESS}>"))
        tx.suppressions.park(Suppression(ADDRESS, "bounced", NOW, f"550 <{ADDRESS}>"))
    assert ADDRESS in everything_in(store_url)
    assert "Erased" in client.post(DOORS.manage(mine.subscriber), data={"do": "erase"}).text
    with home.store.read() as tx:
        (mail,) = tx.outbox.list(10)
        assert (mail.state, mail.recipient, mail.mail) == ("failed", "", b"")
        assert tx.subscribers.of("director@northmarch.example") is None
        assert tx.subscribers.consents(mine.subscriber)[-1].kind is Consent.ERASED
    assert ADDRESS not in everything_in(store_url)
    assert "Erased" in client.get(DOORS.manage(mine.subscriber)).text


def test_whoever_left_was_erased_or_bounced_comes_back_by_their_own_word_alone(
    client: TestClient, home: House, store_url: str
) -> None:
    gone = {"left@example.org": "left on", "erased@example.org": "was erased on"}
    for address in gone:
        subscribing.leave(home, reader(home, address).subscriber, source="one click")
    with home.store.begin() as tx:
        erased = tx.subscribers.of("erased@example.org")
        tx.suppressions.park(Suppression("bounced@example.org", "bounced", NOW, "550 no such user"))
    assert erased
    subscribing.erase(home, erased.id, source="web page")
    for address, why in (gone | {"bounced@example.org": "takes no mail since"}).items():
        with pytest.raises(Mistake, match=why):
            reader(home, address.title(), "again", agreed="an old list")
        assert live(home) == []
        assert sign_up(client, email=address) == 200
        (asked,) = [each for each in waiting(home) if each.recipient == address]
        assert asked.kind == "confirmation"
        client.post(link_in(asked))
        assert [each.address for each in live(home)] == [address]
        with home.store.read() as tx:
            assert tx.suppressions.list() == [] or address != "bounced@example.org"
        subscribing.end(home, live(home)[0].id, source="one click")
    assert address in everything_in(store_url)


def test_an_address_that_somebody_typed_and_nobody_confirmed_is_not_held_against_its_owner(
    client: TestClient, home: House, clock: Clock
) -> None:
    sign_up(client)
    clock.at += timedelta(days=8)
    assert subscribing.forget_the_gone(home) == 1
    assert reader(home, "a@example.org").since == clock.at


def test_who_was_erased_is_known_after_the_key_was_changed(home: House) -> None:
    mine = reader(home)
    subscribing.erase(home, mine.subscriber, source="a letter")
    with home.store.read() as tx:
        (key,) = tx.keys.all()
        assert tx.suppressions.erased_at([trace(ADDRESS, "another key")]) is None
        assert tx.suppressions.erased_at([trace(ADDRESS.upper(), key), "newer"]) == NOW


def test_topics_are_offered_where_there_are_several_and_are_told_in_plain_words(home: House) -> None:
    own = replace(home, desk_of=lambda: replace(DESK, more=(replace(DESK.topic, name="youth-justice"),)))
    for house_, offered in ((home, False), (own, True)):
        with TestClient(Starlette(routes=routes(partial(_same, house_))), base_url=DOORS.address) as client:
            assert ("youth justice" in client.get("/subscribe").text) is offered
            said = {"email": "a@example.org", "topic": "youth-justice"}
            answer = client.post("/subscribe", data=said)
            assert answer.status_code == (200 if offered else 400)
    assert [str(each.search) for each in live(home)] == ["topic=youth-justice"]
    page = TestClient(Starlette(routes=routes(lambda: own)), base_url=DOORS.address)
    assert "on the topic youth justice" in page.get(DOORS.manage(live(home)[0].subscriber)).text


def test_nobody_learns_who_subscribes(client: TestClient, home: House) -> None:
    reader(home, "a@example.org", "Leeds", "council=leeds")
    known = client.post("/subscribe", data={"email": "a@example.org", "council": "leeds"})
    new = client.post("/subscribe", data={"email": "b@example.org", "council": "leeds"})
    assert known.text == new.text
    assert [each.recipient for each in waiting(home)] == ["b@example.org"]


def test_a_mailbox_is_not_bombed(client: TestClient, home: House) -> None:
    codes = [sign_up(client, q=f"word{n}") for n in range(12)]
    assert codes == [200] * 3 + [400] * 7 + [429] * 2
    assert len(waiting(home)) == 3


def test_a_program_that_fills_in_every_field_is_ignored(client: TestClient, home: House) -> None:
    assert sign_up(client, website="https://spam.example") == 200
    assert live(home) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"email": "nobody"}, "not a mail address"),
        ({"council": "leds"}, "did you mean &#34;leeds&#34;"),
        ({"q": "(a"}, "cannot be read"),
        ({"at": "25:00"}, "no time of day"),
    ],
)
def test_what_cannot_be_is_told_on_the_page_and_what_was_said_stays(
    client: TestClient, said: dict[str, str], told: str
) -> None:
    answer = client.post("/subscribe", data={"email": "a@example.org", "council": "leeds", "q": "x"} | said)
    assert answer.status_code == 400
    assert told in answer.text


def test_pages_keep_their_secrets(client: TestClient, home: House) -> None:
    answer = client.get(DOORS.leave(reader(home).id))
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "script" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/leave/x", "/confirm/MQ.abc", "/manage/", "/leave/"])
def test_a_link_that_is_not_ours_does_nothing(client: TestClient, path: str) -> None:
    assert client.post(path).status_code in (400, 404)


def test_a_token_serves_one_purpose_and_outlives_a_change_of_keys(home: House) -> None:
    old = DOORS.tokens.make("leave", 7)
    renewed = Tokens(["a secret", "a newer one"])
    assert renewed.read("leave", old) == 7
    assert renewed.make("leave", 7) != old
    with pytest.raises(Exception, match="not whole"):
        renewed.read("manage", old)


def test_addresses_of_those_who_never_confirmed_or_left_long_ago_are_forgotten(
    client: TestClient, home: House, clock: Clock
) -> None:
    sign_up(client)
    left, stays = reader(home, "left@example.org"), reader(home, "stays@example.org")
    subscribing.end(home, left.id, source="test")
    clock.at += timedelta(days=8)
    assert subscribing.forget_the_gone(home) == 1
    clock.at += timedelta(days=21)
    assert subscribing.forget_the_gone(home) == 1
    with home.store.read() as tx:
        assert [each.address for each in tx.subscribers.list()] == [None, None, "stays@example.org"]
    assert [each.id for each in live(home)] == [stays.id]
    assert replace(stays) == live(home)[0]
