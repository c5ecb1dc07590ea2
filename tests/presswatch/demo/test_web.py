from collections.abc import Iterator
from datetime import UTC, datetime
from gzip import decompress
from http.client import HTTPConnection, HTTPResponse

import pytest

from presswatch.demo.web import Answer, LittleWeb, Site

HOST = "news.northmarch.example"
MODIFIED = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
SITES: dict[str, Site] = {
    HOST: {
        "/": Answer("hello " * 100, modified=MODIFIED),
        "/?page=2": Answer("the second page"),
        "/plain": Answer(b"\x00\x01", headers={"Content-Type": "application/pdf"}, validators=False),
        "/chunks": Answer(stream=lambda: iter([b"one ", b"two"])),
        "/gone": Answer("", 410),
    },
    "www.other.example": lambda host, path: Answer(f"{host} says {path}"),
}


@pytest.fixture
def web() -> Iterator[LittleWeb]:
    with LittleWeb(SITES) as web:
        yield web


def get(web: LittleWeb, host: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", web.port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers={"Host": host, **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_hosts_are_told_apart_by_name_and_paths_by_their_query(web: LittleWeb) -> None:
    assert get(web, HOST, "/?page=2")[1] == b"the second page"
    assert get(web, "www.other.example:80", "/x")[1] == b"www.other.example says /x"
    assert get(web, HOST, "/unknown")[0].status == 404
    assert get(web, "nobody.example", "/")[0].status == 421
    assert get(web, HOST, "/gone")[0].status == 410


def test_both_validators_bring_a_304_without_a_body(web: LittleWeb) -> None:
    first, _ = get(web, HOST, "/")
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert modified == "Mon, 03 Mar 2031 06:00:00 GMT"
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"x", {tag}'},
        {"If_Modified_Since": modified},
    ):
        response, body = get(web, HOST, "/", **headers)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == tag


def test_an_etag_that_differs_outweighs_a_date_that_does_not(web: LittleWeb) -> None:
    response, _ = get(web, HOST, "/", If_None_Match='"x"', If_Modified_Since="Mon, 03 Mar 2031 06:00:00 GMT")
    assert response.status == 200


def test_an_answer_without_validators_is_always_sent(web: LittleWeb) -> None:
    response, body = get(web, HOST, "/plain", If_None_Match="*")
    assert (response.status, body) == (200, b"\x00\x01")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "ETag" not in response.headers


def test_a_long_answer_is_packed_for_those_who_ask(web: LittleWeb) -> None:
    response, body = get(web, HOST, "/", Accept_Encoding="gzip, br")
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(body) < 600
    assert decompress(body) == b"hello " * 100


def test_a_stream_is_sent_chunk_by_chunk(web: LittleWeb) -> None:
    assert get(web, HOST, "/chunks")[1] == b"one two"


def test_the_log_tells_who_asked_for_what(web: LittleWeb) -> None:
    tag = get(web, HOST, "/")[0].headers["ETag"]
    get(web, HOST, "/", If_None_Match=tag)
    get(web, "www.other.example", "/x", User_Agent="Somebody/1")
    first, second = web.asked(HOST, "/")
    assert [(each.status, each.conditional) for each in (first, second)] == [(200, False), (304, True)]
    (other,) = web.asked("www.other.example")
    assert other.headers["user-agent"] == "Somebody/1"
    assert other.began <= other.ended


def test_an_allowance_names_each_host_and_the_real_port(web: LittleWeb) -> None:
    assert [(each.host, each.port, each.connect_port, each.gap) for each in web.allowances(gap=0.5)] == [
        (HOST, 80, web.port, 0.5),
        ("www.other.example", 80, web.port, 0.5),
    ]


def test_pages_may_change_while_it_runs() -> None:
    site = {"/": Answer("old")}
    with LittleWeb({HOST: site}) as web:
        assert get(web, HOST, "/")[1] == b"old"
        site["/"] = Answer("new")
        assert get(web, HOST, "/")[1] == b"new"
