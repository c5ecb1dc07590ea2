"""What somebody registered: northmarch.gov.uk, some-vendor.com. The suffixes come with the library."""

from tldextract import TLDExtract

_suffixes = TLDExtract(cache_dir=None, suffix_list_urls=())


def domain(host: str) -> str:
    """The registrable domain of a host, or the host itself where there is none (a number, a bare name).

    Under an ending that the list does not know, it is the last two names: the list's own rule for that case.
    """
    known = _suffixes.extract_str(host)
    if known.suffix or known.ipv4 or known.ipv6 or ":" in host:
        return known.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])
