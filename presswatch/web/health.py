"""Is the service alive, and is it ready for work? Two questions with two readers.

`/healthz` is for whoever restarts what hangs: it answers 503 only when a job has not come back for half an
hour, for a restart cures nothing else. `/readyz` is for whoever wants to know whether all is well: it also
looks at the database and at every job's bell.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from newsdesk.errors import StoreError
from presswatch import __version__
from scheduler.service import Service

Notes = Callable[[], dict[str, object]]


def routes(service: Service, notes: Notes) -> list[Route]:
    """`notes` are further fields of /readyz, for people: they do not make the service unready."""

    def healthz(_: Request) -> JSONResponse:
        stuck = {name: why for name, why in service.silent().items() if service.pulses[name].since}
        return _answer("alive", stuck, {})

    def readyz(_: Request) -> JSONResponse:
        reasons = dict(service.silent())
        if service.stopping.is_set():
            reasons["service"] = "stopping"
        if problem := _database(service):
            reasons["database"] = problem
        return _answer("ready", reasons, {"version": __version__, "jobs": _jobs(service), **notes()})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def _answer(well: str, reasons: dict[str, str], more: dict[str, object]) -> JSONResponse:
    """200 and one word, or 503 and every reason."""
    status = {"status": f"not {well}", "reasons": reasons} if reasons else {"status": well}
    return JSONResponse(status | more, 503 if reasons else 200, {"Cache-Control": "no-store"})


def _database(service: Service) -> str:
    try:
        with service.house.store.read() as tx:
            tx.census.is_blank()
    except StoreError as error:
        return error.reason
    return ""


def _jobs(service: Service) -> dict[str, object]:
    return {
        name: {
            "at_work_since": pulse.since.isoformat() if pulse.since else None,
            "last_success": pulse.succeeded_at.isoformat() if pulse.succeeded_at else None,
            "seconds": round(pulse.seconds, 2),
            "error": pulse.error,
        }
        for name, pulse in service.pulses.items()
    }
