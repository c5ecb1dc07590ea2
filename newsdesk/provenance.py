"""Whose page an address is: what a cutting added by hand does not say itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsdesk.gazetteer import Gazetteer
from newsdesk.model import Kind, Source
from newsdesk.urls import site

_KNOWN = {
    "ofsted.gov.uk": Kind.INSPECTORATE,
    "files.ofsted.gov.uk": Kind.INSPECTORATE,
    "reports.ofsted.gov.uk": Kind.INSPECTORATE,
    "gov.uk": Kind.GOVERNMENT,
    "cypnow.co.uk": Kind.TRADE,
    "communitycare.co.uk": Kind.TRADE,
    "lgcplus.com": Kind.TRADE,
    "localgov.co.uk": Kind.TRADE,
    "themj.co.uk": Kind.TRADE,
    "bbc.co.uk": Kind.BROADCASTER,
    "bbc.com": Kind.BROADCASTER,
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who publishes, which council's own page it is, and which councils its outlet is about."""

    kind: Kind = Kind.OTHER
    home: str | None = None
    covers: tuple[str, ...] = ()


def provenance(url: str, outlet: str, *, sources: Iterable[Source], gazetteer: Gazetteer) -> Provenance:
    """From the declared sources of that site or outlet, else from the site's own name."""
    host = site(url)
    for source in sources:
        if site(source.url) == host or source.outlet.casefold() == outlet.casefold():
            return Provenance(source.kind, source.council, source.covers)
    for council in gazetteer.councils.values():
        if council.domain and (host == council.domain or host.endswith(f".{council.domain}")):
            return Provenance(Kind.COUNCIL, council.slug)
    return Provenance(_KNOWN.get(host, Kind.OTHER))
