"""One request at a time per domain, with a gap between two, kept by Scrapy's downloader slots.

A domain is what somebody registered (northmarch.gov.uk, some-vendor.com): newsrooms that share a vendor's
machines then share one gap, too.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.core.downloader import Downloader

from crawlers.domains import domain
from crawlers.gaps import gap
from crawlers.guard import Allowance
from crawlers.settings import LONGEST_GAP

# Scrapy counts a request as under way a moment after it has sent it off. Only with some gap does it wait for
# that moment; with none, all that is queued for a domain would leave at once.
_SHORTEST = 0.001  # seconds


class Pace:
    """Knows the slot of every address and makes slots slower where a site asks for it."""

    def __init__(self, downloader: Downloader, allow: Iterable[Allowance] = ()) -> None:
        self._downloader = downloader
        self._own = {each.host: each.gap for each in allow}

    def slot(self, url: str) -> str:
        """The name of the slot for this address, which now exists with its gap."""
        host = urlsplit(url).hostname or ""
        name = domain(host)
        if name not in self._downloader.per_slot_settings:
            own = self._own.get(host)
            delay = gap(name) if own is None else max(own, _SHORTEST)
            self._downloader.per_slot_settings[name] = {"delay": delay}
        return name

    def slow_down(self, url: str, seconds: float) -> None:
        """Make the gap of this address's domain at least that long."""
        settings = self._downloader.per_slot_settings[self.slot(url)]
        settings["delay"] = max(settings["delay"], min(seconds, LONGEST_GAP))
        if slot := self._downloader.slots.get(self.slot(url)):
            slot.delay = settings["delay"]
