"""The guard inside the transport, against name servers that lie."""

import asyncio
import socket

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from crawlers.guard import Allowance
from crawlers.transport import Names, Resolver, guarded, mark
from newsdesk.errors import AddressDenied
from tests.crawlers.visits import Canary

HOST = "news.northmarch.example"


class Liar(AbstractResolver):
    """Says the addresses it was given, one set after another, and the last one for ever."""

    def __init__(self, *answers: list[str], port: int = 0) -> None:
        self._answers = list(answers)
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=self._port or port,
                family=socket.AF_INET6 if ":" in each else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for each in addresses
        ]

    async def close(self) -> None:
        pass


def resolved(resolver: Resolver, host: str = HOST) -> list[str]:
    return [each["host"] for each in asyncio.run(resolver.resolve(host, 80))]


def test_only_public_addresses_of_a_name_are_used() -> None:
    assert resolved(Resolver({}, Liar(["10.0.0.1", "1.1.1.1", "::1"]))) == ["1.1.1.1"]


def test_a_name_with_closed_addresses_alone_is_refused() -> None:
    with pytest.raises(AddressDenied, match=r"leads to 169\.254\.169\.254"):
        resolved(Resolver({}, Liar(["169.254.169.254", "::1"])))


def test_an_allowed_name_is_looked_up_nowhere_else() -> None:
    names: Names = {(HOST, 80): Allowance(HOST, 80, "127.0.0.1", 4321)}
    assert resolved(Resolver(names, Liar(["1.1.1.1"]))) == ["127.0.0.1"]
    assert resolved(Resolver(names, Liar(["1.1.1.1"])), "www.other.example") == ["1.1.1.1"]


def ask(url: str, resolver: AbstractResolver) -> None:
    """One request through the socket factory alone: as if the check of names had been deceived."""

    async def run() -> None:
        mark(url)
        connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=guarded({}))
        async with aiohttp.ClientSession(connector=connector) as session, session.get(url):
            pass

    asyncio.run(run())


def test_a_name_that_changes_its_address_after_the_check_gets_no_connection() -> None:
    with Canary() as canary:
        with pytest.raises(AddressDenied):
            ask(f"http://{HOST}/", Liar(["127.0.0.1"], port=canary.port))
        assert canary.count == 0


def test_a_number_instead_of_a_name_gets_no_connection() -> None:
    with Canary() as canary:
        with pytest.raises(AddressDenied):
            ask(f"http://127.0.0.1:{canary.port}/", Liar(["1.1.1.1"]))
        assert canary.count == 0
