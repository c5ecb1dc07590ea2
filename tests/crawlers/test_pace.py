import pytest

from crawlers.domains import domain
from crawlers.gaps import gap
from crawlers.settings import GAP


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.northmarch.gov.uk", "northmarch.gov.uk"),
        ("democracy.northmarch.gov.uk", "northmarch.gov.uk"),
        ("northmarch.moderngov.co.uk", "moderngov.co.uk"),
        ("news.northmarch.example", "northmarch.example"),
        ("www.gov.uk", "www.gov.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2606:4700:4700::1111", "2606:4700:4700::1111"),
        ("", ""),
    ],
)
def test_a_domain_is_what_somebody_registered(host: str, expected: str) -> None:
    assert domain(host) == expected


def test_a_gap_is_never_shorter_than_the_ordinary_one_and_always_the_same_for_a_domain() -> None:
    names = [f"council{number}.gov.uk" for number in range(200)]
    gaps = [gap(name) for name in names]
    assert gaps == [gap(name) for name in names]
    assert GAP <= min(gaps) < max(gaps) <= 1.25 * GAP
