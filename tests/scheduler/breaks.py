"""Newsrooms that break in silence, and honest ones that look odd: what each serves at a moment, by host."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from newsdesk.model import Source
from presswatch.demo.web import Answer
from tests.scheduler.houses import source

Site = dict[str, Answer]
DAY = timedelta(days=1)
BEGAN = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
MOMENTS = [BEGAN + 25 * number * timedelta(hours=1) for number in range(5)]  # three good visits, and two more
_WORDS = "harbour market library bridge orchard museum station chapel meadow foundry quarry theatre".split()


@dataclass(frozen=True)
class Item:
    number: int
    title: str
    published: datetime
    path: str


def items(now: datetime, *, a_day: float = 1, count: int = 20) -> list[Item]:
    """The newest items of a newsroom that brings so many a day, evenly."""
    latest = int((now - BEGAN) / DAY * a_day) + 100
    return [
        Item(
            number,
            f"The council’s {_WORDS[number % 12]} notice number {number}",
            BEGAN + (number - 100) / a_day * DAY,
            f"/news/{number}",
        )
        for number in range(latest, latest - count, -1)
    ]


def feed(host: str, shown: Sequence[Item], scheme: str = "http") -> str:
    lines = "".join(
        f"<item><title>{each.title}</title><link>{scheme}://{host}{each.path}</link><guid>{each.number}</guid>"
        f"<pubDate>{format_datetime(each.published)}</pubDate></item>"
        for each in shown
    )
    channel = f"<channel><title>News</title>{lines}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'


def page(shown: Sequence[Item], kind: str = "item", *, other: bool = False) -> str:
    """An HTML list; `other` is the same in another design, its attributes in another order."""
    if other:
        lines = "".join(
            f'<li data-no="{each.number}" class="card"><p><time datetime="{each.published:%Y-%m-%d}">'
            f'{each.published:%d %B %Y}</time></p><h3><a id="a" href="{each.path}">{each.title}</a></h3>'
            for each in shown
        )
        return f"<!doctype html><html><body><main><h1>News</h1><ul>{lines}</ul></main></body></html>"
    lines = "".join(
        f'<div class="{kind}"><h2><a href="{each.path}">{each.title}</a></h2>'
        f'<time datetime="{each.published:%Y-%m-%d}">{each.published:%d %B %Y}</time></div>'
        for each in shown
    )
    return f"<!doctype html><html><body><main><h1>News</h1>{lines}</main></body></html>"


def wall(title: str, words: str) -> Answer:
    head, body = f"<title>{title}</title>", f"<h1>{title}</h1><p>{words}</p>"
    return Answer(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


Serves = Callable[[str, datetime], Site]
RSS = {"Content-Type": "application/rss+xml"}
ROBOTS = Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"})
CLOSED = Answer("User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
HOME = Answer("<!doctype html><html><body><h1>Welcome</h1><p>Pay your council tax here.</p></body></html>")


def rss(host: str, shown: Sequence[Item], **stated: Any) -> Site:
    return {"/robots.txt": ROBOTS, "/": HOME, "/rss": Answer(feed(host, shown), headers=RSS, **stated)}


def html(host: str, shown: Sequence[Item], **stated: Any) -> Site:
    return {"/robots.txt": ROBOTS, "/": HOME, "/rss": Answer(page(shown, **stated))}


def ordinary(host: str, now: datetime) -> Site:
    return rss(host, items(now))


def listed(host: str, now: datetime) -> Site:
    return html(host, items(now))


def busy(host: str, now: datetime) -> Site:
    return rss(host, items(now, a_day=5, count=40))


def lying(host: str, now: datetime) -> Site:
    """From the last good moment on its list has one ETag for ever."""
    return rss(host, items(now, a_day=5, count=40), etag='"for-ever"' if now >= MOMENTS[2] else "")


@dataclass(frozen=True)
class Case:
    """`then` is served at the last two moments, `before` until then. `code` is what is to be found out."""

    name: str
    then: Serves
    before: Serves = ordinary
    code: str = ""
    declared: dict[str, Any] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"www.{self.name}.example"

    @property
    def source(self) -> Source:
        return source(self.host, **{"weekly": (3, 14), "options": {}, **self.declared})

    def site(self, now: datetime) -> Site:
        return (self.then if now > MOMENTS[2] else self.before)(self.host, now)


def answer(made: Callable[[str, datetime], Answer], path: str = "/rss") -> Serves:
    """As ever, but one path answers this."""
    return lambda host, now: {**ordinary(host, now), path: made(host, now)}


def said(made: Answer) -> Serves:
    return answer(lambda host, now: made)


def fed(choose: Callable[[datetime], Sequence[Item]]) -> Serves:
    return lambda host, now: rss(host, choose(now))


def _dateless(host: str, now: datetime) -> Site:
    return {
        **ordinary(host, now),
        "/rss": Answer(feed(host, items(now)).replace("pubDate", "colour"), headers=RSS),
    }


def _garbled(host: str, now: datetime) -> Site:
    body = feed(host, items(now)).encode().decode("cp1252", "replace").encode()
    return {**ordinary(host, now), "/rss": Answer(body, headers=RSS)}


def _cut(host: str, now: datetime) -> Answer:
    body = feed(host, items(now)).encode()
    headers = {**RSS, "Content-Length": str(len(body)), "Connection": "close"}
    return Answer(headers=headers, stream=lambda: [body[: len(body) // 2]])


def _moved(host: str, now: datetime) -> Site:
    there = {"Location": "http://www.elsewhere.example/rss"}
    return {"/robots.txt": ROBOTS, "/rss": Answer("", 301, headers=there)}


def _moved_at_home(host: str, now: datetime) -> Site:
    there = {"Location": f"http://{host}/new/rss"}
    return {
        **ordinary(host, now),
        "/rss": Answer("", 301, headers=there),
        "/new/rss": ordinary(host, now)["/rss"],
    }


def _another(host: str, now: datetime) -> Site:
    pages = [
        Item(n, f"How to pay for your {word}", BEGAN - 400 * DAY, f"/services/{word}")
        for n, word in enumerate(_WORDS)
    ]
    return html(host, pages)


def _to_home(host: str, now: datetime) -> Answer:
    return Answer("", 302, headers={"Location": f"http://{host}/"})


def _one_title(now: datetime) -> list[Item]:
    return [replace(each, title="Read more") for each in items(now)]


LOGIN = wall("Please log in", "You must be logged in to view this page.")
CHALLENGE = wall("Just a moment...", "Enable JavaScript and cookies to continue")
SELECTED = {"reader": "listing", "options": {"item": "div.item"}}
LISTED = {"reader": "listing"}

BREAKS = [
    Case("selector-gone", lambda h, n: html(h, items(n), kind="tile"), listed, "drifted", SELECTED),
    Case("feed-turned-html", answer(lambda h, n: Answer(page(items(n)))), code="drifted"),
    Case("lying-etag", lying, lying, "not-modified"),
    Case("login-wall", said(LOGIN), code="blocked"),
    Case("challenge", said(CHALLENGE), code="blocked"),
    Case("empty-listing", fed(lambda now: []), code="drifted"),
    Case("redirect-to-home", answer(_to_home), code="drifted"),
    Case("another-list", _another, listed, "another-list", LISTED),
    Case("charset", _garbled, code="garbled"),
    Case("dates-gone", _dateless, code="dates-gone"),
    Case(
        "ids-rotate",
        fed(lambda now: [replace(x, path=f"/n/{now:%d}/{x.number}") for x in items(now)]),
        code="ids-rotate",
    ),
    Case("moved-away", _moved, code="moved"),
    Case("robots-closed", answer(lambda h, n: CLOSED, "/robots.txt"), code="robots-denied"),
    Case("304-for-ever", answer(lambda h, n: Answer("", 304)), busy, "refused"),
    Case("cut-off", answer(_cut), code="unreachable"),
    Case("one-item", fed(lambda now: items(now, count=1)), code="shrunk"),
    Case("one-page", fed(lambda now: [replace(each, path="/news") for each in items(now)]), code="one-page"),
    Case(
        "future-dates",
        fed(lambda now: [replace(x, published=x.published + 300 * DAY) for x in items(now)]),
        code="dates-ahead",
    ),
    Case("old-copy", fed(lambda now: items(BEGAN - 6 * DAY)), code="went-back"),
    Case("titles-gone", fed(_one_title), code="titles-gone"),
    Case("server-error", said(Answer("", 500)), code="refused"),
    Case("gone", said(Answer("", 404)), code="gone"),
]


def _maintained(host: str, now: datetime) -> Site:
    here = ordinary(host, now)
    return here if now > MOMENTS[3] else {**here, "/rss": Answer("", 503)}


def _of_a_week(now: datetime, until: datetime) -> list[Item]:
    return [each for each in items(min(now, until)) if now - each.published <= 10 * DAY]


def _burst(now: datetime) -> list[Item]:
    """Thirty items in one day, then as ever."""
    big = [
        Item(n, f"Flood warning {n} of the day", MOMENTS[3] - n * timedelta(minutes=30), f"/flood/{n}")
        for n in range(30)
    ]
    later = [each for each in items(now) if each.published > MOMENTS[3]]
    return [*later, *big][:20]


def _quiet(host: str, now: datetime) -> Site:
    return rss(host, items(BEGAN - 3 * DAY, a_day=0.6))


def _redesigned(host: str, now: datetime) -> Site:
    return {**html(host, items(now)), "/rss": Answer(page(items(now), other=True))}


def _ahead(now: datetime) -> list[Item]:
    return [replace(each, published=each.published + 60 * DAY) for each in items(now)]


def _belated(now: datetime) -> list[Item]:
    return [*items(now), replace(items(now)[0], path="/late", published=now - 9 * DAY)]


_TEN_DAYS = fed(lambda now: _of_a_week(now, BEGAN + DAY))
HONEST = [
    Case("quiet-week", _quiet, _quiet),
    Case("big-news-day", fed(_burst)),
    Case("new-order", fed(lambda now: sorted(items(now), key=lambda each: each.title))),
    Case("new-titles", fed(lambda now: [replace(x, title=f"Updated: {x.title}") for x in items(now)])),
    Case("maintenance", _maintained),
    Case("new-design", _redesigned, listed, declared=LISTED),
    Case("one-retracted", fed(lambda now: items(now)[1:])),
    Case("shorter-feed", fed(lambda now: items(now, count=12))),
    Case("longer-feed", fed(lambda now: items(now, count=60))),
    Case("moved-at-home", _moved_at_home),
    Case(
        "new-addresses-once",
        fed(lambda now: [replace(each, path=f"/new{each.path}") for each in items(now)]),
    ),
    Case("last-ten-days", _TEN_DAYS, _TEN_DAYS),
    Case("nothing-new", fed(lambda now: items(MOMENTS[2]))),
    Case("never-dated", _dateless, _dateless),
    Case("always-ahead", fed(_ahead), fed(_ahead)),
    Case("a-late-item", fed(_belated)),
]
