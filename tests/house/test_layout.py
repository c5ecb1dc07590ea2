"""The house keeps its own rules: rooms that are ours, short files, one clock, documents that are true."""

import ast
import re
import sys
import zipfile
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from subprocess import run

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("crawlers", "newsdesk", "notifications", "presswatch", "scheduler", "storage")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
LONGEST = 400  # lines; the nouns take the most


def ident(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_ours_and_no_other_distribution_brings_one_of_its_name(room: str) -> None:
    found = import_module(room).__file__
    assert found is not None
    assert Path(found).is_relative_to(ROOT)
    assert set(packages_distributions().get(room, ["presswatch"])) == {"presswatch"}


def test_the_wheel_holds_every_room_with_its_data(tmp_path: Path) -> None:
    run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/", 1)[0] for name in held if ".dist-info" not in name} == set(ROOMS)
    assert {ident(file) for file in FILES} <= held
    for data in (
        "newsdesk/data/councils.csv",
        "newsdesk/data/childrens-services.toml",
        "notifications/templates/page.html",
        "presswatch/demo/councils.csv",
        "crawlers/sources/local.toml",
    ):
        assert data in held


@pytest.mark.parametrize("file", FILES, ids=ident)
def test_a_file_is_short_and_says_what_it_is(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("\n") <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "the file does not say what it is"


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)\(")
    found = [ident(file) for file in FILES if asking.search(file.read_text("utf-8"))]
    assert found == ["presswatch/clock.py"]


def test_the_readme_names_every_command() -> None:
    from presswatch.cli import app

    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [each.name or each.callback.__name__ for each in app.registered_commands if each.callback]
    groups = [str(each.name) for each in app.registered_groups]
    assert [each for each in (*commands, *groups) if f"`{each}" not in readme] == []


def test_every_decision_is_numbered_and_linked_files_exist() -> None:
    decisions = sorted(file.name for file in (ROOT / "docs" / "adr").glob("*.md"))
    assert [name[:4] for name in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
