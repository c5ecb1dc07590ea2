"""python -m benchmarks.send.sink: a mail server that says yes to everything and keeps nothing.

Says its port on standard output; ends when standard input does, and then says how many mails, octets and
distinct Message-IDs it was given.
"""

import asyncio
import json
import sys

_MESSAGE_ID = b"\r\nMessage-ID: "


class Sink(asyncio.Protocol):
    """One connection. Commands come one at a time, as smtplib sends them."""

    mails = octets = 0
    known: set[bytes] = set()  # noqa: RUF012  shared by all connections, which live in one thread

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._data, self._buffer = transport, False, bytearray()
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._data:
            if self._buffer.endswith(b"\r\n.\r\n"):
                self._taken(bytes(self._buffer))
            return
        while (end := self._buffer.find(b"\r\n")) >= 0:
            line = bytes(self._buffer[:end]).upper()
            del self._buffer[: end + 2]
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        if line.startswith(b"EHLO"):
            self._transport.write(b"250-sink\r\n250-8BITMIME\r\n250 SIZE 10000000\r\n")
        elif line == b"DATA":
            self._data = True
            self._transport.write(b"354 go ahead\r\n")
        elif line == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(b"250 ok\r\n")

    def _taken(self, mail: bytes) -> None:
        Sink.mails += 1
        Sink.octets += len(mail)
        begin = mail.find(_MESSAGE_ID) + len(_MESSAGE_ID)
        Sink.known.add(mail[begin : mail.find(b"\r\n", begin)])
        self._data = False
        self._buffer.clear()
        self._transport.write(b"250 taken\r\n")


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    over = asyncio.Event()
    loop.add_reader(sys.stdin, lambda: over.set() if not sys.stdin.readline() else None)
    await over.wait()
    print(json.dumps({"mails": Sink.mails, "octets": Sink.octets, "distinct": len(Sink.known)}), flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
