"""Where readers answer: confirm, leave, manage, subscribe.

A GET only asks, because scanners in mail systems open every link; a POST acts. One POST to a leave link ends
its subscription without any page or question (RFC 8058).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsdesk.errors import Mistake
from newsdesk.kinds import Cadence
from newsdesk.readers import MAIL, Subscription
from newsdesk.searches import Search
from newsdesk.slots import bell
from newsdesk.tokens import Doors, Purpose
from notifications.wishes import what, when
from presswatch.shapes import subscriber_record
from presswatch.web.pages import page, say
from presswatch.web.throttle import Throttle
from scheduler import subscribing
from scheduler.house import House

Answer = Callable[[Request], Awaitable[Response]]
CADENCES = (
    (Cadence.DAILY, "Every day"),
    (Cadence.WEEKDAYS, "Monday to Friday"),
    (Cadence.WEEKLY, "Every Monday"),
    (Cadence.INSTANT, "At once"),
)
_SIGN_UPS = 10  # from one network address in an hour


def routes(house: Callable[[], House]) -> list[Route]:
    """The readers' routes. `house` gives the house as it is now; without doors there is nothing to answer."""
    one, throttle = _Readers(house), Throttle(_SIGN_UPS)

    async def sign_up(request: Request) -> Response:
        return await one.subscribe(request, throttle)

    return [
        Route("/confirm/{token}", _kindly(one.confirm), methods=["GET", "POST"]),
        Route("/leave/{token}", _kindly(one.leave), methods=["GET", "POST"]),
        Route("/manage/{token}", _kindly(one.manage), methods=["GET", "POST"]),
        Route("/subscribe", _kindly(sign_up), methods=["GET", "POST"]),
    ]


def _kindly(answer: Answer) -> Answer:
    """A mistake is told on a page."""

    async def kind(request: Request) -> Response:
        try:
            return await answer(request)
        except Mistake as mistake:
            return say("That did not work", *mistake.mistakes, status=400)

    return kind


class _Readers:
    def __init__(self, house: Callable[[], House]) -> None:
        self._house = house

    async def confirm(self, request: Request) -> Response:
        subscription = await self._meant(request, "confirm")
        if subscription.since is not None:
            return say("Confirmed", f"{_told(self._house(), subscription)} is sent to you.")
        if request.method != "POST":
            line = f"Send this to {subscription.address}? {_told(self._house(), subscription)}"
            return say("Please confirm", line, button="Yes, send it to me")
        await run_in_threadpool(
            subscribing.confirm, self._house(), subscription.id, source="web page", evidence="token"
        )
        return say("Confirmed", "Thank you. The first one comes when there is news.")

    async def leave(self, request: Request) -> Response:
        subscription = await self._meant(request, "leave", ended=True)
        if subscription.ended_at is None:
            if request.method != "POST":
                line = f"Stop sending “{subscription.name}” to you?"
                return say("Stop these emails", line, button="Yes, stop them")
            await run_in_threadpool(subscribing.end, self._house(), subscription.id, source="one click")
        return say("Stopped", f"“{subscription.name}” is not sent to you any more.")

    async def manage(self, request: Request) -> Response:
        house = self._house()
        subscriber = _doors(house).tokens.read("manage", request.path_params["token"])
        if request.method == "POST":
            done = await run_in_threadpool(_manage, house, subscriber, await request.form())
            if done is not None:
                return done
        return await run_in_threadpool(_overview, house, subscriber)

    async def subscribe(self, request: Request, throttle: Throttle) -> Response:
        house = self._house()
        _doors(house)
        form: Mapping[str, Any] = request.query_params
        mistakes: tuple[str, ...] = ()
        if request.method == "POST":
            form = said = await request.form()
            if not throttle.allows(request.client.host if request.client else "", house.clock()):
                return say("Too many at once", "Please try again in an hour.", status=429)
            try:
                if not said.get("website"):  # a field that only programs fill in
                    await run_in_threadpool(_subscribe, house, said)
                return say("Look into your mailbox", "A mail asks whether it was you. Then it begins.")
            except Mistake as mistake:
                mistakes = mistake.mistakes
        councils = sorted(house.desk.gazetteer.names.items(), key=lambda each: each[1])
        return page(
            "subscribe",
            status=400 if mistakes else 200,
            title="Subscribe",
            mistakes=mistakes,
            said=form,
            chosen=form.getlist("council"),  # type: ignore[attr-defined]
            councils=councils,
            asked=form.getlist("topic"),  # type: ignore[attr-defined]
            topics=[(each, each.replace("-", " ")) for each in house.desk.topics],
            cadences=CADENCES,
        )

    async def _meant(self, request: Request, purpose: Purpose, *, ended: bool = False) -> Subscription:
        """The subscription a link is about. Raises Mistake when the link is not ours, too old or over."""
        house = self._house()
        number = _doors(house).tokens.read(purpose, request.path_params["token"])
        found = await run_in_threadpool(_found, house, number)
        if found is None or (found.ended_at is not None and not ended):
            raise Mistake("this subscription has ended: subscribe again if you want it")
        if purpose == "confirm" and found.since is None:
            await run_in_threadpool(subscribing.require_recent, house, found)
        return found


