"""Where a key stands in a TOML text, so that a mistake can name its line."""

import pytest

from newsdesk.tomltext import line_of, meant

TEXT = """contact = "me"

[smtp]
host = "relay"
port = 25

[[subscription]]
name = "daily"
at = "07:00"

[[subscription]]
name = "weekly"
at = "7 o'clock"

[digest.layout]
width = 80
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("contact",), 1),
        (("smtp",), 3),
        (("smtp", "port"), 5),
        (("subscription", 0, "at"), 9),
        (("subscription", 1, "at"), 13),
        (("subscription", 1, "missing"), 11),  # the deepest part that is there
        (("digest", "layout", "width"), 16),
        (("nothing",), 1),
    ],
)
def test_a_key_is_found_in_its_table(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_a_key_of_the_same_name_in_another_table_is_not_meant() -> None:
    assert line_of("[a]\nname = 1\n[b]\nname = 2\n", ("b", "name")) == 4


def test_a_near_name_is_suggested() -> None:
    assert meant("prot", ["port", "host"]) == ', did you mean "port"?'
    assert meant("zzz", ["port", "host"]) == ""
