"""A mail server on a port of this machine, which answers as it is told to."""

import socket
import threading
from contextlib import contextmanager

GREETING = "220 ready"
ANSWERS = {"ehlo": "250-here\r\n250 AUTH PLAIN", "auth": "235 welcome", "noop": "250 yes", "quit": "221 bye"}


@contextmanager
def mail_server(**answers):
    """Yields (port, the words that were said to it). `greeting=None` says nothing at all."""
    answers = {"greeting": GREETING, **ANSWERS, **answers}
    said = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                if answers["greeting"] is None:
                    connection.recv(1)
                    continue
                stream.write(f"{answers['greeting']}\r\n".encode())
                stream.flush()
                for line in stream:
                    word = line.split()[0].decode().lower()
                    said.append(word)
                    stream.write(f"{answers.get(word, '502 no')}\r\n".encode())
                    stream.flush()
                    if word == "quit":
                        break

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1], said
    finally:
        listening.close()
