"""A shell in an empty folder, and one in which `presswatch init` has been run, on each database."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.presswatch.shell import Shell


@pytest.fixture
def bare(tmp_path: Path) -> Shell:
    """A shell in a folder that holds nothing yet."""
    folder = tmp_path / "house"
    folder.mkdir()
    return Shell(folder)


@pytest.fixture
def shell(bare: Shell, laid_file: Path) -> Shell:
    """A shell whose configuration and database are laid."""
    shutil.copyfile(laid_file, bare.folder / "presswatch.db")
    bare.run("init")
    return bare


@pytest.fixture
def either(bare: Shell, store_url: str) -> Shell:
    """The same on each of the two databases, for what is asked of them."""
    bare.environment["PRESSWATCH_DATABASE"] = store_url
    bare.run("init")
    return bare


@pytest.fixture(autouse=True, scope="session")
def hears_ctrl_c() -> None:
    """A test run in the background has Ctrl-C switched off, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
