"""Blinding and opening against the RFCs' own test vectors."""

import json
import unittest
from pathlib import Path

import blind
import seals

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
