"""How a crawl behaves towards servers: robots.txt, gaps, redirects, and taking no for an answer."""

from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from itertools import pairwise

from crawlers.settings import GAP, Limits
from newsdesk.model import Listing, Robots
from presswatch.demo.web import Answer, LittleWeb, Seen, Site
from tests.crawlers.visits import NOW, Canary, no_lead, orders, visit

HOST = "news.northmarch.example"
ORIGIN = f"http://{HOST}"
FEED = f"{ORIGIN}/feed"
STORY = Answer("A story.")
SITE = {"/feed": Answer(f"{ORIGIN}/one\n{ORIGIN}/two"), "/one": STORY, "/two": STORY}


def robots(text: str) -> dict[str, Answer]:
    return {"/robots.txt": Answer(text, headers={"Content-Type": "text/plain"})}


# ---------------------------------------------------------------- one at a time


def gaps(requests: list[Seen]) -> list[float]:
    began = sorted(each.began for each in requests)
    return [later - earlier for earlier, later in pairwise(began)]


def test_a_domain_is_asked_one_thing_at_a_time_whatever_its_host_names() -> None:
    hosts = [f"{name}.northmarch.example" for name in ("www", "news", "democracy")]
    pages = {f"/{number}": Answer("a story", delay=0.05) for number in range(3)}
    sites: dict[str, Site] = {
        host: {"/feed": Answer("\n".join(f"http://{host}{path}" for path in pages), delay=0.05)} | pages
        for host in hosts
    }
    with LittleWeb(sites) as web:
        seen = visit(orders(*(f"http://{host}/feed" for host in hosts)), web.allowances())
        requests = sorted(web.seen, key=lambda each: each.began)
    assert len(seen.articles()) == 9
    waits = [then.began - first.began for first, then in pairwise(requests) if first.path != "/robots.txt"]
    assert min(waits) >= 0.05, "nothing is asked before the answer to what was asked last"


def test_different_domains_do_not_wait_for_each_other() -> None:
    hosts = [f"www.council{number}.example" for number in range(4)]
    sites: dict[str, Site] = {host: {"/feed": Answer(f"http://{host}/story", delay=0.3)} for host in hosts}
    with LittleWeb(sites) as web:
        visit(orders(*(f"http://{host}/feed" for host in hosts)), web.allowances(), no_lead)
        requests = [each for each in web.seen if each.path == "/feed"]
    assert max(each.began for each in requests) < min(each.ended for each in requests)


def test_the_ordinary_gap_between_two_requests_is_kept() -> None:
    with LittleWeb({HOST: SITE}) as web:
        visit(orders(FEED), web.allowances(gap=None), no_lead)
        (gap,) = gaps(web.asked(HOST))
    assert gap > GAP - 0.05


def test_a_crawl_delay_makes_the_gap_longer() -> None:
    with LittleWeb({HOST: SITE | robots("User-agent: *\nCrawl-delay: 0.6\n")}) as web:
        seen = visit(orders(FEED), web.allowances())
        requests = web.asked(HOST)
    assert len(seen.articles()) == 2
    assert len(requests) == 4
    assert min(gaps(requests)) > 0.55


# ---------------------------------------------------------------- robots.txt


def test_what_robots_txt_closes_is_never_asked_for() -> None:
    closed = SITE | robots("User-agent: *\nAllow: /\n\nUser-agent: presswatch\nDisallow: /two\n")
    with LittleWeb({HOST: closed}) as web:
        seen = visit(orders(FEED), web.allowances())
        assert web.asked(HOST, "/two") == []
    assert seen.articles() == [f"{ORIGIN}/one"]
    assert [each.problem.code for each in seen.fetched if each.problem] == ["robots-denied"]


def test_robots_txt_is_asked_for_once_per_crawl() -> None:
    with LittleWeb({HOST: SITE | {"/more": SITE["/feed"]}}) as web:
        visit(orders(FEED, f"{ORIGIN}/more"), web.allowances())
        assert len(web.asked(HOST, "/robots.txt")) == 1


def test_while_robots_txt_cannot_be_read_nothing_is_fetched() -> None:
    answers = {
        "busy.example": Answer("", 429),
        "broken.example": Answer("", 503),
        "silent.example": Answer("", delay=30),
    }
    sites: dict[str, Site] = {f"www.{host}": SITE | {"/robots.txt": each} for host, each in answers.items()}
    urls = [f"http://www.{host}/feed" for host in answers]
    with LittleWeb(sites) as web:
        seen = visit(orders(*urls), web.allowances(), limits=Limits(exchange=1))
        assert {each.path for each in web.seen} == {"/robots.txt"}
    assert [seen.problem(url) for url in urls] == ["robots-held", "robots-held", "unreachable"]
    assert sorted(str(each.status) for each in seen.robots) == ["429", "503", "None"]


def test_a_robots_txt_that_is_not_there_closes_nothing() -> None:
    sites: dict[str, Site] = {
        f"www.robots{status}.example": SITE | {"/robots.txt": Answer("", status)}
        for status in (401, 403, 404, 410)
    }
    urls = [f"http://{host}/feed" for host in sites]
    with LittleWeb(sites) as web:
        seen = visit(orders(*urls), web.allowances(), no_lead)
    assert [seen.problem(url) for url in urls] == [None] * 4


