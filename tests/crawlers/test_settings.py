import pytest

from crawlers.settings import user_agent
from newsdesk.errors import Mistake


@pytest.mark.parametrize(
    "contact", ["https://presswatch.example/about", "http://a.example", "mailto:desk@example.org"]
)
def test_our_name_says_where_we_can_be_reached(contact: str) -> None:
    assert user_agent(contact).startswith("Presswatch/")
    assert user_agent(contact).endswith(f" (+{contact})")


@pytest.mark.parametrize(
    "contact", ["", "me", "desk@example.org", "https://", "https://a b", "https://a\r\nX: y", "mailto:a)"]
)
def test_a_contact_that_is_no_address_is_a_mistake(contact: str) -> None:
    with pytest.raises(Mistake, match="contact"):
        user_agent(contact)
