"""`presswatch add`: a cutting is read whatever it was saved with, kept once, and a bad one is named."""

import json
from typing import Any

import pytest

from tests.presswatch.shell import Shell
from tests.recorded import RECORDED, needs_recorded

HERE = "https://www.herefordtimes.com/news/1"
TITLE = "Ofsted inspectors praise children’s services in Leeds"
TEXT = """Ofsted has judged children’s services at Leeds City Council to be outstanding overall.

Inspectors who came in January say that social workers know their children well, and that no child waits for
help. Their report of the inspection of local authority children’s services was published on Tuesday."""
HTML = f"""<!doctype html><html lang="en"><head><title>{TITLE}</title>
<meta property="article:published_time" content="2026-03-03T09:30:00+00:00"></head>
<body><nav>Home</nav><article><h1>{TITLE}</h1><p>{TEXT}</p></article></body></html>"""
GIVEN = ("--url", HERE, "--outlet", "Hereford Times", "--published", "2026-03-03")


def line(**entry: Any) -> str:
    return json.dumps({"url": HERE, "title": TITLE, "text": TEXT, "published": "2026-03-03"} | entry)


def article(shell: Shell, url: str = HERE) -> Any:
    return shell.json("explain", url)["article"]


def test_a_text_becomes_an_article_in_a_story(either: Shell) -> None:
    either.write("cutting.txt", f"{TITLE}\n\n{TEXT}\n")
    added = either.json("add", "cutting.txt", *GIVEN)
    assert added["outcome"] == "new"
    assert (added["relevant"], added["event"], added["story"]) == (True, "inspection", 1)
    (story,) = either.json("stories")
    assert story["headline"] == TITLE
    assert [(each["outlet"], each["published"][:10]) for each in story["articles"]] == [
        ("Hereford Times", "2026-03-03")
    ]


def test_adding_the_same_again_changes_nothing(either: Shell) -> None:
    either.write("cutting.txt", f"{TITLE}\n\n{TEXT}\n")
    either.run("add", "cutting.txt", *GIVEN)
    before = either.run("stories", "--json").out
    assert either.json("add", "cutting.txt", *GIVEN)["outcome"] == "same"
    assert either.run("stories", "--json").out == before


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page.txt"])
def test_a_saved_page_is_read_for_its_article(shell: Shell, name: str) -> None:
    shell.write(name, HTML)
    shell.run("add", name, "--url", HERE)
    read = article(shell)
    assert read["title"] == TITLE
    assert read["published"] == "2026-03-03T09:30:00+00:00"
    assert "Home" not in read["text"]
    assert "know their children well" in read["text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_in_whatever_encoding_it_was_saved(shell: Shell, encoding: str) -> None:
    shell.write("cutting.txt", f"{TITLE}\n\n{TEXT} It cost £2m.\n".encode(encoding))
    shell.run("add", "cutting.txt", *GIVEN)
    read = article(shell)
    assert read["title"] == TITLE
    assert read["text"].endswith("It cost £2m.")


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04", "a zipped document"),
        (b"\xd0\xcf\x11\xe0", "a Word document"),
    ],
)
def test_a_document_that_is_no_text_is_refused_by_name(shell: Shell, begins: bytes, what: str) -> None:
    shell.write("letter.bin", begins + bytes(range(256)))
    said = shell.run("add", "letter.bin", *GIVEN, code=2)
    assert f"letter.bin is {what}" in said.err
    assert shell.json("stories") == []


def test_standard_input_is_a_file_like_any_other(shell: Shell) -> None:
    shell.run("add", "-", *GIVEN, stdin=f"{TITLE}\n\n{TEXT}".encode())
    assert article(shell)["title"] == TITLE
    other = "https://www.example.com/2"
    shell.run("add", "--jsonl", "-", stdin=line(url=other, title="Another").encode())
    assert article(shell, other)["title"] == "Another"


def test_what_is_given_goes_before_what_the_file_says(shell: Shell) -> None:
    shell.write("page.html", HTML)
    shell.run("add", "page.html", *GIVEN[:4], "--published", "1st April 2026", "--title", "My own title")
    read = article(shell)
    assert (read["title"], read["published"]) == ("My own title", "2026-04-01T00:00:00+01:00")
    assert read["published_printed"] == "1st April 2026"


