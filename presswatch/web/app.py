"""The application that answers over HTTP, put together from its routes."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from presswatch.web import health
from presswatch.web.metrics import Metrics
from scheduler.service import Service

_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def build(
    service: Service, metrics: Metrics, *, notes: health.Notes = dict, more: Sequence[BaseRoute] = ()
) -> Starlette:
    """What is told of a service, and whatever `more` there is to answer.

    Routes ask `service.house` each time: it is exchanged when the configuration is read afresh.
    """
    metrics.watch(service)

    def figures(_: Request) -> Response:
        return Response(metrics.text(), media_type=_PROMETHEUS)

    return Starlette(routes=[*health.routes(service, notes), Route("/metrics", figures), *more])
