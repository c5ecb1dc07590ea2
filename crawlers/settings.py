"""How a crawl behaves: its limits, its name, and Scrapy with everything off that is not needed."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from newsdesk.errors import Mistake

GAP = 2.0  # seconds between two requests to one domain
LONGEST_GAP = 60.0  # seconds; a longer Crawl-delay is obeyed only this far, or one site would fill the night
REDIRECTS = 5
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a crawl may take. Times in seconds of wall clock, sizes in bytes.

    `seconds` is for the whole crawl, `exchange` for one request with its answer, `document` for reading one
    page or feed; `size` counts decoded bytes; `memory` is a reader's address space; `requests` is how many
    domains are asked at the same time.
    """

    seconds: float = 900.0
    exchange: float = 30.0
    document: float = 20.0
    size: int = 16 * _MIB
    memory: int = 2048 * _MIB
    workers: int = 2
    requests: int = 32


def user_agent(contact: str) -> str:
    """Our name for servers. `contact` is an http(s) or mailto address; raises Mistake for anything else."""
    if not re.fullmatch(r"(?:https?://|mailto:)[!-'*-~]+", contact):
        raise Mistake(f"contact: {contact!r} is neither an http(s) address nor a mailto: address")
    return f"Presswatch/{_version()} (+{contact})"


def scrapy_settings() -> dict[str, Any]:
    """Every component of Scrapy is taken out; what is wanted is named here."""
    return {
        "TWISTED_REACTOR_ENABLED": False,
        "ADDONS": {},
        "EXTENSIONS_BASE": {},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawlers.transport.Transport"),
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        # They have no effect without the components above; said again should one of those come back.
        "REMOTE_CONTROL_ENABLED": False,  # an HTTP server that runs the Python it is sent
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "AUTOTHROTTLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "RETRY_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "STATS_DUMP": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # One request at a time; crawlers.pace sets the gap of each domain.
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": GAP,
        "DOWNLOAD_DELAY_JITTER": 0.0,
    }


def _version() -> str:
    try:
        return version("presswatch")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0"