def test_without_an_outlet_the_site_is_named(shell: Shell) -> None:
    shell.write("cutting.txt", f"{TITLE}\n\n{TEXT}\n")
    shell.run("add", "cutting.txt", "--url", HERE)
    assert article(shell)["outlet"] == "herefordtimes.com"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "add takes either FILE or --jsonl FILE"),
        (("a.txt", "--jsonl", "b.jsonl"), "add takes either FILE or --jsonl FILE"),
        (("a.txt",), "add FILE needs --url"),
        (("--jsonl", "b.jsonl", "--url", HERE), "--jsonl: each line says its own url"),
        (("away.txt", "--url", HERE), "away.txt cannot be read: No such file or directory"),
        ((".", "--url", HERE), ". cannot be read: Is a directory"),
        (("--jsonl", "away.jsonl"), "away.jsonl cannot be read: No such file or directory"),
        (("a.txt", "--url", "ftp://x/1"), 'a.txt: url: "ftp://x/1" is no http or https address'),
        (("a.txt", "--url", HERE, "--published", "soon"), 'a.txt: published: "soon" is no date'),
    ],
)
def test_a_mistake_is_told_with_what_to_do(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    shell.write("a.txt", TEXT)
    shell.write("b.jsonl", line())
    assert said in shell.run("add", *arguments, code=2).err
    assert shell.json("stories") == []


def test_a_file_without_a_text_is_named(shell: Shell) -> None:
    shell.write("empty.txt", "\n\n")
    assert "empty.txt: the text is empty" in shell.run("add", "empty.txt", *GIVEN, code=1).err


def test_of_many_lines_the_good_are_kept_and_the_bad_are_named(either: Shell) -> None:
    deep = "[" * 100_000
    bad = {
        2: ("{not json", "not JSON"),
        3: ("[1, 2]", "a line is an object with url, outlet, published, title and text or html"),
        4: (line(url=None), "url: is missing"),
        5: (line(url="mailto:x@example.org"), "url: "),
        6: (line(text=None), "text: is missing, and so is html"),
        7: (line(published="soon"), "published: "),
        8: (line(headline="x"), "headline: there is no such key"),
        9: (line(title=5), "title: must be text"),
        10: (deep, "not JSON"),
        12: (line(text="  "), "the text is empty"),
        13: (f'{{"url": {"9" * 5000}}}', "not JSON"),
    }
    lines = [line(), *(text for text, _ in bad.values())]
    lines.insert(10, "")
    lines += [line(url="https://www.example.com/last", title="The last line", text=f"{TEXT} {TITLE}")]
    either.write("many.jsonl", "\n".join(lines))
    said = either.run("add", "--jsonl", "many.jsonl", code=3)
    for number, (_, what) in bad.items():
        assert f"presswatch: many.jsonl:{number}: {what}" in said.err
    assert "2 added or known already, 11 could not be read." in said.err
    assert article(either, "https://www.example.com/last")["title"] == "The last line"
    assert len(said.out.splitlines()) == 2


def test_every_wrong_key_of_a_line_is_named_at_once(shell: Shell) -> None:
    shell.write("many.jsonl", line(url="nowhere", published="soon"))
    said = shell.run("add", "--jsonl", "many.jsonl", code=3).err
    assert "many.jsonl:1: url: " in said
    assert "many.jsonl:1: published: " in said


def test_good_lines_alone_are_exit_code_zero_and_again_they_change_nothing(either: Shell) -> None:
    either.write("many.jsonl", "\n".join(line(url=f"{HERE}{n}", title=f"Title {n}") for n in range(3)))
    assert (
        either.run("add", "--jsonl", "many.jsonl").err == "3 added or known already, 0 could not be read.\n"
    )
    outcomes = [
        json.loads(each)["outcome"]
        for each in either.run("add", "--jsonl", "many.jsonl", "--json").out.splitlines()
    ]
    assert outcomes == ["same"] * 3


def test_a_line_ends_at_a_newline_and_nowhere_else(shell: Shell) -> None:
    odd = TEXT.replace("\n\n", "\u2028")
    entry = json.dumps({"url": HERE, "title": "One\u0085two\u2028three", "text": odd}, ensure_ascii=False)
    shell.write("many.jsonl", f"\ufeff{entry}\r\n")
    assert "1 added" in shell.run("add", "--jsonl", "many.jsonl").err


def test_one_line_in_another_encoding_spoils_no_other(shell: Shell) -> None:
    bad = json.dumps({"url": f"{HERE}9", "text": "£9"}, ensure_ascii=False).encode("cp1252")
    good = json.dumps({"url": HERE, "title": TITLE, "text": TEXT}, ensure_ascii=False).encode()
    shell.write("many.jsonl", bad + b"\n" + good)
    said = shell.run("add", "--jsonl", "many.jsonl", code=3)
    assert "many.jsonl:1: not UTF-8" in said.err
    assert article(shell)["title"] == TITLE


def test_letters_that_do_not_exist_are_dropped_and_stop_nothing(either: Shell) -> None:
    entry = json.dumps(
        {"url": HERE, "outlet": "A\x00B\ud800", "title": "C\x00D\udfff\x1b[31m", "text": f"{TEXT}\x00"}
    )
    either.write("many.jsonl", entry)
    either.run("add", "--jsonl", "many.jsonl")
    read = article(either)
    assert (read["outlet"], read["title"]) == ("AB", "CD[31m")


@needs_recorded
def test_two_papers_that_report_one_letter_are_one_story(either: Shell) -> None:
    times, magazine = sorted((RECORDED / "seeds").iterdir())
    either.run("add", times, *GIVEN[:4], "--published", "2023-08-02")
    either.run("add", magazine, "--url", "https://www.cypnow.co.uk/2", "--outlet", "CYP Now")
    (story,) = either.json("stories")
    assert [each["outlet"] for each in story["articles"]] == ["Hereford Times", "CYP Now"]
    assert story["event"] == "monitoring-visit"
    roles = {each["slug"]: each["role"] for each in story["councils"]}
    assert (roles["herefordshire"], roles["leeds"]) == ("subject", "partner")
    assert story["visit"]["started"] == "2023-06"
    assert not any(each["current"] for each in story["judgements"])
    assert {
        "council": "herefordshire",
        "area": "overall",
        "grade": "inadequate",
        "date": "2022-07",
        "current": False,
    } in (story["judgements"])
    assert (story["first_seen"][:10], story["last_seen"][:10]) == ("2023-08-02", "2023-08-03")
