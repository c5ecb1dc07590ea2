"""Topics of the installation's own: named in its configuration, or the mistake in them is."""

from pathlib import Path

import pytest

from newsdesk.errors import Mistake
from presswatch import compose
from presswatch.config import Config

TOPIC = """name = "potholes"
threshold = 2
ahead = "will"
national = "england"
event = []

[[signal]]
rule = "names a pothole"
core = true
weight = 2
words = "potholes?"
"""


def named(folder: Path, topic: str) -> Config:
    (folder / "potholes.toml").write_text(topic, encoding="utf-8")
    path = folder / "presswatch.toml"
    path.write_text(
        'contact = "https://paper.example/contact"\ntopics = ["potholes.toml"]\n', encoding="utf-8"
    )
    return compose.config(path, {})


def test_the_desk_has_the_packaged_topic_and_those_that_are_named(tmp_path: Path) -> None:
    desk = compose.desk_of(named(tmp_path, TOPIC))
    assert desk.topic is compose.desk().topic
    assert [each.name for each in desk.more] == ["potholes"]


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (
            TOPIC.replace("weight = 2", 'weight = "2"'),
            "potholes.toml:10: 'names a pothole': weight is no number",
        ),
        (TOPIC.replace('words = "potholes?"', 'words = "("'), "potholes.toml:11: signal 'names a pothole': "),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, topic: str, said: str) -> None:
    with pytest.raises(Mistake) as mistake:
        compose.own_topics(named(tmp_path, topic))
    assert said in mistake.value.reason


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = named(tmp_path, TOPIC)
    (tmp_path / "potholes.toml").unlink()
    with pytest.raises(Mistake, match=r"potholes\.toml: topics: cannot be read"):
        compose.own_topics(settings)
