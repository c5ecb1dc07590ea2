"""`presswatch sources discover`, `record` and `opml`, against a little web of five families."""

import json
import tomllib
from contextlib import chdir

import pytest
import typer
from typer.testing import CliRunner, Result

from crawlers import registry
from presswatch.cli.discover import PAGES, discover
from presswatch.cli.opml import opml
from presswatch.cli.record import record
from presswatch.demo.web import Answer, LittleWeb, Site
from tests.presswatch.shell import Shell

app = typer.Typer()
for each in (discover, record, opml):
    app.command()(each)

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}


def a_feed(host: str, days: int = 5) -> Answer:
    items = "".join(
        f"<item><title>Story {day}</title><link>http://{host}/news/story-{day}</link>"
        f"<pubDate>{day:02} Nov 2026 09:00:00 GMT</pubDate></item>"
        for day in range(1, days + 1)
    )
    channel = f"<channel><title>News</title><link>http://{host}/</link>{items}</channel>"
    return Answer(f"<rss version='2.0'>{channel}</rss>", headers=XML)


def a_page(body: str, head: str = "") -> Answer:
    return Answer(f"<html><head>{head}</head><body><main>{body}</main></body></html>", headers=HTML)


def cards(*links: str) -> str:
    return "".join(
        f"<article class='post'><h2 class='entry-title'><a href='{link}'>Story {day}</a></h2>"
        f"{day} May 2026</article>"
        for day, link in enumerate(links, start=1)
    )


GONE = Answer("", 404)
NEWS = "<urlset>{}</urlset>".format(
    "".join(f"<url><loc>http://paper.example/news/2451122{n}.a-story/</loc></url>" for n in range(3))
)
SITES: dict[str, Site] = {
    "www.northmarch.example": {
        "/": a_page("<a href='/news'>News</a>", "<title>Northmarch Council</title>"),
        "/news": a_page(
            cards("/news/article/12/a_story", "/news/article/13/b_story") + "<a href='/rss/news'>RSS</a>",
            "<meta name='generator' content='http://www.jadu.net'>",
        ),
        "/rss/news": a_feed("www.northmarch.example"),
    },
    "news.eastholme.example": {
        "/": a_page(
            cards("/news/hub-opens", "/news/fair-held"),
            "<link rel='stylesheet' href='https://cdn.prgloo.com/a.css'>"
            "<meta property='og:site_name' content='Eastholme newsroom'>",
        ),
        "/feed/en": a_feed("news.eastholme.example", 3),
    },
    "express.example": {
        "/": a_page(cards("/hub/", "/fair/", "/flood/"), "<meta name='generator' content='WordPress 6.5'>"),
        "/feed/": GONE,
    },
    "democracy.northmarch.example": {
        "/mgWhatsNew.aspx": a_page(
            "<div id='modgov'><ul><li><a href='ieListDocuments.aspx?CId=1&MId=2'>Agenda of Scrutiny</a>"
            " 3 November 2026</li></ul></div>"
        ),
    },
    "paper.example": {
        "/": a_page("<p>The paper.</p>"),
        "/robots.txt": Answer("User-agent: *\nSitemap: http://paper.example/sitemap-index.xml\n"),
        "/sitemap-index.xml": Answer(
            "<sitemapindex><sitemap><loc>http://paper.example/news.xml</loc></sitemap></sitemapindex>",
            headers=XML,
        ),
        "/news.xml": Answer(NEWS, headers=XML),
    },
    "wall.example": {"/": a_page("Checking.", "<title>Just a moment...</title>")},
}


def run(shell: Shell, web: LittleWeb, *arguments: str, stdin: bytes = b"") -> Result:
    shell.configure('contact = "https://presswatch.example/about"\n')
    with chdir(shell.folder):
        return CliRunner().invoke(app, arguments, obj=web.allowances(), input=stdin)


@pytest.mark.parametrize(
    ("url", "family", "reader", "best", "items"),
    [
        ("http://www.northmarch.example/", "Jadu", "feed", "http://www.northmarch.example/rss/news", 5),
        ("http://news.eastholme.example/", "PRgloo", "feed", "http://news.eastholme.example/feed/en", 3),
        ("http://express.example/", "WordPress", "wordpress", "http://express.example/", 3),
        (
            "http://democracy.northmarch.example/mgWhatsNew.aspx",
            "modern.gov",
            "committee",
            "http://democracy.northmarch.example/mgWhatsNew.aspx",
            1,
        ),
        ("http://paper.example/", None, "sitemap", "http://paper.example/news.xml", 3),
    ],
)
def test_a_site_is_looked_over_and_its_best_place_declared(
    shell: Shell, url: str, family: str | None, reader: str, best: str, items: int
) -> None:
    with LittleWeb(SITES) as web:
        result = run(shell, web, "discover", url, "--json")
        assert len([each for each in web.seen if each.path != "/robots.txt"]) <= PAGES
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["family"] == family
    assert (said["found"][0]["reader"], said["found"][0]["url"]) == (reader, best)
    assert len(said["found"][0]["items"]) == items
    folder = shell.folder / "tried"
    folder.mkdir()
    (folder / "found.toml").write_text(said["declaration"], encoding="utf-8")
    assert best in {source.url for source in registry.load(folder).values()}


def test_people_see_the_items_the_rhythm_and_the_declaration(shell: Shell) -> None:
    with LittleWeb(SITES) as web:
        said = run(shell, web, "discover", "http://www.northmarch.example/").stdout
    assert "http://www.northmarch.example/: Jadu" in said
    assert "5 items, 5 with a date; 0 to 18 a week" in said
    assert "05 Nov 2026  Story 5" in said
    (declared,) = tomllib.loads(said[said.index("[[source]]") :])["source"]
    assert declared["outlet"] == "Northmarch Council"


def test_a_wall_is_told_as_one_and_nothing_is_declared(shell: Shell) -> None:
    with LittleWeb(SITES) as web:
        result = run(shell, web, "discover", "http://wall.example/")
    assert result.exit_code == 3
    assert "blocked: a challenge page came" in result.stderr
    assert "[[source]]" not in result.stdout


def test_a_page_is_recorded_with_what_is_read_from_it(shell: Shell) -> None:
    with LittleWeb(SITES) as web:
        result = run(shell, web, "record", "http://express.example/", "--folder", "pages")
        assert result.exit_code == 0, result.output
        assert len([each for each in web.seen if each.path != "/robots.txt"]) == 1
    place = shell.folder / "pages" / "express-example-wordpress"
    assert (place / "page.html").read_bytes() == SITES["express.example"]["/"].octets  # type: ignore[index]
    expected = json.loads((place / "expected.json").read_text("utf-8"))
    assert expected["source"] == {"reader": "wordpress", "url": "http://express.example/", "kind": "other"}
    assert [lead["title"] for lead in expected["leads"]] == ["Story 1", "Story 2", "Story 3"]


def test_a_list_of_feeds_becomes_declarations_and_ours_a_list(shell: Shell) -> None:
    feeds = b"<opml><body><outline text='March Times' xmlUrl='https://times.example/feed'/></body></opml>"
    with LittleWeb({}) as web:
        read = run(shell, web, "opml", "-", stdin=feeds)
        written = run(shell, web, "opml")
    (declared,) = tomllib.loads(read.stdout)["source"]
    assert (declared["outlet"], declared["url"]) == ("March Times", "https://times.example/feed")
    assert written.stdout.startswith("<?xml")
    assert 'type="rss"' in written.stdout
