"""Where letters are handed in: the site's mail back-end, open for many letters."""

from __future__ import annotations

import smtplib
import socket
from email import message_from_bytes, policy

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp

from newsletter.smtp_session import Answer, ConnectionLost, Fate, ServerAway, ServerRefuses, hand_over, in_words, said

# A provider's own answer to a request, where its client tells it (django-anymail does).
TOO_MANY = 429


class PostOffice:
    """Use as `with PostOffice() as office`. Opens when the first letter comes, and again after a broken connection."""

    def __init__(self):
        self.connection = get_connection()
        self.is_open = False

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        if self.is_open:
            self.is_open = False
            try:
                self.connection.close()
            except OSError:  # it was gone already
                self.connection.connection = None

    def open(self):
        """Raises ServerAway or ServerRefuses."""
        try:
            self.connection.open()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
            raise ServerRefuses(in_words(error)) from error
        except smtplib.SMTPResponseException as error:
            refuses = 500 <= error.smtp_code < 600
            raise (ServerRefuses if refuses else ServerAway)(said(error.smtp_code, as_bytes(error))) from error
        except OSError as error:
            raise ServerAway(in_words(error)) from error
        self.is_open = True
        if isinstance(self.connection, smtp.EmailBackend):
            # The end of a letter is a packet of its own, and would wait 40 ms for the one before to be acknowledged.
            self.connection.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def take(self, sender: str, recipient: str, message: bytes) -> Answer:
        """Hand in one message. Raises ServerAway or ServerRefuses; then it was not sent."""
        was_open = self.is_open
        if not was_open:
            self.open()
        try:
            answer = self.hand_in(sender, recipient, message)
        except ConnectionLost:
            self.close()
            if not was_open:
                raise
            return self.take(sender, recipient, message)
        except (ServerAway, ServerRefuses):
            self.close()
            raise
        if answer.is_over:
            self.close()
        return answer

    def hand_in(self, sender: str, recipient: str, message: bytes) -> Answer:
        if isinstance(self.connection, smtp.EmailBackend):
            return hand_over(self.connection.connection, sender, recipient, message)
        return send_whole(self.connection, sender, recipient, message)


def send_whole(connection, sender: str, recipient: str, message: bytes) -> Answer:
    """By a back-end that takes Django's messages: a provider's API, a folder, the console."""
    try:
        connection.send_messages([as_message(sender, recipient, message)])
    except ConnectionRefusedError as error:
        raise ServerAway(in_words(error)) from error
    except Exception as error:  # whatever a provider's client raises: what it was tells what is known
        status = getattr(error, "status_code", None)
        if status == TOO_MANY:
            raise ServerAway(in_words(error)) from error
        if status is not None and 400 <= status < 500:
            return Answer(Fate.REFUSED, in_words(error))
        return Answer(Fate.UNCERTAIN, in_words(error))
    return Answer(Fate.TAKEN)


def as_message(sender: str, recipient: str, message: bytes) -> EmailMultiAlternatives:
    parsed = message_from_bytes(message, policy=policy.default)
    own = {"to", "subject", "mime-version", "content-type", "content-transfer-encoding"}
    headers = {name: str(value) for name, value in parsed.items() if name.lower() not in own}
    text, html = (part.get_content() for part in parsed.iter_parts())
    whole = EmailMultiAlternatives(str(parsed["Subject"]), text, sender, [recipient], headers=headers)
    whole.attach_alternative(html, "text/html")
    return whole


def as_bytes(error: smtplib.SMTPResponseException) -> bytes:
    return error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
