"""The house is put together from its configuration, or not at all."""

from pathlib import Path

import pytest

from newsdesk.errors import DeliveryError, Mistake, StoreUnfit
from notifications.channels.log import LogChannel
from notifications.channels.slack import SlackChannel
from notifications.channels.smtp import SmtpChannel
from presswatch import compose
from presswatch.clock import now
from presswatch.config import Config
from presswatch.routes import routes
from storage import Store
from tests.notifications.channels.briefs import delivery
from tests.notifications.channels.web import Desk, serving

DECLARED = """
[[source]]
name = "gazette"
outlet = "Vale Gazette"
kind = "local"
url = "http://www.valegazette.example/rss"
reader = "feed"
weekly = [1, 10]
verified = "declared by this test"
verified_on = 2026-03-01
"""


def config(folder: Path, text: str = "", declared: str = "") -> Config:
    (folder / "presswatch.toml").write_text(text)
    if declared:
        (folder / "sources").mkdir()
        (folder / "sources" / "mine.toml").write_text(declared)
    return compose.config(folder / "presswatch.toml", {})


def test_what_the_installation_declares_is_watched_beside_what_comes_with_the_house(tmp_path: Path) -> None:
    packaged = compose.sources(config(tmp_path))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.toml").write_text(DECLARED)
    assert set(compose.sources(config(tmp_path))) == {*packaged, "gazette"}


def test_the_configuration_may_choose_its_sources(tmp_path: Path) -> None:
    assert list(compose.sources(config(tmp_path, 'sources = ["gazette"]', DECLARED))) == ["gazette"]


def test_every_source_that_is_not_declared_is_named_with_what_was_meant(tmp_path: Path) -> None:
    settings = config(tmp_path, '\nsources = ["gazete", "qqqq"]', DECLARED)
    with pytest.raises(Mistake) as found:
        compose.sources(settings)
    one, other = found.value.mistakes
    assert one.startswith(
        f'{tmp_path}/presswatch.toml:2: sources: no source is called "gazete", did you mean'
    )
    assert other.startswith(f'{tmp_path}/presswatch.toml:2: sources: no source is called "qqqq"')


def test_a_mistake_in_a_declaration_names_its_file_and_line(tmp_path: Path) -> None:
    settings = config(tmp_path, declared=DECLARED.replace("reader =", "raeder ="))
    with pytest.raises(
        Mistake, match=r'mine\.toml:7: raeder: is not a key of a source, did you mean "reader"'
    ):
        compose.sources(settings)


def test_mails_go_to_the_relay_or_into_the_outbox(tmp_path: Path) -> None:
    written = routes(config(tmp_path), verp=None, clock=now)["email"].open()
    assert isinstance(written, LogChannel)
    assert written.folder == tmp_path.resolve() / "outbox"
    relayed = '[smtp]\nhost = "relay"\nport = 2525\nconnections = 3\nper_minute = 60\n'
    route = routes(config(tmp_path, relayed), verp=None, clock=now)["email"]
    sent = route.open()
    assert isinstance(sent, SmtpChannel)
    assert (sent.host, sent.port, sent.security) == ("relay", 2525, "starttls")
    assert (route.speaks, route.connections, route.per_minute) == ("mail", 3, 60)


CHANNELS = """
[channels.desk]
kind = "slack"
url_ref = "env:DESK_HOOK"
[channels.system]
kind = "webhook"
url = "https://intranet.example/in"
secret_ref = "file:hook.txt"
[channels.room]
kind = "matrix"
url = "https://matrix.example"
secret_ref = "env:DESK_HOOK"
room = "!r:matrix.example"
"""


def test_a_channels_secret_is_fetched_when_it_is_opened_and_told_of_by_name_alone(tmp_path: Path) -> None:
    secret = {"DESK_HOOK": "https://hooks.example/hush-hush"}
    ways = routes(config(tmp_path, CHANNELS), verp=None, clock=now, environment=secret)
    assert {name: route.speaks for name, route in ways.items()} == {
        "email": "mail",
        "desk": "brief",
        "system": "brief",
        "room": "brief",
    }
    assert isinstance(ways["desk"].open(), SlackChannel)
    with pytest.raises(DeliveryError, match=r"channels\.system\.secret_ref: .*hook\.txt cannot be read"):
        ways["system"].open()
    (tmp_path / "hook.txt").write_text("secret\n")
    assert ways["system"].open() is not None
    bare = routes(config(tmp_path, CHANNELS), verp=None, clock=now, environment={})
    with pytest.raises(DeliveryError, match="the environment variable DESK_HOOK is not set") as missing:
        bare["desk"].open()
    assert missing.value.fault == "route"


INSIDE = """
[channels.desk]
kind = "ntfy"
url = "http://127.0.0.1:{port}/news"
"""


def test_a_channel_reaches_a_private_host_only_where_the_configuration_says_so(tmp_path: Path) -> None:
    desk = Desk()
    with serving(desk) as port:
        for said, reaches in (("", False), ("private = false", False), ("private = true", True)):
            channels = INSIDE.format(port=port) + said + "\n"
            with routes(config(tmp_path, channels), verp=None, clock=now)["desk"].open() as channel:
                if reaches:
                    channel.send(delivery())
                else:
                    with pytest.raises(DeliveryError, match="its address is no https: address"):
                        channel.send(delivery())
    assert [each.method for each in desk.asked] == ["POST"]


def test_return_addresses_need_a_mailbox_and_are_signed_with_the_installations_key(tmp_path: Path) -> None:
    asked = '[bounces]\naddress = "bounce@presswatch.example"\nmaildir = "bounces"\n'
    settings = config(tmp_path, asked)
    store = Store.open(settings.database_url)
    one, same = compose.verp(settings, store), compose.verp(settings, store)
    assert one is not None
    assert same is not None
    assert same.delivery(one.returns(7)) == 7
    assert compose.verp(config(tmp_path), store) is None
    store.close()


def test_a_house_has_a_database_or_is_not_opened(tmp_path: Path) -> None:
    settings = config(tmp_path)
    with pytest.raises(StoreUnfit, match="run `presswatch init`"), compose.house(settings):
        raise AssertionError("there is no database")
    Store.open(settings.database_url).close()
    with compose.house(settings) as house:
        assert house.clock().tzinfo is not None
        assert house.allow == ()
        assert abs((house.clock() - now()).total_seconds()) < 60


def test_the_desk_knows_the_councils_of_england() -> None:
    councils = compose.desk().gazetteer.councils
    assert {"herefordshire", "leeds", "kent"} <= set(councils)
    assert compose.desk() is compose.desk(), "it is built once"
