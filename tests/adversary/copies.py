"""Copies of all that a SQLite database leaves on the disk, made between any two steps."""

import sqlite3
from dataclasses import dataclass, field

from layout import History
from sqlite_pages import INDEX_INNER, INDEX_LEAF, TABLE_LEAF, Database, frames, merged, record


@dataclass
class Event:
    """A row that was written: by which transaction of the log, and where in it."""

    transaction: int
    frame: int
    offset: int
    values: list


@dataclass
class SqliteCopies:
    file: object
    layout: object
    history: History = field(default_factory=History)
    count: int = 0
    # All that was ever in the log, in its order.
    events: list = field(default_factory=list)
    # Every different piece of raw bytes that was seen, for searching.
    pieces: list = field(default_factory=list)
    files: list = field(default_factory=list)

    def __post_init__(self):
        self._pages, self._marks, self._cells = {}, {}, set()
        self._transaction = self._frame = 0

    def take(self):
        """Makes one more copy, and keeps what is new in it."""
        self.count += 1
        data = self.file.read_bytes()
        log = self._beside("-wal")
        self._keep_log(log)
        self._keep_pages(data)
        self.image = merged(data, log)
        self.files.append({path.name: path.stat().st_mtime_ns for path in self.file.parent.glob(self.file.name + "*")})
        with opened(self.image) as rows:
            for table, key in self.layout.keys().items():
                found = rows.execute(f"SELECT {key} AS the_key, * FROM {table}").fetchall()
                self.history.look(self.count, table, {row[0]: (hash(row), _size(row[1:])) for row in found})
            if self.layout.sealed:
                self._keep_sealed(rows)
        return self.count

    def _keep_sealed(self, rows):
        for key, envelope in rows.execute("SELECT ticket_hash, envelope FROM spent_ticket WHERE envelope IS NOT NULL"):
            self.history.envelopes.setdefault(key, (self.count, envelope))
        ((*keys,),) = rows.execute("SELECT intake_key, responses_key FROM campaign_key")
        self.history.keys[self.count] = keys

    def _beside(self, ending):
        path = self.file.with_name(self.file.name + ending)
        return path.read_bytes() if path.exists() else b""

    def _keep_pages(self, data):
        size = Database(data).page_size
        for n in range(len(data) // size):
            page = data[n * size : (n + 1) * size]
            if self._pages.get(n) != page:
                self._pages[n] = page
                self.pieces.append(page)

    def _keep_log(self, log):
        for at, frame in enumerate(frames(log)):
            if self._marks.get(at) == (frame.salt, frame.mark):
                continue
            self._marks[at] = (frame.salt, frame.mark)
            if frame.salt == log[16:24]:
                self._keep_frame(frame)
            self.pieces.append(frame.data)

    def _keep_frame(self, frame):
        self._frame += 1
        for offset, payload in _cells(frame):
            if payload not in self._cells:
                self._cells.add(payload)
                self.events.append(Event(self._transaction, self._frame, offset, _values(payload)))
        if frame.commit:
            self._transaction += 1


def _cells(frame):
    """The rows of one page, apart from its database: as far as they lie in it."""
    head = 100 if frame.page == 1 else 0
    kind = frame.data[head]
    if kind not in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
        return
    lone = Database.__new__(Database)
    lone.usable = lone.page_size = len(frame.data)
    lone.page = lambda _: frame.data
    lone._overflow = lambda *_: b""
    pointers = head + (12 if kind == INDEX_INNER else 8)
    for n in range(int.from_bytes(frame.data[head + 3 : head + 5], "big")):
        offset = int.from_bytes(frame.data[pointers + 2 * n : pointers + 2 * n + 2], "big")
        yield offset, lone._cell(frame.page, frame.data, offset, kind).payload


def _values(payload):
    try:
        return record(payload)
    except (IndexError, ValueError):
        return []


def _size(row):
    return sum(len(value) for value in row if isinstance(value, (str, bytes)))


def opened(image):
    """A copy, to be asked in SQL. It was written with a log; a copy in memory has none."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(image[:18] + b"\1\1" + image[20:])
    return connection


def lain(image, table):
    """The rows of a table as they lie in the file: the page, where in the page it
    begins, the values and the number beside them, in the order of the keys."""
    database = Database(image)
    root = database.roots()[table]
    return [(cell.page, cell.offset, record(cell.payload), cell.rowid) for cell in database.cells(root)]


def freed(image):
    """All bytes that belong to nothing any more."""
    database = Database(image)
    free = set(database.free_pages())
    pieces = [database.page(n) for n in sorted(free)]
    pieces.extend(database.slack(n) for n in range(1, database.pages() + 1) if n not in free)
    return b"\0".join(pieces)
