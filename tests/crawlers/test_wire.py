from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from crawlers.guard import Allowance
from crawlers.settings import Limits
from crawlers.wire import Chosen, Done, Job, Message, decode, encode
from newsdesk.model import (
    Area,
    Article,
    Event,
    Fetched,
    Grade,
    Kind,
    Lead,
    Listing,
    OfficialDocument,
    Order,
    Problem,
    Robots,
    Source,
)

NOW = datetime(2031, 3, 3, 6, 0, 1, 234567, tzinfo=UTC)
SOURCE = Source(
    "northmarch", "Northmarch", Kind.COUNCIL, "http://a/", "feed", (1, 5), "by hand", date(2031, 3, 1),
    covers=("northmarch",), options={"links": "a"},
)  # fmt: skip
LEAD = Lead("http://a/1", "Ofsted: “good”\u2028", guid="1", published=NOW, summary="\x00 \x7f 🏛")
ARTICLE = Article(
    "http://a/1", "Northmarch", "Title", "Text\n\nText", NOW,
    document=OfficialDocument(Event.INSPECTION, grades={Area.OVERALL: Grade.GOOD}), winners={"title": "h1"},
)  # fmt: skip
PROBLEM = Problem("refused", "no", "retry", 429, 1.5)


@pytest.mark.parametrize(
    "message",
    [
        Job(
            (Order(SOURCE, '"etag"', "Mon", "hash"),),
            (Robots("http://a", NOW, NOW, 200, bytes(range(256))),),
            (Allowance("a", 80, "127.0.0.1", 1234, 0.5),),
            "Presswatch/1",
            NOW,
            Limits(seconds=1.5),
            "crawlers.parsers",
        ),
        Chosen("northmarch", (LEAD, LEAD)),
        Listing("northmarch", leads=(LEAD,), status=200, etag='W/"1"', warnings=("odd",)),
        Listing("northmarch", problem=PROBLEM),
        Fetched("northmarch", LEAD, article=ARTICLE, size=3, seconds=0.25),
        Fetched("northmarch", LEAD, problem=PROBLEM),
        Robots("http://a", NOW, NOW, None),
        Done(),
    ],
)
def test_what_is_said_is_what_is_heard_on_one_line(message: Message) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line) == message


@given(st.binary())
def test_bytes_of_a_robots_txt_survive(body: bytes) -> None:
    robots = Robots("http://a", NOW, NOW, 200, body)
    assert decode(encode(robots)) == robots


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_text_survives(text: str) -> None:
    lead = Lead("http://a/1", text)
    assert decode(encode(Chosen("a", (lead,)))) == Chosen("a", (lead,))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"Listing",
        b"Listing []",
        b"Listing [{}]",
        b'Listing [{"source":"a","surprise":1}]',
        b'Listing [{"source":"a"},{"source":"b"}]',
        b'Done [{"x":1}]',
        b"Nothing [{}]",
        b"\xff\xfe [{}]",
        b"Done [{}",
    ],
)
def test_anything_else_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="not a"):
        decode(line)


@given(st.binary())
def test_no_line_whatever_ends_in_another_error(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode(line)


def test_half_a_character_cannot_be_said() -> None:
    with pytest.raises(ValueError):
        encode(Chosen("a", (Lead("http://a/1", "\ud800"),)))
