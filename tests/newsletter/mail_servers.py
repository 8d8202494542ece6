"""A POP3 and an IMAP server of a few commands each, on a port of this machine that is free."""

import re
import socketserver
import threading
from contextlib import contextmanager

USER, PASSWORD = "bounces@example.org", "p:ss/wörd %".replace("ö", "o")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Handler(socketserver.StreamRequestHandler):
    timeout = 10

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def command(self):
        return self.rfile.readline().decode().rstrip("\r\n")


class Pop3(Handler):
    """RFC 1939. What is marked as deleted goes when the client says QUIT."""

    def handle(self):
        box, deleted, user = self.server.box, set(), ""
        self.say("+OK ready")
        while line := self.command():
            verb, _, rest = line.partition(" ")
            if verb == "USER":
                user = rest
                self.say("+OK")
            elif verb == "PASS":
                self.say("+OK" if (user, rest) == (USER, PASSWORD) else "-ERR [AUTH] no")
            elif verb == "LIST":
                self.say("+OK")
                for number, raw in enumerate(box, 1):
                    self.say(f"{number} {len(raw)}")
                self.say(".")
            elif verb == "RETR":
                self.say("+OK")
                for part in box[int(rest) - 1].splitlines():
                    self.wfile.write((b"." + part if part.startswith(b".") else part) + b"\r\n")
                self.say(".")
            elif verb == "DELE":
                deleted.add(int(rest))
                self.say("+OK")
            elif verb == "QUIT":
                box[:] = [raw for number, raw in enumerate(box, 1) if number not in deleted]
                self.say("+OK")
                return
            else:
                self.say("-ERR what?")


class Imap(Handler):
    """RFC 3501, as far as a client needs it that looks for unseen messages and deletes some."""

    def handle(self):
        box = self.server.box  # {uid: (raw, flags)}
        self.say("* OK ready")
        while line := self.command():
            tag, verb, rest = (*line.split(" ", 2), "")[:3]
            if verb == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif verb == "LOGIN":
                user, password = re.fullmatch(r'(\S+) "(.*)"', rest).groups()
                if (user, password) != (USER, PASSWORD):
                    self.say(f"{tag} NO [AUTHENTICATIONFAILED] no")
                    continue
            elif verb == "SELECT":
                if rest != '"INBOX/Bounced letters"':
                    self.say(f"{tag} NO no such folder")
                    continue
                self.say(f"* {len(box)} EXISTS")
            elif verb == "UID":
                self.uid(box, *rest.split(" ", 1))
            elif verb == "CLOSE":
                for uid in [uid for uid, (raw, flags) in box.items() if "\\Deleted" in flags]:
                    del box[uid]
            elif verb == "LOGOUT":
                self.say("* BYE")
                self.say(f"{tag} OK")
                return
            self.say(f"{tag} OK done")

    def uid(self, box, verb, rest):
        if verb == "SEARCH":
            most = int(re.fullmatch(r"UNSEEN UNDELETED SMALLER (\d+)", rest)[1])
            found = [str(uid) for uid, (raw, flags) in box.items() if not flags and len(raw) < most]
            self.say(f"* SEARCH {' '.join(found)}".rstrip())
        elif verb == "FETCH":
            uid = int(rest.partition(" ")[0])
            raw, _flags = box[uid]
            self.say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(raw)}}}")
            self.wfile.write(raw)
            self.say(")")
        elif verb == "STORE":
            uid, flag = re.fullmatch(r"(\d+) \+FLAGS\.SILENT \((\S+)\)", rest).groups()
            box[int(uid)][1].add(flag)


@contextmanager
def serving(handler, box):
    """The port of a server whose mailbox is `box`."""
    with Server(("127.0.0.1", 0), handler) as server:
        server.box = box
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