def known(body: bytes, *, age: timedelta, for_another: timedelta) -> Robots:
    return Robots(ORIGIN, NOW - age, NOW + for_another, 200, body)


def test_a_current_robots_txt_from_before_is_used_without_asking() -> None:
    old = known(b"User-agent: *\nDisallow: /", age=timedelta(hours=23), for_another=timedelta(hours=1))
    with LittleWeb({HOST: SITE}) as web:
        seen = visit(orders(FEED), web.allowances(), robots=[old])
        assert web.seen == []
    assert seen.problem(FEED) == "robots-denied"
    assert seen.robots == []


def test_an_expired_robots_txt_is_asked_for_again_and_kept_while_no_newer_one_can_be_had() -> None:
    old = known(b"User-agent: *\nDisallow: /two", age=timedelta(days=2), for_another=timedelta(days=-1))
    with LittleWeb({HOST: SITE | {"/robots.txt": Answer("", 503)}}) as web:
        seen = visit(orders(FEED), web.allowances(), robots=[old])
        assert len(web.asked(HOST, "/robots.txt")) == 1
    assert seen.articles() == [f"{ORIGIN}/one"]
    (kept,) = seen.robots
    assert (kept.body, kept.fetched_at) == (old.body, old.fetched_at)
    assert kept.expires_at > NOW


def test_a_redirect_is_judged_by_the_rules_of_the_place_it_leads_to() -> None:
    other = "www.other.example"
    to = Answer("", 302, headers={"Location": f"http://{other}/story"})
    sites: dict[str, Site] = {
        HOST: SITE | {"/one": to},
        other: {"/story": STORY} | robots("User-agent: *\nDisallow: /story"),
    }
    with LittleWeb(sites) as web:
        seen = visit(orders(FEED), web.allowances())
        assert web.asked(other, "/story") == []
    assert seen.articles() == [f"{ORIGIN}/two"]
    assert [each.problem.code for each in seen.fetched if each.problem] == ["robots-denied"]


# ---------------------------------------------------------------- redirects and refusals


def test_a_redirect_is_followed_and_the_last_address_is_kept() -> None:
    moved = Answer("", 301, headers={"Location": "/news/feed#top"})
    with LittleWeb({HOST: SITE | {"/feed": moved, "/news/feed": SITE["/feed"], "/one": moved}}) as web:
        seen = visit(orders(FEED), web.allowances())
    assert seen.problem(FEED) is None
    assert seen.listings[FEED].warnings == (f"it has moved for good to {ORIGIN}/news/feed",)
    assert seen.articles() == [f"{ORIGIN}/news/feed", f"{ORIGIN}/two"]


def test_only_a_redirect_that_is_for_good_is_a_move() -> None:
    sites: dict[str, Site] = {
        f"www.moves{status}.example": SITE
        | {"/feed": Answer("", status, headers={"Location": "/to"}), "/to": STORY}
        for status in (301, 302, 303, 307, 308)
    }
    urls = [f"http://{host}/feed" for host in sites]
    with LittleWeb(sites) as web:
        seen = visit(orders(*urls), web.allowances(), no_lead)
    moves = {url[len("http://www.moves") :][:3]: seen.listings[url].moved for url in urls}
    assert [status for status, move in moves.items() if move] == ["301", "308"]


def test_a_redirect_that_never_ends_is_given_up_after_five() -> None:
    endless = Answer("", 302, headers={"Location": "/feed"})
    with LittleWeb({HOST: {"/feed": endless}}) as web:
        seen = visit(orders(FEED), web.allowances())
        assert len(web.asked(HOST, "/feed")) == 6
    problem = seen.listings[FEED].problem
    assert problem
    assert (problem.code, problem.status) == ("refused", 302)


def refusals(answers: dict[str, Answer]) -> dict[str, Site]:
    """A host for each answer, since one that refuses is not asked for anything else."""
    return {f"www.says{name}.example": {"/feed": answer} for name, answer in answers.items()}


def test_a_refusal_says_its_status_and_when_to_come_back() -> None:
    answers = {str(status): Answer("", status) for status in (401, 403, 404, 410, 204)}
    answers |= {
        "429": Answer("", 429, headers={"Retry-After": "120"}),
        "503": Answer("", 503, headers={"Retry-After": "Mon, 03 Mar 2031 08:00:00 GMT"}),
    }
    with LittleWeb(refusals(answers)) as web:
        seen = visit(orders(*(f"http://{host}/feed" for host in web.sites)), web.allowances())
        assert len(web.seen) == 2 * len(answers), "no refusal is answered by asking again"
    problems = {name: seen.listings[f"http://www.says{name}.example/feed"].problem for name in answers}
    assert {name: (each.code, each.status) for name, each in problems.items() if each} == {
        "401": ("refused", 401),
        "403": ("refused", 403),
        "404": ("gone", 404),
        "410": ("gone", 410),
        "429": ("refused", 429),
        "503": ("refused", 503),
        "204": ("refused", 204),
    }
    waits = {name: each.retry_after for name, each in problems.items() if each}
    assert waits["429"] == 120
    assert waits["503"]
    assert 7100 < waits["503"] <= 7200
    assert waits["403"] is None


