"""The configuration: sound values reach the house, and every mistake is named with file, line and key."""

from pathlib import Path

import pytest

from newsdesk.errors import Mistake
from presswatch.config import Config
from presswatch.reading import read

WHOLE = """
database = "sqlite:///mine.db"
contact = "news@example.org"
sources = ["leeds-news"]
[digest]
sender = "Presswatch <digest@example.org>"
unsubscribe = "https://example.org/leave"
[smtp]
host = "relay.example.org"
port = 465
security = "tls"
username = "presswatch"
"""


def load(folder: Path, text: str | bytes, **environment: str) -> Config:
    path = folder / "presswatch.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, environment)


def mistakes(folder: Path, text: str | bytes, **environment: str) -> list[str]:
    """Each mistake, without the path in front."""
    with pytest.raises(Mistake) as found:
        load(folder, text, **environment)
    return [each.replace(f"{folder}/", "") for each in found.value.mistakes]


def test_every_value_reaches_the_house(tmp_path: Path) -> None:
    config = load(tmp_path, WHOLE, PRESSWATCH_SMTP_PASSWORD="secret")
    assert config.database_url == f"sqlite:///{tmp_path.resolve()}/mine.db"
    assert config.contact == "mailto:news@example.org"
    assert (config.smtp.host, config.smtp.port, config.smtp.password) == ("relay.example.org", 465, "secret")


