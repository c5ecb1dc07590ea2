"""`presswatch init` lays what is missing, and touches nothing that is there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from presswatch import compose
from presswatch.config import SmtpTable
from tests.presswatch.shell import Shell


def test_it_writes_a_configuration_and_lays_the_database(bare: Shell) -> None:
    said = bare.run("init").out
    assert "presswatch.toml written" in said
    assert "laid" in said
    assert sorted(each.name for each in bare.folder.iterdir()) == ["presswatch.db", "presswatch.toml"]


def test_a_second_time_changes_nothing(either: Shell) -> None:
    path = either.folder / "presswatch.toml"
    path.write_text(f"{path.read_text()}\n# mine\n")
    before = path.read_bytes()
    said = either.run("init").out
    assert "stays as it is" in said
    assert "up to date" in said
    assert path.read_bytes() == before


def test_what_it_writes_is_sound_and_names_every_value(bare: Shell) -> None:
    bare.run("init")
    text = (bare.folder / "presswatch.toml").read_text()
    settings = compose.config(bare.folder / "presswatch.toml", {})
    values = [name for name in type(settings).model_fields if name not in ("path", "smtp")]
    for name in (*values, *SmtpTable.model_fields):
        assert name in text
    # What everybody meets; a table for channels, bounces or retention is met by those who want one.
    plain = [name for name in values if not hasattr(type(getattr(settings, name)), "model_fields")]
    assert len([*plain, *SmtpTable.model_fields]) <= 20


def test_the_configuration_may_lie_elsewhere_and_its_database_beside_it(bare: Shell, tmp_path: Path) -> None:
    elsewhere = tmp_path / "a place with spaces"
    elsewhere.mkdir()
    bare.environment["PRESSWATCH_CONFIG"] = str(elsewhere / "my.toml")
    bare.run("init")
    assert sorted(each.name for each in elsewhere.iterdir()) == ["my.toml", "presswatch.db"]
    assert bare.run("stories").out == "0 stories.\n"


def test_a_folder_that_is_not_there_is_told_of(bare: Shell) -> None:
    bare.environment["PRESSWATCH_CONFIG"] = "nowhere/my.toml"
    said = bare.run("init", code=2)
    assert said.err == "presswatch: nowhere/my.toml cannot be written: No such file or directory\n"


def test_a_mistake_in_the_configuration_is_told_before_a_database_is_laid(bare: Shell) -> None:
    bare.configure('databse = "sqlite:///x.db"\n')
    said = bare.run("init", code=2)
    assert 'presswatch.toml:1: databse: there is no such key, did you mean "database"?' in said.err
    assert not (bare.folder / "presswatch.db").exists()


def test_a_database_of_a_newer_version_is_left_alone(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.folder / "presswatch.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in ("init", "stories"):
        said = shell.run(command, code=None)
        assert said.code != 0
        assert "9999" in said.err
        assert "Traceback" not in said.err