def test_a_refusal_that_shows_a_challenge_is_a_block_whatever_its_status() -> None:
    wall = "prove that you are no robot"
    answers = {
        "403": Answer(wall, 403),
        "503": Answer(wall, 503, headers={"Retry-After": "60"}),
        "plain": Answer("no", 403),
    }
    with LittleWeb(refusals(answers)) as web:
        seen = visit(orders(*(f"http://{host}/feed" for host in web.sites)), web.allowances())
    problems = {name: seen.listings[f"http://www.says{name}.example/feed"].problem for name in answers}
    assert {name: (each.code, each.status, each.retry_after) for name, each in problems.items() if each} == {
        "403": ("blocked", 403, None),
        "503": ("blocked", 503, 60.0),
        "plain": ("refused", 403, None),
    }


def test_a_host_that_asks_us_to_wait_is_asked_for_nothing_else() -> None:
    other = "www.eastholme.example"
    busy = Answer("", 429, headers={"Retry-After": "3600"})
    sites: dict[str, Site] = {HOST: SITE | {"/one": busy}, other: SITE}
    with LittleWeb(sites) as web:
        seen = visit(orders(FEED), web.allowances())
        assert [each.path for each in web.asked(HOST)] == ["/robots.txt", "/feed", "/one"]
        late = visit(orders(FEED, f"http://{other}/feed"), web.allowances(), no_lead)
    problems = {each.lead.url: each.problem for each in seen.fetched if each.problem}
    assert {url: each.code for url, each in problems.items()} == {
        f"{ORIGIN}/one": "refused",
        f"{ORIGIN}/two": "held",
    }
    assert problems[f"{ORIGIN}/two"].retry_after == 3600
    assert late.problem(FEED) is None, "what the next crawl may ask is decided by its caller"


def test_a_page_that_is_in_trouble_itself_stops_no_other() -> None:
    with LittleWeb({HOST: SITE | {"/one": Answer("", 503)}}) as web:
        seen = visit(orders(FEED), web.allowances())
    assert seen.articles() == [f"{ORIGIN}/two"]


def test_an_answer_says_how_long_it_stays_good() -> None:
    kept = replace(SITE["/feed"], headers={"Cache-Control": "public, max-age=900", "Age": "300"})
    with LittleWeb({HOST: SITE | {"/feed": kept}}) as web:
        assert visit(orders(FEED), web.allowances(), no_lead).listings[FEED].fresh == 600


# ---------------------------------------------------------------- "not modified", looked into


def audited(answers: list[Answer], body: str) -> tuple[list[bool], Listing]:
    """An audit of a feed that gives these answers one after another; which requests were conditional."""
    left = iter(answers)

    def site(_host: str, path: str) -> Answer:
        return next(left) if path == "/feed" else Answer("", 404)

    known = blake2b(body.encode(), digest_size=16).hexdigest()
    order = replace(orders(FEED)[0], etag='"1"', body_hash=known, audit=True)
    with LittleWeb({HOST: site}) as web:
        listing = visit([order], web.allowances(), no_lead).listings[FEED]
        return [each.conditional for each in web.asked(HOST, "/feed")], listing


OLD, NEW = f"{ORIGIN}/one", f"{ORIGIN}/two\n{ORIGIN}/one"
SAME = Answer("", 304)


def plain(body: str, etag: str) -> Answer:
    return Answer(body, validators=False, headers={"ETag": etag})


def test_an_honest_not_modified_stands_after_one_look() -> None:
    asked, listing = audited([SAME, plain(OLD, '"1"')], OLD)
    assert asked == [True, False]
    assert (listing.not_modified, listing.contradicted, listing.status) == (True, False, 200)


def test_a_server_that_says_not_modified_before_and_after_another_body_contradicts_itself() -> None:
    asked, listing = audited([SAME, plain(NEW, '"1"'), SAME], OLD)
    assert asked == [True, False, True]
    assert listing.contradicted
    assert [each.url for each in listing.leads] == NEW.split()


def test_a_change_between_two_questions_is_no_contradiction() -> None:
    _, listing = audited([SAME, plain(NEW, '"2"'), plain(NEW, '"2"')], OLD)
    assert not listing.contradicted
    assert (listing.etag, len(listing.leads)) == ('"2"', 2)


def test_a_change_that_is_told_of_needs_no_second_look() -> None:
    asked, listing = audited([plain(NEW, '"2"')], OLD)
    assert (asked, listing.contradicted, len(listing.leads)) == ([True], False, 2)


def test_a_broken_connection_is_tried_once_more() -> None:
    with Canary() as canary, LittleWeb({HOST: SITE}) as web:
        (own,) = web.allowances()
        seen = visit(orders(FEED), [replace(own, connect_port=canary.port)])
        assert canary.count == 2, "robots.txt, two times"
    assert seen.problem(FEED) == "unreachable"
