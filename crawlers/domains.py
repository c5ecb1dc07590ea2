"""What somebody registered: northmarch.gov.uk, some-vendor.com. The suffixes come with the library."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@lru_cache(4096)
def domain(host: str) -> str:
    """The registrable domain of a host, or the host itself where there is none (a number, a bare name).

    Under an ending that the list does not know, it is the last two names: the list's own rule for that case.
    """
    known = _suffixes().extract_str(host)
    if known.suffix or known.ipv4 or known.ipv6 or ":" in host:
        return known.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@cache
def _suffixes() -> "TLDExtract":
    """Loaded when it is first asked, because it takes its time and most commands never ask."""
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())
