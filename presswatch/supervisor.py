"""What the program that started the service wants to hear: systemd's notification protocol.

https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html – one datagram to $NOTIFY_SOCKET.
Without such a variable nobody is told.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from time import CLOCK_MONOTONIC, clock_gettime_ns


def tell(*lines: str, environment: Mapping[str, str] = os.environ) -> None:
    """Tell of a state, as in `tell("READY=1")`. A supervisor that is deaf is no reason to stop."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.sendall("\n".join(lines).encode())


def reloading() -> None:
    tell("RELOADING=1", f"MONOTONIC_USEC={clock_gettime_ns(CLOCK_MONOTONIC) // 1000}")


def ready(status: str) -> None:
    tell("READY=1", f"STATUS={status}")


def watched_every(environment: Mapping[str, str] = os.environ) -> float | None:
    """How often, in seconds, the supervisor has to be told that we are alive; None when it does not ask.

    That is half of what it waits, as its manual advises.
    """
    wanted = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(wanted) / 2_000_000 if wanted.isdigit() and int(wanted) and meant else None