def _doors(house: House) -> Doors:
    if house.doors is None:
        raise Mistake("nobody can answer here: the installation has no public address")
    return house.doors


def _found(house: House, number: int) -> Subscription | None:
    with house.store.read() as tx:
        return tx.subscriptions.get(number)


def _told(house: House, subscription: Subscription) -> str:
    return f"{what(subscription.search, house.desk.gazetteer.names)}. {when(subscription)}."


def _subscribe(house: House, said: FormData) -> None:
    pairs = [(key, value) for key in ("council", "topic", "q") for value in said.getlist(key) if value]
    search = Search.of(urlencode(pairs), house.places, house.desk.topics)
    cadence = Cadence(str(said.get("cadence", Cadence.DAILY)))
    subscribing.subscribe(
        house,
        str(said.get("email", "")),
        what(search, house.desk.gazetteer.names)[:80],
        search,
        bell(cadence, str(said.get("at", "07:00"))),
        channel=MAIL,
        source="web page",
        quietly=True,
    )


def _manage(house: House, subscriber: int, said: FormData) -> Response | None:
    """Does what was asked for; None when the overview says it all."""
    match said.get("do"):
        case "change":
            subscription = _own(house, subscriber, said)
            wanted = bell(Cadence(str(said.get("cadence"))), str(said.get("at")))
            subscribing.change(house, subscription, wanted, source="web page")
        case "end":
            subscribing.end(house, _own(house, subscriber, said).id, source="web page")
        case "leave":
            subscribing.leave(house, subscriber, source="web page")
        case "erase":
            subscribing.erase(house, subscriber, source="web page")
            return say("Erased", "Your address is not kept any more.")
        case "export":
            with house.store.read() as tx:
                return JSONResponse(subscriber_record(tx, subscriber), headers={"Cache-Control": "no-store"})
    return None


def _own(house: House, subscriber: int, said: FormData) -> Subscription:
    number = str(said.get("subscription", ""))
    found = _found(house, int(number)) if number.isdigit() else None
    if found is None or found.subscriber != subscriber:
        raise Mistake("there is no such subscription of yours")
    return found


def _overview(house: House, subscriber: int) -> Response:
    with house.store.read() as tx:
        known, live = tx.subscribers.get(subscriber), tx.subscriptions.list(subscriber=subscriber)
    if known is None or known.address is None:
        return say("Erased", "Your address is not kept any more.")
    shown = [
        {
            "id": each.id,
            "name": each.name,
            "what": what(each.search, house.desk.gazetteer.names),
            "when": when(each),
            "cadence": each.bell.cadence,
            "at": each.bell.at,
            "pending": each.since is None,
        }
        for each in live
    ]
    return page(
        "manage", title="Your subscriptions", address=known.address, subscriptions=shown, cadences=CADENCES
    )
