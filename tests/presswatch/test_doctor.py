"""`presswatch doctor`: one line for each thing, ok or with what to do."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.notifications.channels.certificates import contexts
from tests.notifications.channels.server import Post, serving
from tests.presswatch.shell import Shell

CONFIGURATION = """
contact = "https://presswatch.example/contact"
[digest]
sender = "Presswatch <digest@presswatch.example>"
[smtp]
host = "127.0.0.1"
port = {port}
security = "{security}"
username = "{username}"
"""
EVERYTHING = {
    "clock",
    "time zone",
    "config",
    "contact",
    "sources",
    "database",
    "migrations",
    "mail",
    "subscriptions",
}


def configure(shell: Shell, port: int, security: str = "none", username: str = "") -> None:
    shell.configure(CONFIGURATION.format(port=port, security=security, username=username))
    shell.run("subscriptions", "add", "--to", "one@a.example", "--agreed", "in this test")


def checks(shell: Shell, code: int = 0) -> dict[str, tuple[str, str]]:
    told: list[dict[str, Any]] = shell.json("doctor", code=code)
    return {each["name"]: (each["state"], each["words"]) for each in told}


def test_when_all_is_right_every_line_is_ok(either: Shell) -> None:
    with serving(Post()) as port:
        configure(either, port)
        found = checks(either)
        lines = either.run("doctor").out.splitlines()
    assert {state for state, _ in found.values()} == {"ok"}
    assert set(found) == EVERYTHING
    assert found["mail"][1] == f"127.0.0.1:{port} takes mail, not encrypted"
    assert all(each.startswith("ok     ") for each in lines)


def test_a_relay_with_a_valid_certificate_is_encrypted(shell: Shell, tmp_path: Path) -> None:
    server, _ = contexts(tmp_path)
    shell.environment["SSL_CERT_FILE"] = str(tmp_path / "authority.pem")
    with serving(Post(), tls=server) as port:
        configure(shell, port, "tls")
        state, words = checks(shell)["mail"]
    assert state == "ok"
    assert words.endswith("with a valid certificate")


def test_a_relay_that_wants_a_password_is_signed_in_to(shell: Shell, tmp_path: Path) -> None:
    server, _ = contexts(tmp_path)
    shell.environment["SSL_CERT_FILE"] = str(tmp_path / "authority.pem")
    shell.environment["PRESSWATCH_SMTP_PASSWORD_FILE"] = str(shell.write("password", "right\n"))
    with serving(Post(), starttls=server, login=True) as port:
        configure(shell, port, "starttls", "presswatch")
        state, words = checks(shell)["mail"]
        assert state == "ok"
        assert words.endswith("with a valid certificate, signed in as presswatch")
        shell.write("password", "hunter2\n")
        state, words = checks(shell, code=1)["mail"]
    assert state == "wrong"
    assert "does not accept the user name and password" in words
    assert "hunter2" not in words


def test_a_certificate_that_nobody_vouches_for_is_wrong(shell: Shell, tmp_path: Path) -> None:
    server, _ = contexts(tmp_path)
    with serving(Post(), starttls=server) as port:
        configure(shell, port, "starttls")
        state, words = checks(shell, code=1)["mail"]
    assert state == "wrong"
    assert "is not valid" in words


def test_a_relay_that_is_not_there_is_wrong_and_the_rest_is_still_looked_at(shell: Shell) -> None:
    with serving(Post()) as port:
        pass
    configure(shell, port)
    found = checks(shell, code=1)
    assert found["mail"][0] == "wrong"
    assert f"127.0.0.1:{port} cannot be used" in found["mail"][1]
    assert set(found) == EVERYTHING


def test_a_fresh_house_is_told_what_to_do_first(shell: Shell) -> None:
    found = checks(shell, code=1)
    assert {name: state for name, (state, _) in found.items() if state != "ok"} == {
        "contact": "wrong",
        "mail": "warning",
        "subscriptions": "warning",
    }
    assert "set `contact` in presswatch.toml" in found["contact"][1]
    assert str(shell.folder / "outbox") in found["mail"][1]


def test_the_sender_that_nobody_can_answer_is_told_of_once_there_is_a_relay(shell: Shell) -> None:
    with serving(Post()) as port:
        shell.configure(f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n')
        assert checks(shell, code=1)["sender"][0] == "warning"


def test_without_a_configuration_it_says_how_to_get_one(bare: Shell) -> None:
    found = checks(bare, code=1)
    assert found["config"] == ("wrong", "presswatch.toml is not here: run `presswatch init` to write one")
    assert found["clock"][0] == found["time zone"][0] == "ok"


def test_every_mistake_of_the_configuration_is_a_line(bare: Shell) -> None:
    bare.configure('contact = "nobody"\nprot = 1\n')
    said = bare.run("doctor", code=1).out
    assert "WRONG  config: presswatch.toml:1: contact: 'nobody' is neither" in said
    assert "WRONG  config: presswatch.toml:2: prot: there is no such key" in said


def test_without_a_database_it_says_how_to_lay_one(bare: Shell) -> None:
    bare.configure("")
    state, words = checks(bare, code=1)["database"]
    assert state == "wrong"
    assert "run `presswatch init`" in words
    assert not (bare.folder / "presswatch.db").exists()


def test_a_damaged_database_is_wrong(bare: Shell) -> None:
    bare.configure("")
    bare.write("presswatch.db", b"SQLite format 3\0" + b"\xff" * 4096)
    state, words = checks(bare, code=1)["database"]
    assert state == "wrong"
    assert "put a backup in its place" in words


def test_a_database_server_that_is_away_is_wrong(bare: Shell) -> None:
    bare.configure('database = "postgresql://somebody:secret@127.0.0.1:1/nowhere"')
    said = bare.run("doctor", code=1).out
    assert "WRONG  database: postgresql://somebody:***@127.0.0.1:1/nowhere" in said
    assert "secret" not in said


def test_a_database_of_another_version_is_wrong_about_its_migrations(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.folder / "presswatch.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    found = checks(shell, code=1)
    assert found["database"][0] == "ok"
    assert found["migrations"][0] == "wrong"
    assert "upgrade Presswatch" in found["migrations"][1]


def test_a_source_that_is_not_declared_is_wrong(shell: Shell) -> None:
    shell.configure('sources = ["ofsted-leds"]')
    state, words = checks(shell, code=1)["sources"]
    assert state == "wrong"
    assert words.startswith(
        'presswatch.toml:1: sources: no source is called "ofsted-leds", did you mean "ofsted-'
    )
