"""What lies at rest at the end, as items with places: for people, responses,
comments and spent tickets, from copies of either database."""

import re
from dataclasses import dataclass, field

import copies as sqlite_copies
import postgres
import traces
from linkage import Item

TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*")


@dataclass
class Evidence:
    people: list = field(default_factory=list)
    responses: list = field(default_factory=list)
    comments: list = field(default_factory=list)
    spent: list = field(default_factory=list)
    # What is not a matter of chance: by its name, for how many people it was found.
    found: dict = field(default_factory=dict)


def text(value):
    """A value to be read; what is sealed, is not."""
    if isinstance(value, bytes):
        return value.decode(errors="replace") if value.startswith(b"{") else ""
    return str(value)


class Gatherer:
    """What is the same for both databases."""

    def __init__(self, store, plan, referee, watch):
        self.copies, self.layout, self.plan, self.referee, self.watch = store, store.layout, plan, referee, watch
        self.log_text = watch.log.read_bytes() if watch.log.exists() else b""
        self.log_words = traces.readable([self.log_text])
        self.answer_rows = []
        self.counted = {p.number: p for p in plan.people if p.sent is not None and p.batch <= plan.releases}

    def evidence(self, copy_of_step):
        self.prepare()
        found = Evidence()
        keys = self.keys_of_people()
        for person in self.counted.values():
            places = {"sent": person.sent, "copies": {copy_of_step.get(person.sent, 0)}}
            places.update(self.of_person(keys.get(person.email, [])))
            if len(self.plan.steps[person.sent]) == 1:
                places["said"] = self.watch.size_in_log(person.sent)
            found.people.append(Item(person.number, person.batch, places))
        found.responses = self.items(self.layout.responses, self.referee.of_row)
        found.comments = self.items(self.layout.comments, self.referee.of_row)
        found.spent = self.items(self.layout.spent, self.referee.of_spent)
        self.sizes_of_envelopes(found)
        self.search(found, keys)
        return found

    def search(self, found, keys):
        people = self.plan.people
        metrics = {text.encode() for _, text, *_ in self.watch.looks}
        told = traces.readable([*self.raw(), *metrics]) + b"\0" + self.log_words
        mails = traces.readable(path.read_bytes() for path in self.watch.mail.iterdir()) if self.watch.mail else b""
        by_person = {
            person.number: [value for key in keys.get(person.email, []) for value in self.values.get(key, ())]
            for person in people
        }
        found.found = {
            "answers": traces.people_found(traces.answers(people), told + mails),
            "tickets": traces.people_found(traces.tickets(people), told + mails),
            "codes": traces.people_found(traces.codes(people), told),
            "both sides": traces.on_both_sides(by_person, self.answer_rows),
            **self.watch.told(self.plan),
        }

    def of_person(self, keys):
        """When and by which transactions their rows changed, after all were invited."""
        changes = sorted({copy for key in keys for copy in self.copies.history.changes.get(key, []) if copy > 1})
        places = {"changed": set(changes), "txs": self.transactions(keys)}
        if changes:
            places["taken up"] = changes[0]
        times = [time[0] for key in keys for value in self.values.get(key, ()) if (time := TIME.match(text(value)))]
        if times:
            places["time"] = max(times)
        return places

    def items(self, where, whose):
        table, _ = where
        items = []
        for key, places, values in self.rows(table):
            self.answer_rows.append(values)
            owner = whose(key, values)
            if owner not in self.counted:
                continue
            copy = self.copies.history.changes.get((table, key), [0])[0]
            places.update({"copy": copy, "copies": {copy}, "changed": set(self.copies.history.changes.get((table, key), []))})
            places["size"] = sum(len(value) for value in values if isinstance(value, (str, bytes)))
            time = next((match[0] for value in values if (match := TIME.match(text(value)))), None)
            if time:
                places["time"] = time
            line = self.line_with(key, values)
            if line is not None:
                places["line"] = line
            items.append(Item(owner, self.counted[owner].batch, places))
        return items

    def needles(self, key, values):
        """By what a row is found in raw bytes: a random key, or marks in the clear."""
        texts = [str(key)] if len(str(key)) >= 20 else []
        for value in map(text, values):
            texts.extend(re.findall(r"mark:[a-z]{12}|(?<!\d)\d{9}(?!\d)", value))
        return texts

    def line_with(self, key, values):
        """Where the log first speaks of it."""
        needles = [needle.encode() for needle in self.needles(key, values)]
        spoken = [needle for needle in needles if needle.rpartition(b":")[2] in self.log_words]
        places = [self.log_text.find(needle) for needle in spoken]
        return min((place for place in places if place >= 0), default=None)

    def sizes_of_envelopes(self, found):
        """What appeared on the answer side in the copy after somebody sent: how big
        it was, if it was one thing."""
        table, _ = self.layout.spent
        for person in found.people:
            (copy,) = person.places["copies"]
            new = self.copies.history.new_in(table, copy)
            if len(new) == 1:
                person.places["size"] = self.copies.history.sizes[table, new[0]]


