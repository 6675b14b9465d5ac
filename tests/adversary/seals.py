"""XChaCha20-Poly1305 (RFC 8439, and draft-irtf-cfrg-xchacha-03 for the X), opening
only: what Candour has sealed, for whoever has the key file."""

import hmac
from functools import cache
from struct import pack, unpack

WORDS = 0xFFFFFFFF


def _rounds(state):
    def quarter(a, b, c, d):
        for x, y, z, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = state[x] + state[y] & WORDS
            turned = state[z] ^ state[x]
            state[z] = (turned << by | turned >> (32 - by)) & WORDS

    for _ in range(10):
        for at in range(4):
            quarter(at, at + 4, at + 8, at + 12)
        for at in range(4):
            quarter(at, 4 + (at + 1) % 4, 8 + (at + 2) % 4, 12 + (at + 3) % 4)
    return state


def _start(key, rest):
    return [*unpack("<4I", b"expand 32-byte k"), *unpack("<8I", key), *unpack("<4I", rest)]


def _block(key, counter, nonce):
    state = _start(key, pack("<I", counter) + nonce)
    mixed = _rounds(state[:])
    return pack("<16I", *(a + b & WORDS for a, b in zip(mixed, state)))


def _derived(key, nonce):
    """HChaCha20: section 2.2 of the draft."""
    state = _rounds(_start(key, nonce))
    return pack("<8I", *state[:4], *state[12:])


def _tag(key, data):
    """Poly1305: RFC 8439, section 2.5."""
    r, s = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF, int.from_bytes(key[16:], "little")
    total = 0
    for at in range(0, len(data), 16):
        total = (total + int.from_bytes(data[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + s & (1 << 128) - 1).to_bytes(16, "little")


@cache
def opened(key, sealed, bound_to, is_padded=False):
    """What was sealed; none: it does not open. A nonce of 24 bytes stands in front.
    Of what is padded, with its length in the first four bytes, only so much as counts."""
    nonce, text, tag = sealed[:24], sealed[24:-16], sealed[-16:]
    if len(sealed) < 40:
        return None
    key, nonce = _derived(key, nonce[:16]), bytes(4) + nonce[16:]
    pad = lambda data: data + bytes(-len(data) % 16)
    whole = pad(bound_to) + pad(text) + pack("<QQ", len(bound_to), len(text))
    if not hmac.compare_digest(_tag(_block(key, 0, nonce)[:32], whole), tag):
        return None
    if is_padded:
        front = bytes(a ^ b for a, b in zip(text[:4], _block(key, 1, nonce)))
        text = text[: 4 + int.from_bytes(front, "little")]
    stream = b"".join(_block(key, 1 + at, nonce) for at in range((len(text) + 63) // 64))
    return bytes(a ^ b for a, b in zip(text, stream))
