"""The units, the container and the compose file fit the program, as far as that shows without them."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from presswatch.reading import read
from presswatch.starter import STARTER

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def unit(name: str) -> ConfigParser:
    found = ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(PACKAGING / name)
    return found


def test_the_units_are_sound(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    for each in PACKAGING.glob("presswatch*.*"):
        if each.suffix in (".service", ".timer"):
            text = each.read_text().replace("/opt/presswatch/bin/presswatch", "/bin/true")
            (tmp_path / each.name).write_text(text)
    units = sorted(map(str, tmp_path.iterdir()))
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    ours = [line for line in said.stderr.splitlines() if "presswatch" in line]
    assert ours == []


def test_the_unit_fits_how_the_service_ends_and_what_it_tells() -> None:
    service = unit("presswatch.service")["Service"]
    assert service["Type"] == "notify"
    assert int(service["TimeoutStopSec"]) > 30, "it may take thirty seconds to stop"
    assert service["RestartPreventExitStatus"].split() == ["2", "10"]
    assert service["ProtectSystem"] == "strict"


def test_every_variable_that_is_set_is_one_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "presswatch.toml"
    path.write_text(STARTER)
    secret = tmp_path / "secret"
    secret.write_text("postgresql://me@database/presswatch")
    names: set[str] = set()
    for each in ("presswatch.service", "Containerfile", "compose.yaml"):
        names |= set(re.findall(r"(PRESSWATCH_\w+)\s*[:=]", (PACKAGING / each).read_text()))
    assert len(names) >= 4
    values = {name: str(secret) for name in names if name.endswith("_FILE")}
    values |= {"PRESSWATCH_HTTP_HOST": "0.0.0.0", "PRESSWATCH_HTTP_PORT": "8787"}
    read(path, {name: values.get(name, "json") for name in names})


def test_compose_names_only_what_it_declares() -> None:
    composed: dict[str, Any] = yaml.safe_load((PACKAGING / "compose.yaml").read_text())
    for name, each in composed["services"].items():
        assert set(each.get("secrets", [])) <= set(composed["secrets"]), name
        assert {volume.split(":")[0] for volume in each["volumes"]} <= set(composed["volumes"]), name
        assert set(each.get("depends_on", {})) <= set(composed["services"]), name
    ours = composed["services"]["presswatch"]
    assert (PACKAGING / ours["build"]["context"] / ours["build"]["dockerfile"]).resolve().is_file()
    assert ours["read_only"]
    assert ours["ports"] == ["127.0.0.1:8787:8787"]


def test_what_the_container_copies_is_there_and_is_all_of_the_program() -> None:
    text = (PACKAGING / "Containerfile").read_text()
    copied = {word for line in re.findall(r"^COPY (?!--)(.+)$", text, re.M) for word in line.split()[:-1]}
    assert [each for each in copied if not (ROOT / each).exists()] == []
    packages = {"crawlers", "newsdesk", "notifications", "presswatch", "scheduler", "storage"}
    assert packages <= copied
    assert re.search(r"^USER 10001", text, re.M)