class FromSqlite(Gatherer):
    def raw(self):
        return self.copies.pieces

    def prepare(self):
        self.values, self.connection = {}, sqlite_copies.opened(self.copies.image)
        self.freed = sqlite_copies.freed(self.copies.image)
        self.events, self.by_word = {}, {}
        for event in self.copies.events:
            for value in event.values:
                for word in {*([value] if isinstance(value, str) and len(value) < 100 else []), *self.needles("", [value])}:
                    self.events.setdefault(word, []).append(event)

    def keys_of_people(self):
        found = {}
        for table, key, of in self.layout.people:
            names = [name for _, name, *_ in self.connection.execute(f"PRAGMA table_info({table})")]
            for row in self.connection.execute(f"SELECT * FROM {table}"):
                values = dict(zip(names, row))
                self.values[table, values[key]] = row
                found.setdefault(values[of], []).append((table, values[key]))
        emails = self.connection.execute("SELECT id, email FROM invitation")
        return {email: found.get(id, []) for id, email in emails}

    def transactions(self, keys):
        """A row without a random key of its own is known by what stands in it."""
        found = set()
        for table, key in keys:
            words = [key] if isinstance(key, str) else [v for v in self.values[table, key] if "@" in str(v)]
            found |= {event.transaction for word in words for event in self.events.get(word, [])}
        return found

    def rows(self, table):
        _, key_column = next(t for t in (self.layout.responses, self.layout.comments, self.layout.spent) if t[0] == table)
        keys = {row[0]: row[1:] for row in self.connection.execute(f"SELECT {key_column}, * FROM {table}")}
        for n, (page, offset, values, rowid) in enumerate(sqlite_copies.lain(self.copies.image, table)):
            key = next((value for value in values if isinstance(value, str) and value in keys), rowid)
            if key not in keys:
                continue
            places = {"table": n, "page": (page, -offset)}
            needles = self.needles(str(key), keys[key])
            events = [event for needle in needles for event in self.events.get(needle, [])]
            if events:
                first = min(events, key=lambda event: event.frame)
                places.update({"log": (first.frame, -first.offset), "tx": first.transaction, "txs": {first.transaction}})
            free = [at for needle in needles if (at := self.freed.find(needle.encode())) >= 0]
            if free:
                places["freed"] = min(free)
            yield key, places, keys[key]


class FromPostgres(Gatherer):
    def __init__(self, store, plan, referee, watch, cluster, has_log=True):
        super().__init__(store, plan, referee, watch)
        self.cluster, self.has_log = cluster, has_log

    def raw(self):
        return [self.log.bytes, *postgres.files(self.cluster, self.session)]

    def prepare(self):
        self.values, self.session = {}, self.copies.session
        self.session.run("CHECKPOINT", bare=True)
        self.session.run("SELECT pg_switch_wal() IS NULL", bare=True)
        self.log = postgres.Log(self.cluster, self.has_log)

    def keys_of_people(self):
        found = {}
        for table, key, of in self.layout.people:
            for row in self.session.rows(f"SELECT {key}, {of}, * FROM {table}"):
                self.values[table, row[0]] = row[2:]
                found.setdefault(row[1], []).append((table, row[0]))
        return {email: found.get(id, []) for id, email in self.session.rows("SELECT id, email FROM invitation")}

    def transactions(self, keys):
        return {xmin for key in keys for _, xmin in self.copies.versions.get(key, [])}

    def rows(self, table):
        _, key_column = next(t for t in (self.layout.responses, self.layout.comments, self.layout.spent) if t[0] == table)
        tuples = postgres.heap(self.session, table)
        begins = {ctid: offset for ctid, offset, _, _ in tuples}
        indexes = postgres.indexes(self.session, table)
        rows = self.session.rows(f"SELECT {key_column}, ctid, xmin::text, * FROM {table}")
        alive = {postgres.place(ctid) for _, ctid, _, *_ in rows}
        dead = [(ctid, data) for ctid, _, _, data in tuples if ctid not in alive]
        for key, ctid, xmin, *values in rows:
            values = [postgres.binary(value) for value in values]
            at = postgres.place(ctid)
            places = {"table": at, "page": (at[0], -begins.get(at, 0)), "tx": int(xmin)}
            places["txs"] = {xmin for _, xmin in self.copies.versions.get((table, key), [])} | {int(xmin)}
            needles = [needle.encode() for needle in self.needles(key, values)]
            self._raw(places, needles, indexes, dead)
            yield key, places, values

    def _raw(self, places, needles, indexes, dead):
        for index in indexes.values():
            found = [at for needle in needles if (at := index.find(needle)) >= 0]
            if found:
                # Later ones lie further to the front of their page.
                places["index"] = (min(found) // 8192, -(min(found) % 8192))
        left = [ctid for ctid, data in dead if any(needle in data for needle in needles)]
        if left:
            places["freed"] = min(left)
        logged = [at for needle in needles if (at := self.log.bytes.find(needle)) >= 0]
        if logged:
            places["log"] = min(logged)
            transaction = self.log.transaction_at(min(logged))
            places["commit"] = self.log.commits.get(transaction)
