"""The parsers against what SQLite itself writes; how lists are joined and counted."""

import random
import sqlite3
import tempfile
import unittest
from pathlib import Path

import chance
import plan
import traces
from copies import freed, lain, opened
from linkage import Item, by_size, in_common, in_order, latest_before
from people import Forms
from postgres import place
from referee import ticket_bytes
from sqlite_pages import Database, frames, merged


class Sqlite(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "some.db"
        self.connection = sqlite3.connect(self.file, isolation_level=None)
        self.connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = OFF;"
            "CREATE TABLE with_rowid (id INTEGER PRIMARY KEY, t TEXT, r REAL, b BLOB);"
            "CREATE TABLE without (k TEXT PRIMARY KEY, t TEXT) WITHOUT ROWID;"
        )

    def tearDown(self):
        self.connection.close()
        self.folder.cleanup()

    def image(self):
        return merged(self.file.read_bytes(), self.file.with_name("some.db-wal").read_bytes())

    def test_every_row_is_read_as_sqlite_reads_it(self):
        rng = random.Random(1)
        for n in range(300):
            # Long ones go on in overflow pages.
            text = "x" * rng.choice([0, 3, 200, 5_000, 40_000])
            self.connection.execute("INSERT INTO with_rowid VALUES (?, ?, ?, ?)", (n * 7 - 50, text, n / 3, bytes([n % 256])))
            self.connection.execute("INSERT INTO without VALUES (?, ?)", (f"key {rng.random()}", text))
        image = self.image()
        rows = [(rowid, *values[1:]) for _, _, values, rowid in lain(image, "with_rowid")]
        self.assertTrue(rows == self.connection.execute("SELECT * FROM with_rowid ORDER BY id").fetchall())
        rows = [tuple(values) for _, _, values, _ in lain(image, "without")]
        self.assertTrue(rows == self.connection.execute("SELECT * FROM without ORDER BY k").fetchall())
        with opened(image) as copy:
            self.assertEqual(copy.execute("SELECT count(*) FROM without").fetchone(), (300,))

    def test_what_is_not_committed_is_not_there_and_what_was_deleted_is_found(self):
        self.connection.executescript("INSERT INTO without VALUES ('secret-key', 'was here'), ('other', 'stays');")
        before = len(frames(self.file.with_name("some.db-wal").read_bytes()))
        self.connection.execute("BEGIN")
        self.connection.execute("DELETE FROM without WHERE k = 'secret-key'")
        self.assertEqual(len(lain(self.image(), "without")), 2)
        self.connection.execute("COMMIT")
        self.assertEqual(len(lain(self.image(), "without")), 1)
        self.assertGreater(len(frames(self.file.with_name("some.db-wal").read_bytes())), before)
        self.assertTrue(b"was here" in freed(self.image()))
        self.connection.executescript("PRAGMA secure_delete = ON; DELETE FROM without;")
        self.assertFalse(b"stays" in freed(self.image()))

    def test_freed_pages_are_found(self):
        self.connection.execute("INSERT INTO with_rowid VALUES (1, ?, 0, '')", ("y" * 60_000,))
        self.connection.execute("DELETE FROM with_rowid")
        self.assertGreater(len(Database(self.image()).free_pages()), 10)
        self.assertTrue(b"yyyy" in freed(self.image()))


