"""The little web of the walk: a council's feed, and two papers that reported the same letter."""

from datetime import UTC, datetime

from presswatch.demo.web import Answer

COUNCIL, PAPER, MAGAZINE = "www.northmarch.example", "www.valegazette.example", "www.weekly.example"
LETTER = "/news/article/7/inspectors-publish-letter"
STORY = "/news/26000001.inspectors-northmarch/"
PIECE = "/news/article/slow-going-in-northmarch"

_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{title}</title><link>http://{host}/</link>
<item><title>{headline}</title><link>http://{host}{path}</link><guid>{path}</guid>
<pubDate>{date}</pubDate></item></channel></rss>"""

_PAGE = """<!doctype html><html lang="en-GB"><head><title>{headline} | {title}</title>
<meta property="og:title" content="{headline}">
<meta property="article:published_time" content="{stamp}"></head>
<body><header><a href="/">{title}</a></header><main><article><h1>{headline}</h1>
{body}</article></main><footer>{title}</footer></body></html>"""

_RSS, _HTML = {"Content-Type": "application/rss+xml"}, {"Content-Type": "text/html; charset=utf-8"}


def feed(host: str, title: str, path: str, headline: str, date: str) -> Answer:
    return Answer(_FEED.format(**locals()), headers=_RSS, modified=datetime(2026, 3, 5, 9, 0, tzinfo=UTC))


def page(title: str, headline: str, stamp: str, *paragraphs: str) -> Answer:
    body = "\n".join(f"<p>{each}</p>" for each in paragraphs)
    return Answer(_PAGE.format(title=title, headline=headline, stamp=stamp, body=body), headers=_HTML)


def web() -> dict[str, dict[str, Answer]]:
    robots = Answer("User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
    paper = "Inspectors find Northmarch children's services still slow to act"
    piece = "Slow going in Northmarch, inspectors tell council"
    return {
        PAPER: {
            "/robots.txt": robots,
            "/rss": feed(PAPER, "Vale Gazette", STORY, paper, "Wed, 04 Mar 2026 08:00:00 GMT"),
            STORY: page(
                "Vale Gazette",
                paper,
                "2026-03-04T08:00:00+00:00",
                "Children in Northmarch wait too long for a social worker, Ofsted has told the council after "
                "its second monitoring visit, on 27 and 28 January.",
                "Northmarch Council's children's services were judged inadequate in June 2025.",
                "In their letter, published on Tuesday, inspectors say that caseloads have come down but "
                "that managers do not yet check whether plans for children in need are carried out.",
                "The council works with Eastholme City Council, its improvement partner, whose own services "
                "are rated outstanding.",
            ),
        },
        MAGAZINE: {
            "/robots.txt": robots,
            "/rss": feed(MAGAZINE, "The Weekly", PIECE, piece, "Thu, 05 Mar 2026 07:30:00 GMT"),
            PIECE: page(
                "The Weekly",
                piece,
                "2026-03-05T07:30:00+00:00",
                "Progress at an inadequate children's services department is “too slow for too many "
                "children”, according to inspectors who made a monitoring visit to Northmarch in January.",
                "Their letter praises early help but describes drift and delay in the teams that work with "
                "children in need of protection.",
                "Northmarch Council said that support from Eastholme was making a difference.",
            ),
        },
        COUNCIL: {
            "/robots.txt": Answer("", 503),
            "/rss": feed(COUNCIL, "Northmarch Council", LETTER, "Letter", "Tue, 03 Mar 2026 12:00:00 GMT"),
        },
    }
