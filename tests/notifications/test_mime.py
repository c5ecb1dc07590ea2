import quopri
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from hypothesis import example, given, settings, strategies as st

from notifications.headers import cleaned
from notifications.mime import quoted_printable, to_bytes
from notifications.proof import sealed
from tests.notifications.mails import message

HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Feedback-ID",
    "X-Presswatch-Delivery",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Precedence",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
]
LONG_PAGE = "https://digest.example/unsubscribe/" + "token" * 40
WAYS_OUT = (LONG_PAGE, "mailto:stop@digest.example")


def read(mail: bytes) -> EmailMessage:
    parsed = message_from_bytes(mail, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def parts(mail: bytes) -> list[tuple[str, str]]:
    found = [(part.get_content_type(), part.get_content()) for part in read(mail).iter_parts()]
    return [(kind, content.replace("\r\n", "\n")) for kind, content in found]


def test_a_mail_has_exactly_these_headers_with_these_values() -> None:
    parsed = read(to_bytes(message(unsubscribe=WAYS_OUT)))
    assert parsed.keys() == HEADERS
    assert parsed["From"] == "Presswatch <digest@presswatch.example>"
    assert parsed["To"] == "director@council.example"
    assert parsed["Subject"] == "Rivermouth: monitoring visit letter – Friday 4 August 2023"
    assert parsed["Date"] == "Fri, 04 Aug 2023 06:00:00 +0000"
    assert parsed["Message-ID"] == "<digest.20230804.0123456789abcdef@presswatch.example>"
    assert parsed["List-Id"] == "<directors.presswatch.example>"
    assert parsed["List-Unsubscribe"] == f"<{LONG_PAGE}>, <mailto:stop@digest.example>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parsed["Feedback-ID"] == "directors:20230804:digest:presswatch.example"
    assert parsed["X-Presswatch-Delivery"] == "digest.20230804.0123456789abcdef"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Precedence"] == "list"


def test_what_follows_up_an_earlier_mail_is_threaded_with_it() -> None:
    first = "<alert.20230803.ffff@presswatch.example>"
    parsed = read(sealed(replace(message(), kind="alert", thread=first)))
    assert (parsed["In-Reply-To"], parsed["References"]) == (first, first)
    assert parsed["Feedback-ID"] == "directors:20230804:alert:presswatch.example"
    assert "References" not in read(to_bytes(message()))


def test_an_address_outside_ascii_is_written_as_it_is_and_nothing_else_may_be() -> None:
    mail = sealed(message(recipient="Zoë <zoë@council.example>"))
    assert "<zoë@council.example>".encode() in mail.partition(b"\r\n\r\n")[0]
    assert mail.replace("zoë@".encode(), b"").isascii()
    assert read(mail)["To"] == "Zoë <zoë@council.example>"


def test_a_mail_without_a_way_out_claims_none() -> None:
    assert [name for name in read(to_bytes(message())) if name.startswith("List-Un")] == []


def test_the_text_comes_first_and_then_the_html() -> None:
    assert parts(to_bytes(message())) == [
        ("text/plain", "A letter was published.\n"),
        ("text/html", "<p>A letter was published.</p>\n"),
    ]


def test_the_same_message_is_the_same_octets() -> None:
    assert to_bytes(message()) == to_bytes(message())


def test_the_octets_are_seven_bit_with_short_crlf_lines() -> None:
    mail = to_bytes(message(text="é" * 500 + "\n.\nFrom here\ntrailing \t\n", html="<p>" + "x" * 5_000))
    assert mail.isascii()
    assert mail.count(b"\n") == mail.count(b"\r\n") == mail.count(b"\r")
    assert all(len(line) <= 76 for line in mail.partition(b"\r\n\r\n")[2].split(b"\r\n"))


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=" \t.=é\nxyz", max_size=400) | st.text(alphabet=" x", min_size=60, max_size=170))
@example("x" * 75 + " ")
@example("x" * 74 + " \t")
@example("é" * 12 + "xx \n")
def test_quoted_printable_keeps_every_blank_and_no_line_is_long(text: str) -> None:
    encoded = quoted_printable(text)
    assert all(len(line) <= 76 and not line.endswith((" ", "\t")) for line in encoded.split("\r\n"))
    assert quopri.decodestring(encoded.encode()) == text.replace("\n", "\r\n").encode()


@settings(max_examples=300, deadline=None)
@given(subject=st.text(), name=st.text(max_size=80), text=st.text(), html=st.text())
@example(subject="=?utf-8?q?=0D=0ABcc:_a@b.c?=", name="=?utf-8?q?=0D=0ABcc:_a@b.c?=", text="", html="")
@example(subject="Two\r\nBcc: a@b.c", name="", text="--=_x\r\n\r\nTo: a@b.c", html="=3D\r\rx\n\n")
@example(subject="a\x85b\u2028c\u202ed\x00", name='"', text="\x00\x0b\x1c\u2028", html="\ufeff")
def test_no_words_change_the_headers_or_get_lost(subject: str, name: str, text: str, html: str) -> None:
    quoted = cleaned(name).translate({ord(each): None for each in '<>"\\()@,;:'})
    meant = message(
        subject=subject,
        text=text,
        html=html,
        sender=f'"{quoted}" <digest@presswatch.example>',
        unsubscribe=WAYS_OUT,
    )
    mail = sealed(meant)
    parsed = message_from_bytes(mail)
    assert parsed.keys() == HEADERS
    assert read(mail)["Subject"] == cleaned(subject)
    found = [part.get_payload(decode=True) for part in parsed.walk() if not part.is_multipart()]
    assert found == [
        each.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode() for each in (text, html)
    ]
