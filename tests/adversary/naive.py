"""The control: a store as many are built. Serial ids, a time beside each answer, and
one transaction that marks the invitation as answered and keeps the answer. Nothing
in it names the person of an answer either. If the attacks do not link this one, they
are worth nothing."""

import sqlite3
import time
from datetime import datetime, timezone
from hashlib import sha256

TABLES = """
CREATE TABLE invitation (id {serial}, name TEXT, email TEXT, code TEXT, state TEXT, completed_at TEXT);
CREATE TABLE response (id {serial}, created_at TEXT, answers TEXT);
CREATE TABLE comment (id {serial}, created_at TEXT, text TEXT);
CREATE TABLE spent_token (token_hash TEXT PRIMARY KEY, created_at TEXT);
"""


def now():
    return datetime.now(timezone.utc).isoformat(timespec="microseconds")


def tables(serial):
    return TABLES.format(serial=serial)


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


class Naive:
    """Does the plan's steps through any function that runs statements in one
    transaction each."""

    def __init__(self, run, log):
        self.run, self.log = run, log

    def set_up(self, people):
        rows = ", ".join(
            f"({person.number + 1}, {quoted(person.name)}, {quoted(person.email)}, 'code-{person.word[::-1]}', 'offered')"
            for person in people
        )
        self.run(f"INSERT INTO invitation (id, name, email, code, state) VALUES {rows};")

    def do(self, step):
        for what, who in step:
            if what == "take up":
                who.ticket = sha256(who.word.encode()).hexdigest()
                self.run(f"UPDATE invitation SET state = 'taken_up' WHERE id = {who.number + 1};")
            elif what == "send":
                self._send(who)

    def _send(self, person):
        at = quoted(now())
        comments = "".join(
            f"INSERT INTO comment (created_at, text) VALUES ({at}, {quoted(text)});"
            for text in (person.words, *person.more)
            if text
        )
        token = sha256(person.ticket.encode()).hexdigest()
        self.run(
            f"UPDATE invitation SET state = 'answered', completed_at = {at} WHERE id = {person.number + 1};"
            f"INSERT INTO spent_token VALUES ('{token}', {at});"
            f"INSERT INTO response (created_at, answers) VALUES ({at}, {quoted(answers(person))});" + comments
        )
        with self.log.open("a") as log:
            log.write(f"{at} INFO {person.address} POST /answer number={person.mark}\n")
        time.sleep(0.001)


def answers(person):
    return '{"number":{"number":%d}}' % person.mark


def on_sqlite(file):
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF;" + tables("INTEGER PRIMARY KEY AUTOINCREMENT"))
    return lambda statements: connection.executescript(f"BEGIN; {statements} COMMIT;")
