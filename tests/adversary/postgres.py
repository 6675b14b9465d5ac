"""A PostgreSQL server of our own, of which everything can be read: rows with where
they lie and who wrote them, pages as bytes, and the write-ahead log."""

import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

from layout import History
from product import free_port

END = "--the-end--"


def programs():
    found = sorted(glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if found:
        return Path(found[-1])
    initdb = shutil.which("initdb")
    if not initdb:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    return Path(initdb).parent


class Cluster:
    """As an operator would have it, but that its whole log is kept, vacuum comes
    every second, and nothing waits for the disk."""

    SETTINGS = {
        "listen_addresses": "127.0.0.1", "fsync": "off", "wal_keep_size": "4GB", "max_wal_size": "8GB",
        "autovacuum_naptime": "1s", "checkpoint_timeout": "30s", "max_connections": "60",
    }

    def __init__(self, folder):
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        folder.mkdir()
        folder.chmod(0o777)
        self._as_server("initdb", f"--pgdata={self.data}", "--username=postgres", "--auth=trust", "--encoding=UTF8",
                        "--locale=C.UTF-8", "--no-sync")
        settings = " ".join(f"-c {name}={value}" for name, value in self.SETTINGS.items())
        self._as_server("pg_ctl", f"--pgdata={self.data}", "--wait", "--silent", f"--log={folder}/server.log",
                        f"--options=-p {self.port} -k {folder} {settings}", "start")

    def _as_server(self, program, *arguments):
        command = [programs() / program, *arguments]
        if os.getuid() == 0:  # PostgreSQL refuses to run as root.
            user = next(user for user in ("postgres", "nobody") if user in {one.pw_name for one in pwd.getpwall()})
            group = pwd.getpwnam(user).pw_gid
            command = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "env", "HOME=/tmp", *command]
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}")
        return done.stdout

    def create(self, name):
        with self.session("postgres") as session:
            session.run(f"CREATE DATABASE {name}", bare=True)
        with self.session(name) as session:
            session.run("CREATE EXTENSION pageinspect")
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def session(self, name):
        return Session(self.port, name)

    def stop(self):
        self._as_server("pg_ctl", f"--pgdata={self.data}", "--mode=immediate", "--silent", "stop")


class Session:
    """One psql that stays open: starting one for each question would take longer
    than the answers."""

    def __init__(self, port, name):
        command = [programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(port), "-U",
                   "postgres", name]
        self.psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     text=True)

    def run(self, statements, bare=False):
        self._say(f"{statements};" if bare else f"BEGIN; {statements}; COMMIT;")

    def rows(self, query):
        """The answer, as texts; none where it is null."""
        return [
            tuple(None if value == "\\N" else _plain(value) for value in line.split("\t"))
            for line in self._say(f"COPY ({query}) TO STDOUT;")
        ]

    def _say(self, text):
        self.psql.stdin.write(f"{text}\n\\echo {END}\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line == END + "\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise RuntimeError(f"psql: {self.psql.stderr.read()}\n{text[:500]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.psql.stdin.close()
        self.psql.wait()


def _plain(text):
    if "\\" not in text:
        return text
    escapes = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\\": "\\"}
    return re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[1]), text)


@dataclass
class PostgresCopies:
    session: Session
    layout: object
    history: History = field(default_factory=History)
    count: int = 0
    # All versions of a row that were ever seen: where it lay, and who wrote it.
    versions: dict = field(default_factory=dict)

    def take(self):
        self.count += 1
        query = " UNION ALL ".join(
            f"SELECT '{table}', {key}::text, ctid::text, xmin::text, xmax::text, md5(t::text), length(t::text) FROM {table} t"
            for table, key in self.layout.keys().items()
        )
        by_table = {}
        for table, key, ctid, xmin, xmax, digest, size in self.session.rows(query):
            # Who wrote it and where it lies is part of what tells two states apart.
            by_table.setdefault(table, {})[key] = ((ctid, xmin, digest), int(size))
            version = (ctid, int(xmin))
            known = self.versions.setdefault((table, key), [])
            if version not in known:
                known.append(version)
        for table, rows in by_table.items():
            self.history.look(self.count, table, rows)
        if self.layout.sealed:
            self._keep_sealed()
        return self.count

    def _keep_sealed(self):
        """Only what is new: all envelopes after each step would be much to send."""
        new = self.history.new_in("spent_ticket", self.count)
        chosen = ", ".join(f"'{key}'" for key in new) or "''"
        query = f"SELECT ticket_hash, envelope FROM spent_ticket WHERE ticket_hash IN ({chosen}) AND envelope IS NOT NULL"
        for key, envelope in self.session.rows(query):
            self.history.envelopes[key] = (self.count, binary(envelope))
        ((*keys,),) = self.session.rows("SELECT intake_key, responses_key FROM campaign_key")
        self.history.keys[self.count] = [binary(key) for key in keys]


