"""Bounces in the shape that mail servers give them, in words of our own."""

from tests.notifications.mails import message

MESSAGE_ID = message().message_id
RETURNED = "bounce+7-0123456789abcdef@presswatch.example"


def bounce(
    *,
    to: str = RETURNED,
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = "director@council.example",
    diagnostic: str = "smtp; 550 5.1.1 no mailbox of that name here",
    original: str | None = MESSAGE_ID,
    headers_only: bool = False,
) -> bytes:
    """A multipart/report as RFC 3462 and 3464 have it."""
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    copy = f"Message-ID: {original}\nFrom: digest@presswatch.example\nSubject: a digest\n" if original else ""
    returned = f"--b1\nContent-Type: {kind}\n\n{copy}\n" if original else ""
    lines = f"""\
Return-Path: <>
Delivered-To: {to}
From: Mail Delivery System <MAILER-DAEMON@mx.council.example>
To: <{to}>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

Your letter could not be handed over. A report for machines follows.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.council.example
Arrival-Date: Fri, 4 Aug 2023 06:00:03 +0000

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

{returned}--b1--
"""
    return lines.replace("\n", "\r\n").encode()


ABSENCE = b"""\
From: director@council.example\r
To: bounce@presswatch.example\r
Subject: Away until Monday\r
Auto-Submitted: auto-replied\r
\r
I am away. Nobody reads this until Monday.\r
"""
