"""Reports as mail servers write them, about a letter of ours."""

from newsletter.return_address import envelope_sender, message_id

LETTER = """\
Return-Path: <{sender}>
From: The letter <letter@example.org>
To: anna@example.org
Subject: =?utf-8?q?El_butllet=C3=AD?=
Message-ID: {message_id}
List-Unsubscribe: <https://www.example.org/en/newsletter/leave/x/>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
"""


def letter_of(number):
    return LETTER.format(sender=envelope_sender(number), message_id=message_id(number))


def dsn(
    number,
    *,
    status="5.1.1",
    action="failed",
    diagnostic="smtp; 550 5.1.1 <anna@example.org>: no such user",
    to=None,
    original="message/rfc822",
    status_type="message/delivery-status",
    report_type="delivery-status",
):
    """As Postfix writes it (RFC 3464). `original` None: nothing of the letter comes back."""
    to = to or f"<{envelope_sender(number)}>"
    returned = f"--B\nContent-Type: {original}\n\n{letter_of(number)}\nHello.\n\n" if original else ""
    return (
        f"""\
Return-Path: <>
Received: by mx.example.org (Postfix) id 4ABC; Mon, 30 Nov 2026 10:00:00 +0100 (CET)
Date: Mon, 30 Nov 2026 10:00:00 +0100 (CET)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={report_type};
\tboundary="B"
Message-Id: <20261130100000.4ABC@mx.example.org>

This is a MIME-encapsulated message.

--B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Description: Delivery report
Content-Type: {status_type}

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4ABC
Arrival-Date: Mon, 30 Nov 2026 09:59:59 +0100 (CET)

Final-Recipient: rfc822; anna@example.org
Original-Recipient: rfc822;anna@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: {diagnostic}

{returned}--B--
"""
    ).encode()


def complaint(number, *, feedback="abuse", original="message/rfc822", mail_from=""):
    """As a provider's feedback loop writes it (RFC 5965), with the reader's address taken out."""
    returned = f"--B\nContent-Type: {original}\n\n{letter_of(number)}\nHello.\n\n" if original else ""
    return (
        f"""\
From: <abusedesk@example.com>
Date: Mon, 30 Nov 2026 10:00:00 +0100
Subject: FW: El butlleti
To: <abuse@example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
     boundary="B"

--B
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--B
Content-Type: message/feedback-report

Feedback-Type: {feedback}
User-Agent: SomeGenerator/1.0
Version: 1
{mail_from}Source-IP: 192.0.2.1

{returned}--B--
"""
    ).encode()
