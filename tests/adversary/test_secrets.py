"""Blinding and opening against the RFCs' own test vectors."""

import json
import random
import unittest
from pathlib import Path

import blind
import recorder
import seals
from people import plain64

VECTORS = Path(__file__).parents[1] / "it" / "fixtures" / "rfc9474.json"


class Blind(unittest.TestCase):
    def setUp(self):
        read = {name: value for name, value in json.loads(VECTORS.read_text()).items() if name != "source"}
        self.of = {name: bytes.fromhex(value) for name, value in read.items()}
        self.n, self.e, self.d = (int.from_bytes(self.of[name], "big") for name in "ned")

    def test_rfc_9474_appendix_a_1(self):
        key, of = (self.n, self.e), self.of
        prepared = blind.prepare(of["msg"], of["msg_prefix"])
        self.assertEqual(prepared, of["input_msg"])
        inverse = int.from_bytes(of["inv"], "big")
        blinded, back = blind.blind(key, prepared, of["salt"], pow(inverse, -1, self.n))
        self.assertEqual((blinded, back), (of["blinded_msg"], inverse))
        self.assertEqual(blind.finalize(key, prepared, of["blind_sig"], inverse), of["sig"])

    def test_what_was_signed_wrong_is_refused(self):
        key = (self.n, self.e)
        blinded, inverse = blind.blind(key, b"message")
        size = len(blinded)
        signed = pow(int.from_bytes(blinded, "big"), self.d, self.n).to_bytes(size, "big")
        self.assertTrue(blind.verify(key, b"message", blind.finalize(key, b"message", signed, inverse)))
        for wrong in (blinded, signed[:-1], bytes(size)):
            with self.assertRaises(blind.Faulty):
                blind.finalize(key, b"message", wrong, inverse)
        self.assertFalse(blind.verify(key, b"another", blind.finalize(key, b"message", signed, inverse)))


class Recorded(unittest.TestCase):
    """The attacks on what a recorder has, where something is wrong on purpose."""

    def setUp(self):
        vectors = json.loads(VECTORS.read_text())
        self.n, self.e, self.d = (int(vectors[name], 16) for name in "ned")
        self.rng = random.Random(1)

    def records(self, is_blinded, mark=""):
        key, exchanges = (self.n, self.e), []
        for number in range(6):
            prepared = blind.prepare(b"campaign", bytes([number]) * 32)
            blinded, inverse = blind.blind(key, prepared, r=None if is_blinded else 1)
            signed = pow(int.from_bytes(blinded, "big"), self.d, self.n).to_bytes(len(blinded), "big")
            signature = blind.finalize(key, prepared, signed, inverse)
            owner, own = f"10.7.0.{number}", mark and f"{mark}{number:02d}"
            code, ticket = f"CODE-{number}", f"TICKET-THAT-IS-LONGER-{number}"
            answer = json.dumps({"signature": plain64(signed)}).encode()
            fields = {"code": code, "blinded": plain64(blinded)}
            exchanges.append(recorder.Exchange(owner, "/answer/exchange", fields, [*fields.values(), own], answer))
            fields = {"serial": plain64(bytes([number]) * 32), "signature": plain64(signature), "ticket": ticket}
            exchanges.append(recorder.Exchange(owner, "/answer/begin", fields, [*fields.values(), own], b""))
        return recorder.Records(exchanges, key), {exchange.owner for exchange in exchanges}

    def hits(self, records):
        return {look.name: found.hits for look, found in recorder.run(*records, self.rng).items() if not found.is_blind}

    def test_what_is_blinded_right_gives_nothing_to_go_by(self):
        found = self.hits(self.records(is_blinded=True))
        self.assertNotIn("which exchange can have led to which ticket", found)
        self.assertTrue(all(hits < 5 for hits in found.values()), found)

    def test_what_is_not_blinded_is_linked_by_arithmetic(self):
        found = self.hits(self.records(is_blinded=False))
        self.assertEqual(found["Hamming distance"], 6)
        self.assertEqual(found["the last bits"], 6)

    def test_a_string_that_stands_on_both_sides_links(self):
        found = self.hits(self.records(is_blinded=True, mark="cookie-of-number-"))
        self.assertEqual(found["on both sides: fields, headers, cookies, pages"], 6)


class Seals(unittest.TestCase):
    def test_draft_irtf_cfrg_xchacha_a_3_1(self):
        key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
        bound_to = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
        text = bytes.fromhex(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216"
            "cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13"
            "b52e"
        )
        tag = bytes.fromhex("c0875924c1c7987947deafd8780acf49")
        plain = seals.opened(key, nonce + text + tag, bound_to)
        self.assertTrue(plain.startswith(b"Ladies and Gentlemen of the class of '99"))
        self.assertIsNone(seals.opened(key, nonce + text + tag, bound_to + b"."))
        self.assertIsNone(seals.opened(key, nonce + text + tag[::-1], bound_to))


if __name__ == "__main__":
    unittest.main()
