"""A mail server that takes letters and throws none away, and that behaves as badly as one asks.

What it does with a letter is told by the beginning of the recipient's address: see `MANNERS`. In a process of its own:
`python -m tests.newsletter.smtp_sink PORT JOURNAL`; each letter that it has taken becomes one line in the journal, the
recipient and the Message-ID, before the sender hears of it.
"""

import re
import socketserver
import ssl
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

# "later-": refused for now at the first attempt, taken at the second.
MANNERS = (
    "refused-",
    "refused-data-",
    "later-",
    "always-later-",
    "cuts-",
    "swallows-",
    "stalls-",
    "mumbles-",
    "closing-",
)


class Conversation(socketserver.StreamRequestHandler):
    wbufsize = -1
    disable_nagle_algorithm = True

    def handle(self):
        with suppress(OSError):
            if self.server.sink.tls == "implicit":
                self.encrypt()
            self.talk()

    def encrypt(self):
        self.connection = self.server.sink.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")

    @property
    def is_encrypted(self):
        return isinstance(self.connection, ssl.SSLSocket)

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def talk(self):
        sink = self.server.sink
        if not sink.is_welcoming:
            self.say("421 4.3.2 Not now")
            return
        self.say("220 sink ESMTP")
        is_greeted = False
        while line := self.rfile.readline(2000):
            word = line[:4].upper()
            if word == b"EHLO":
                offers_tls = sink.tls == "starttls" and not self.is_encrypted
                self.say("250-sink" + ("\r\n250-STARTTLS" if offers_tls else "") + "\r\n250 SIZE 10000000")
                is_greeted = True
            elif word == b"STAR":
                self.say("220 Go ahead")
                self.encrypt()
                is_greeted = False  # what was said in the open does not count (RFC 3207, 4.2)
            elif not is_greeted and word != b"QUIT":
                self.say("503 5.5.1 Say EHLO first")
            elif word == b"MAIL":
                self.say(sink.answer_to_sender)
            elif word == b"RCPT":
                self.recipient = re.search(rb"<(.*)>", line)[1].decode()
                self.say(sink.answer_to_recipient(self.recipient))
            elif word == b"DATA":
                self.say("354 Go on")
                if not self.take_letter(sink):
                    return
            elif word == b"QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("250 OK")

    def take_letter(self, sink):
        """False where the connection is over."""
        manner = sink.manner(self.recipient)
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or (manner == "cuts-" and len(lines) == 5):
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        if manner == "refused-data-":
            self.say("554 5.7.1 We do not want this")
        elif manner == "stalls-":
            time.sleep(sink.stall)
        else:
            sink.keep(self.recipient, b"".join(lines), is_encrypted=self.is_encrypted)
            if manner == "swallows-":
                return False
            self.say("something else" if manner == "mumbles-" else "250 2.0.0 Taken")
            return manner != "closing-"
        return manner != "stalls-"


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50

    def __init__(self, port=0, journal=None, *, tls="", certificate=None):
        """`tls` is "implicit" or "starttls", `certificate` the paths of a certificate and its key."""
        super().__init__(("127.0.0.1", port), Conversation)
        self.sink = self
        self.tls = tls
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.letters = []  # (recipient, message)
        self.encrypted = []  # recipients of those that came in over TLS
        self.seen = {}
        self.stall = 5.0  # seconds
        self.is_welcoming = True
        self.answer_to_sender = "250 OK"
        self.journal = Path(journal).open("a", buffering=1) if journal else None  # noqa: SIM115 - for as long as the server
        self.lock = threading.Lock()

    @property
    def port(self):
        return self.server_address[1]

    def manner(self, recipient):
        return max((manner for manner in MANNERS if recipient.startswith(manner)), key=len, default="")

    def answer_to_recipient(self, recipient):
        manner = self.manner(recipient)
        with self.lock:
            self.seen[recipient] = self.seen.get(recipient, 0) + 1
        if manner == "refused-":
            return f"550 5.1.1 <{recipient}> is unknown here"
        if manner == "always-later-" or (manner == "later-" and self.seen[recipient] == 1):
            return "450 4.2.0 Greylisted, come back"
        return "250 OK"

    def keep(self, recipient, message, *, is_encrypted=False):
        with self.lock:
            if is_encrypted:
                self.encrypted.append(recipient)
            if self.journal:
                name = re.search(rb"(?im)^Message-ID: *(\S+)", message)[1].decode()
                self.journal.write(f"{recipient} {name}\n")
            else:
                self.letters.append((recipient, message))

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    Sink(int(sys.argv[1]), sys.argv[2]).serve_forever()