def files(cluster, session):
    """Every file of a database as bytes, with nothing waiting to be written."""
    session.run("CHECKPOINT", bare=True)
    ((oid,),) = session.rows("SELECT oid::text FROM pg_database WHERE datname = current_database()")
    # Those that the server is just writing anew, and then renames, hold none of the rows.
    files = [path for path in (cluster.data / "base" / oid).iterdir() if not path.name.startswith("pg_internal.init")]
    return [path.read_bytes() for path in files]


def binary(text):
    """A value as it is: bytes come as `\\x` and hexadecimal."""
    return bytes.fromhex(text[2:]) if text is not None and text.startswith("\\x") else text


def place(ctid):
    """`(3,14)` as numbers."""
    block, pointer = ctid.strip("()").split(",")
    return int(block), int(pointer)


def heap(session, table):
    """Every tuple in the pages of a table, dead ones too: (block, pointer), where in
    the page it begins, who wrote it, its bytes."""
    query = (
        f"SELECT n, lp, lp_off, t_xmin::text, encode(t_data, 'hex') FROM generate_series(0, pg_relation_size('{table}') /"
        f" current_setting('block_size')::int - 1) n, heap_page_items(get_raw_page('{table}', n::int)) WHERE lp_len > 0"
    )
    return [
        ((int(block), int(lp)), int(offset), int(xmin), bytes.fromhex(data or ""))
        for block, lp, offset, xmin, data in session.rows(query)
    ]


def indexes(session, table):
    """The indexes of a table as bytes, page after page."""
    names = session.rows(f"SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = '{table}'::regclass")
    return {
        name: b"".join(
            bytes.fromhex(page)
            for (page,) in session.rows(
                f"SELECT encode(get_raw_page('{name}', n::int), 'hex') FROM generate_series(0, pg_relation_size('{name}') /"
                " current_setting('block_size')::int - 1) n ORDER BY n"
            )
        )
        for (name,) in names
    }


@dataclass
class Record:
    """One record of the write-ahead log."""

    at: int
    transaction: int
    kind: str
    text: str


class Log:
    """The write-ahead log: as bytes, and as pg_waldump reads it."""

    def __init__(self, cluster, is_kept):
        self.bytes, self.records, self.commits = b"", [], {}
        if is_kept:
            self._read_all(cluster)

    def _read_all(self, cluster):
        folder = cluster.data / "pg_wal"
        segments = sorted(path for path in folder.iterdir() if re.fullmatch(r"[0-9A-F]{24}", path.name))
        written = cluster._as_server("pg_controldata", str(cluster.data))
        size = int(re.search(r"Bytes per WAL segment: +(\d+)", written)[1])
        self.begin = int(segments[0].name[8:16], 16) * 2**32 + int(segments[0].name[16:], 16) * size
        self.bytes = b"".join(path.read_bytes() for path in segments)
        # Without the last one it would read the first and no further.
        command = [programs() / "pg_waldump", "--path", folder, segments[0].name, segments[-1].name]
        dump = subprocess.run(command, capture_output=True, text=True)
        for line in dump.stdout.splitlines():
            self._read(line)

    def _read(self, line):
        found = re.match(r"rmgr: (\w+) .*?tx: +(\d+), lsn: ([0-9A-F]+)/([0-9A-F]+), .*?desc: (.*)", line)
        if not found:
            return
        at = int(found[3], 16) * 2**32 + int(found[4], 16)
        self.records.append(Record(at, int(found[2]), found[1], found[5]))
        commit = re.match(r"COMMIT (\d{4}-\S+ \S+)", found[5])
        if commit:
            self.commits[int(found[2])] = commit[1]

    def transaction_at(self, offset):
        """Whose record it is that holds this byte."""
        from bisect import bisect_right

        at = bisect_right(self.records, self.begin + offset, key=lambda record: record.at)
        return self.records[at - 1].transaction if at else 0