class Linkage(unittest.TestCase):
    def lists(self, count, place):
        left = [Item(n, n % 2, {"sent": n, "txs": {n}}) for n in range(count)]
        return left, [Item(n, n % 2, {"at": place(n), "txs": {n}}) for n in range(count)]

    def test_what_lies_in_order_is_linked_and_what_is_shuffled_is_not(self):
        rng = random.Random(2)
        linked = in_order(*self.lists(100, lambda n: n), ("sent", "at"), rng)
        self.assertEqual((linked.hits, linked.tries, linked.chance), (100, 100, 0.02))
        self.assertTrue(linked.breaks(1e-6))
        shuffled = list(range(100))
        rng.shuffle(shuffled)
        self.assertFalse(in_order(*self.lists(100, shuffled.__getitem__), ("sent", "at"), rng).breaks(1e-4))
        one_place = in_order(*self.lists(100, lambda _: 0), ("sent", "at"), rng)
        self.assertTrue(one_place.is_blind and not one_place.breaks(1e-4))

    def test_a_faint_order_shows_in_the_correlation(self):
        rng = random.Random(3)
        faint = in_order(*self.lists(200, lambda n: n + rng.uniform(-80, 80)), ("sent", "at"), rng)
        self.assertLess(faint.share, 0.1)
        self.assertTrue(faint.breaks(1e-6))

    def test_sizes_link_though_some_are_not_known_on_one_side(self):
        rng = random.Random(7)
        length = {n: int(rng.expovariate(1 / 150)) + 7 * n for n in range(100)}
        left = [Item(n, n % 3, {"said": 900 + 2 * length[n]}) for n in length if n % 4]
        right = [Item(n, n % 3, {"size": 60 + length[n]}) for n in length]
        self.assertGreater(by_size(left, right, ("said", "size"), rng).share, 0.9)
        for item in right:
            item.places["size"] = 4096
        self.assertTrue(by_size(left, right, ("said", "size"), rng).is_blind)

    def test_a_transaction_of_both_sides_links_and_one_of_all_does_not(self):
        rng = random.Random(4)
        self.assertEqual(in_common(*self.lists(50, lambda n: n), ("txs", "txs"), rng).hits, 50)
        left, right = self.lists(50, lambda n: n)
        for item in left + right:
            item.places["txs"] = {1}
        self.assertTrue(in_common(left, right, ("txs", "txs"), rng).is_blind)

    def test_whoever_takes_up_and_answers_at_once_is_linked_by_it(self):
        left = [Item(n, 1, {"up": 2 * n}) for n in range(50)]
        right = [Item(n, 1, {"at": 2 * n + 1}) for n in range(50)]
        self.assertEqual(latest_before(left, right, ("up", "at"), random.Random(5)).hits, 50)


class Chance(unittest.TestCase):
    def test_the_interval_is_clopper_and_pearsons(self):
        for hits, tries, low, high in [(0, 10, 0, 0.3085), (3, 10, 0.0667, 0.6525), (10, 10, 0.6915, 1), (5, 180, 0.0091, 0.0636)]:
            found = chance.interval(hits, tries)
            self.assertAlmostEqual(found[0], low, 3)
            self.assertAlmostEqual(found[1], high, 3)

    def test_ranks_share_ties(self):
        self.assertEqual(chance.ranks([5, 1, 5, 9]), [1.5, 0, 1.5, 3])
        self.assertIsNone(chance.correlation([[(1, 2), (1, 3)]]))
        self.assertAlmostEqual(chance.correlation([[(1, 9), (2, 8), (3, 7)]])[0], -1)


class Others(unittest.TestCase):
    def test_a_plan_has_everybody_answer_once_and_after_taking_up(self):
        made = plan.make(random.Random(6), 200)
        sends = [who.number for step in made.steps for what, who in step if what == "send"]
        self.assertEqual(len(sends), len(set(sends)))
        self.assertEqual(len(sends), 180)
        for step in made.steps:
            for what, who in step:
                if what == "send":
                    self.assertLessEqual(who.taken_up, who.sent)
        self.assertTrue(any(len(step) > 4 for step in made.steps) or any(len(step) == 4 for step in made.steps))
        batches = [sum(p.batch == n for p in made.people) for n in range(5)]
        self.assertEqual(batches[0], 20)
        self.assertTrue(all(count >= 15 for count in batches[1:]), batches)

    def test_a_form_is_read_as_a_browser_would_send_it(self):
        page = Forms(
            '<form action="/a" method="post"><input type="hidden" name="t" value="x&amp;y"><input type="radio" name="r" value="1">'
            '<input type="radio" name="r" value="2" checked><textarea name="w">said</textarea><select name="s"><option value="a">'
            '<option value="b" selected></select><button name="go" value="next">Go <b>on</b></button></form>'
        )
        (form,) = page.forms
        self.assertEqual(form["fields"], [("t", "x&y"), ("r", "2"), ("w", "said"), ("s", "b")])
        self.assertEqual(form["buttons"], [("Go on", {"name": "go", "value": "next"})])

    def test_secrets_are_found_however_they_are_spelt(self):
        found = traces.people_found({1: traces.spellings("ABCD-EFGH"), 2: {b"fffefdfc"}},
                                    traces.readable([b"..abcdefgh..", b"fffefdfc"]))
        self.assertEqual((found.hits, found.tries), (2, 2))
        both = traces.on_both_sides({1: ["common-to-everybody", "only-of-number-one"], 2: ["common-to-everybody"]},
                                    [("{only-of-number-one}", 7), ("common-to-everybody",)])
        self.assertEqual(both.hits, 1)

    def test_places_and_tickets_are_read(self):
        self.assertEqual(place("(3,14)"), (3, 14))
        self.assertEqual(ticket_bytes("3222-2222-2222-2222-2222-2222-2222"), (1).to_bytes(16, "big"))


if __name__ == "__main__":
    unittest.main()
