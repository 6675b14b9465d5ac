"""An SMTP server for tests: STARTTLS and AUTH are required, mail goes to a folder.

usage: smtp_server.py FOLDER CERTIFICATE KEY USER PASSWORD

Prints "ready PORT" when it listens, and ends when its standard input does. What
it answers depends on the recipient, so that a test scripts it by address:

    refused...@   550 at RCPT         late-refused...@  550 after the message
    busy...@      451 at RCPT         busy-once...@     451 the first time
    slow...@      answers after two seconds

Each accepted message is one file, NUMBER.eml, whose first line is the envelope in
JSON; every attempt is a line of attempts.jsonl.
"""

import json
import logging
import socket
import ssl
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder, certificate, key, user, password = Path(sys.argv[1]), *sys.argv[2:]

logging.getLogger("mail.log").setLevel(logging.ERROR)


class Handler:
    def __init__(self):
        self.accepted = 0
        self.seen = set()

    def note(self, **what):
        with open(folder / "attempts.jsonl", "a") as file:
            file.write(json.dumps(what) + "\n")

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = "250 OK"
        if address.startswith("refused"):
            reply = "550 5.1.1 No such person here"
        elif address.startswith("busy-once"):
            reply = "250 OK" if address in self.seen else "451 4.3.0 Try again later"
            self.seen.add(address)
        elif address.startswith("busy"):
            reply = "451 4.3.0 Try again later"
        self.note(to=address, tls=session.ssl is not None, authenticated=session.authenticated, reply=reply)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("late-refused") for address in envelope.rcpt_tos):
            return "550 5.7.1 Not wanted"
        if any(address.startswith("slow") for address in envelope.rcpt_tos):
            time.sleep(2)
        self.accepted += 1
        head = {"from": envelope.mail_from, "to": envelope.rcpt_tos}
        part = folder / f"{self.accepted:05}.part"
        part.write_bytes(json.dumps(head).encode() + b"\n" + envelope.original_content)
        part.rename(part.with_suffix(".eml"))
        return "250 OK"


def authenticate(server, session, envelope, mechanism, given):
    right = given.login == user.encode() and given.password == password.encode()
    # handled=False on failure, or the server would send no reply at all.
    return AuthResult(success=right, handled=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    controller = Controller(
        Handler(),
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=tls,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
        decode_data=False,
    )
    controller.start()
    print("ready", controller.port, flush=True)
    sys.stdin.read()
    controller.stop()


main()
