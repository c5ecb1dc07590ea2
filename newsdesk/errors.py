"""Every error of the house, in one tree.

PresswatchError
├── Mistake            stop   what the operator wrote is wrong; says file, key, line and what to do
├── FetchError
│   ├── Unreachable    retry  no answer: name, connection, certificate, deadline
│   ├── Refused        retry  the server said no: 401, 403, 429, 5xx
│   ├── Held           retry  not asked at all: its host or domain sent us away a while ago
│   ├── Interrupted    retry  the crawl's time was over before its turn, or another process is visiting its
│   │                         domain: says nothing of the site
│   ├── Gone           skip   404 or 410
│   ├── RobotsDenied   skip   robots.txt closes this address to us
│   ├── RobotsHeld     retry  robots.txt could not be read, so nothing is fetched (RFC 9309)
│   ├── AddressDenied  skip   the address leads to a private, loopback or otherwise closed network
│   ├── TooLarge       skip   more than the cap on decoded bytes
│   └── Blocked        retry  a challenge, consent, login or maintenance page, whatever its status
├── ReadError
│   ├── Drifted        retry  a source answered but shows no candidates: not the same as "nothing new"
│   ├── Unreadable     skip   no text could be got from the page or document
│   └── ParserKilled   skip   the parser passed its deadline or its memory limit and was killed
├── StoreError
│   ├── StoreBusy      retry  locked or unreachable for the moment
│   │   └── LeaseLost  retry  held up for so long that another process took over what we held
│   └── StoreUnfit     stop   missing, damaged, or laid by a newer version
└── DeliveryError             permanent or not says whether another try can help
"""

from typing import ClassVar, Literal

Advice = Literal["retry", "skip", "stop"]


class PresswatchError(Exception):
    """The root. `code` is stored and shown; `advice` tells the caller what to do."""

    code: ClassVar[str] = "error"
    advice: ClassVar[Advice] = "stop"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Mistake(PresswatchError):
    """Something the operator wrote is wrong. Carries every mistake found, one line each."""

    code = "mistake"

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class FetchError(PresswatchError):
    """A page could not be had. `retry_after` is the server's own wish, in seconds."""

    code = "fetch"
    advice: ClassVar[Advice] = "retry"

    def __init__(self, reason: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = retry_after


class Unreachable(FetchError):
    code = "unreachable"


class Refused(FetchError):
    code = "refused"


class Held(FetchError):
    code = "held"


class Interrupted(FetchError):
    code = "interrupted"


class Gone(FetchError):
    code = "gone"
    advice = "skip"


class RobotsDenied(FetchError):
    code = "robots-denied"
    advice = "skip"


class RobotsHeld(FetchError):
    code = "robots-held"


class AddressDenied(FetchError):
    code = "address-denied"
    advice = "skip"


class TooLarge(FetchError):
    code = "too-large"
    advice = "skip"


class Blocked(FetchError):
    code = "blocked"


class ReadError(PresswatchError):
    """Bytes came, but not what they should hold."""

    code = "read"
    advice: ClassVar[Advice] = "skip"


class Drifted(ReadError):
    code = "drifted"
    advice = "retry"


class Unreadable(ReadError):
    code = "unreadable"


class ParserKilled(ReadError):
    code = "parser-killed"


class StoreError(PresswatchError):
    """The database cannot do what was asked."""

    code = "store"


class StoreBusy(StoreError):
    code = "store-busy"
    advice = "retry"


class LeaseLost(StoreBusy):
    code = "lease-lost"


class StoreUnfit(StoreError):
    code = "store-unfit"


class DeliveryError(PresswatchError):
    """A message was not accepted.

    `uncertain` is true only when the server fell silent after the whole message had been handed over:
    it may or may not have it. `fault` is what the refusal speaks of: this message, its address, or the whole
    route, which then says nothing of the message. `phase` is how far it came, empty where nobody was asked;
    `status` is what the server said in figures; `retry_after` is its own wish, in seconds.
    """

    code = "delivery"

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        uncertain: bool = False,
        fault: Literal["message", "address", "route"] = "message",
        phase: str = "",
        status: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.uncertain = uncertain
        self.fault = fault
        self.phase = phase
        self.status = status
        self.retry_after = retry_after
