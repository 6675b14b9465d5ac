"""SQLite's file format, read from raw bytes (https://www.sqlite.org/fileformat2.html):
pages, cells and where in the page they lie, freed space, and the write-ahead log."""

from dataclasses import dataclass
from struct import unpack_from

TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02


@dataclass
class Cell:
    page: int
    # Where in its page it begins: later ones lie further to the front.
    offset: int
    rowid: int | None
    payload: bytes


def varint(data, at):
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


def record(payload):
    """The values of a row or an index entry."""
    size, at = varint(payload, 0)
    kinds, values = [], []
    while at < size:
        kind, at = varint(payload, at)
        kinds.append(kind)
    for kind in kinds:
        if kind in (8, 9):
            values.append(kind - 8)
        elif kind == 0:
            values.append(None)
        elif kind == 7:
            values.append(unpack_from(">d", payload, at)[0])
            at += 8
        elif kind < 7:
            width = (0, 1, 2, 3, 4, 6, 8)[kind]
            values.append(int.from_bytes(payload[at : at + width], "big", signed=True))
            at += width
        else:
            width = (kind - 12) // 2
            piece = payload[at : at + width]
            values.append(piece.decode(errors="replace") if kind % 2 else piece)
            at += width
    return values


class Database:
    """One state of a database, as the bytes of its file."""

    def __init__(self, data):
        self.data = data
        size = unpack_from(">H", data, 16)[0]
        self.page_size = 65536 if size == 1 else size
        self.usable = self.page_size - data[20]

    def page(self, number):
        return self.data[(number - 1) * self.page_size : number * self.page_size]

    def pages(self):
        return len(self.data) // self.page_size

    def roots(self):
        """The first page of each table and index, by name."""
        return {row[1]: row[3] for row in map(record, (cell.payload for cell in self.cells(1))) if row[3]}

    def cells(self, root):
        """Those of a table or index, in the order of its keys."""
        page = self.page(root)
        head = 100 if root == 1 else 0
        kind, _, count = unpack_from(">BHH", page, head)
        inner = kind in (TABLE_INNER, INDEX_INNER)
        pointers = head + (12 if inner else 8)
        for n in range(count):
            offset = unpack_from(">H", page, pointers + 2 * n)[0]
            if inner:
                yield from self.cells(unpack_from(">I", page, offset)[0])
            if kind != TABLE_INNER:
                yield self._cell(root, page, offset, kind)
        if inner:
            yield from self.cells(unpack_from(">I", page, head + 8)[0])

    def _cell(self, number, page, offset, kind):
        at, rowid = offset + (4 if kind == INDEX_INNER else 0), None
        size, at = varint(page, at)
        if kind == TABLE_LEAF:
            rowid, at = varint(page, at)
            rowid -= 1 << 64 if rowid >> 63 else 0
        most = self.usable - 35 if kind == TABLE_LEAF else (self.usable - 12) * 64 // 255 - 23
        local = size
        if size > most:
            least = (self.usable - 12) * 32 // 255 - 23
            local = least + (size - least) % (self.usable - 4)
            local = least if local > most else local
        payload = page[at : at + local]
        if local < size:
            payload += self._overflow(unpack_from(">I", page, at + local)[0], size - local)
        return Cell(number, offset, rowid, payload)

    def _overflow(self, number, left):
        pieces = []
        while number and left > 0:
            page = self.page(number)
            number = unpack_from(">I", page, 0)[0]
            pieces.append(page[4 : min(self.usable, 4 + left)])
            left -= len(pieces[-1])
        return b"".join(pieces)

    def free_pages(self):
        """The numbers of pages that nothing uses."""
        trunk, found = unpack_from(">I", self.data, 32)[0], []
        while trunk:
            page = self.page(trunk)
            following, count = unpack_from(">II", page, 0)
            found.append(trunk)
            found.extend(unpack_from(">I", page, 8 + 4 * n)[0] for n in range(count))
            trunk = following
        return found

    def slack(self, number):
        """What lies in a page of a b-tree and belongs to none of its cells:
        the gap before the first of them, and freed blocks between them."""
        page = self.page(number)
        head = 100 if number == 1 else 0
        kind, free, count, begin = unpack_from(">BHHH", page, head)
        if kind not in (TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER):
            return b""
        pointers = head + (12 if kind in (TABLE_INNER, INDEX_INNER) else 8) + 2 * count
        pieces = [page[pointers : begin or 65536]]
        while free:
            following, size = unpack_from(">HH", page, free)
            pieces.append(page[free + 4 : free + size])
            free = following
        return b"\0".join(pieces)


@dataclass
class Frame:
    page: int
    # The size of the database after it; 0: more of its transaction follows.
    commit: int
    salt: bytes
    mark: bytes
    data: bytes


def frames(log):
    """All frames in a write-ahead log, also those of rounds before (another salt)."""
    if len(log) < 32:
        return []
    size = unpack_from(">I", log, 8)[0]
    found = []
    for at in range(32, len(log) - size - 23, size + 24):
        page, commit = unpack_from(">II", log, at)
        found.append(Frame(page, commit, log[at + 8 : at + 16], log[at + 16 : at + 24], log[at + 24 : at + 24 + size]))
    return found


def merged(data, log):
    """The database as a reader sees it: the file, and over it what the log committed."""
    if len(log) < 32:
        return data
    size, salt, open_ones = unpack_from(">I", log, 8)[0], log[16:24], []
    pages = {n + 1: data[n * size : (n + 1) * size] for n in range(len(data) // size)}
    count = len(pages)
    for frame in frames(log):
        if frame.salt != salt:
            break
        open_ones.append(frame)
        if frame.commit:
            pages.update({one.page: one.data for one in open_ones})
            open_ones, count = [], frame.commit
    return b"".join(pages.get(n + 1, bytes(size)) for n in range(count))