def test_an_empty_file_is_a_sound_one(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    assert config.database_url == f"sqlite:///{tmp_path.resolve()}/presswatch.db"
    assert (config.contact, config.smtp.host) == ("", "")


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert (
        load(tmp_path, b'\xef\xbb\xbfcontact = "https://example.org/"\r\n').contact == "https://example.org/"
    )


@pytest.mark.parametrize("url", ["sqlite:////var/lib/presswatch.db", "postgresql://user@host/name"])
def test_an_address_that_is_whole_stays_as_it_is(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, f'database = "{url}"').database_url == url


def test_a_configuration_can_be_shown_without_its_secrets(tmp_path: Path) -> None:
    text = 'database = "postgresql://u:hidden1@h/n"\n[smtp]\nhost = "h"\nusername = "u"\npassword = "hidden2"'
    text += '\n[channels.desk]\nkind = "slack"\nurl = "https://hooks.example/hidden3"'
    assert "hidden" not in repr(load(tmp_path, text))


def test_it_cannot_be_changed_once_it_is_read(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    with pytest.raises(ValueError, match="frozen"):
        config.contact = "https://example.org/"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('contct = ""', '1: contct: there is no such key, did you mean "contact"?'),
        ('path = "/etc"', "1: path: there is no such key"),
        ('folder = "/etc"', "1: folder: there is no such key"),
        ('\ncontact = "nobody"', "2: contact: 'nobody' is neither an https: address nor a mail address"),
        ('contact = "javascript:x@y"', "1: contact: 'javascript:x@y' is neither an https: address nor"),
        ("contact = 5", "1: contact: Input should be a valid string"),
        ('database = "mysql://x/y"', "1: database: there is no way here to talk to a database of the kind"),
        ('database = "nonsense"', "1: database: the database's address cannot be read"),
        ("[smtp]\nprot = 25", '2: smtp.prot: there is no such key, did you mean "port"?'),
        ("[smtp]\nport = 99999", "2: smtp.port: Input should be less than or equal to 65535"),
        ('[smtp]\n\nsecurity = "ssl"', "3: smtp.security: 'ssl' is none of starttls, tls, none"),
        ('[smtp]\nusername = "u"\nsecurity = "none"', "1: smtp: a user name and its password are only sent"),
        ("smtp = 3", "1: smtp: Input should be a valid"),
        ('[digest]\nsender = "nobody"', "2: digest.sender: 'nobody' is not a mail address"),
        (
            '[digest]\nsender = "jörg@example.org"',
            "2: digest.sender: 'jörg@example.org' is not a mail address",
        ),
        ('[channels.x]\nkind = "slak"', "2: channels.x.kind: 'slak' is none of slack, teams"),
        ('[channels.x]\nkind = "slack"\nurll = ""', "3: channels.x.urll: there is no such key, did you mean"),
        (
            '[channels.x]\nkind = "webhook"',
            "1: channels.x: a channel of the kind webhook needs url or url_ref",
        ),
        (
            '[channels.x]\nkind = "ntfy"\nurl = "https://x"\nsecret_ref = "hush"',
            "4: channels.x.secret_ref: says where a secret is kept: write",
        ),
        (
            '[channels.x]\nkind = "apprise"\nurl = "x://y"\nprivate = true',
            "1: channels.x: private is for a channel of the kind slack, teams, ntfy, matrix, webhook",
        ),
        ('[bounces]\nmaildir = "x"', "1: bounces: address is missing"),
        ('[dkim]\ndomain = "x.example"', "1: dkim: domain, selector and key belong together"),
        ('[digest]\nunsubscribe = "ftp://x"', "2: digest.unsubscribe: 'ftp://x' is neither a mailto:"),
        ('[digest]\nunsubscribe = "https://x/>, <y"', "2: digest.unsubscribe: "),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, mistake: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.startswith(f"presswatch.toml:{mistake}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = 'contct = ""\nsources = [["odd"]]\n[smtp]\nport = 0\n'
    found = mistakes(tmp_path, text, PRESSWATCH_SMPT_HOST="x")
    assert len(found) == 4
    for key in ("contct", "smtp.port", "sources.1", "PRESSWATCH_SMPT_HOST"):
        assert any(key in each for each in found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"contact = ", "presswatch.toml:1: not TOML: "),
        (b'a = 1\ncontact = "x\n', "presswatch.toml:2: not TOML: "),
        (b"contact = '\xff'", "presswatch.toml cannot be read: it is not UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    (found,) = mistakes(tmp_path, content)
    assert found.startswith(said)


def test_a_file_that_is_missing_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="is not here: run `presswatch init` to write one"):
        read(tmp_path / "away.toml", {})
    with pytest.raises(Mistake, match="cannot be read: Is a directory"):
        read(tmp_path, {})


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        WHOLE,
        PRESSWATCH_DATABASE="postgresql://u@h/n",
        PRESSWATCH_CONTACT="https://example.org/us",
        PRESSWATCH_SMTP_HOST="other",
        PRESSWATCH_SMTP_PORT="2525",
        PRESSWATCH_SMTP_SECURITY="starttls",
        PRESSWATCH_CONFIG="whatever",
        HOME="/home/somebody",
    )
    assert (config.database_url, config.contact) == ("postgresql://u@h/n", "https://example.org/us")
    assert (config.smtp.host, config.smtp.port, config.smtp.security) == ("other", 2525, "starttls")


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("  pass word \n")
    config = load(tmp_path, WHOLE, PRESSWATCH_SMTP_PASSWORD_FILE=str(tmp_path / "secret"))
    assert config.smtp.password.strip() == "pass word"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (
            {"PRESSWATCH_SMPT_HOST": "x"},
            'environment: PRESSWATCH_SMPT_HOST is not known, did you mean "PRESSWATCH_SMTP_HOST"?',
        ),
        (
            {"PRESSWATCH_SMTP_PORT": "abc"},
            "environment: PRESSWATCH_SMTP_PORT: Input should be a valid integer",
        ),
        ({"PRESSWATCH_CONTACT": "nobody"}, "environment: PRESSWATCH_CONTACT: 'nobody' is neither"),
        ({"PRESSWATCH_SMTP_PASSWORD_FILE": "/no/where"}, "environment: PRESSWATCH_SMTP_PASSWORD_FILE: "),
        (
            {"PRESSWATCH_CONTACT": "a@b.c", "PRESSWATCH_CONTACT_FILE": "/no/where"},
            "environment: PRESSWATCH_CONTACT and PRESSWATCH_CONTACT_FILE are both set: keep one",
        ),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    (found,) = mistakes(tmp_path, "", **environment)
    assert found.startswith(said)


def test_the_environment_does_not_hide_a_table_that_is_none(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, "smtp = 3", PRESSWATCH_SMTP_HOST="relay")
    assert found.startswith("presswatch.toml:1: smtp: ")


def test_no_mistake_repeats_a_secret(tmp_path: Path) -> None:
    text = 'database = "mysql://u:hidden@h/n"\n[smtp]\nusername = "u"\npassword = "hidden"\nsecurity = "none"'
    assert "hidden" not in "".join(mistakes(tmp_path, text))
