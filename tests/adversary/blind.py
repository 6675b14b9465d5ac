"""RSABSSA-SHA384-PSS-Randomized of RFC 9474, the client's half and verifying, with
Python's integers: written from the RFC, and from nothing of Candour's."""

import hashlib
import secrets
from math import gcd

SALT = 48
RSA_ENCRYPTION = bytes.fromhex("300d06092a864886f70d0101010500")


class Faulty(Exception):
    """A key or a signature that the person must not go on with."""


def read_spki(der):
    """The modulus and the exponent of a SubjectPublicKeyInfo (RFC 5280, RFC 8017 A.1.1)."""
    whole, rest = _element(der, 0x30)
    if rest or not whole.startswith(RSA_ENCRYPTION):
        raise Faulty("not a key for RSA")
    bits, rest = _element(whole[len(RSA_ENCRYPTION) :], 0x03)
    key, more = _element(bits[1:], 0x30)
    modulus, more = _element(key, 0x02)
    exponent, more = _element(more, 0x02)
    n, e = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
    if rest or more or n.bit_length() < 2048 or n % 2 == 0 or e != 65537:
        raise Faulty("not a key of the right kind")
    return n, e


def _element(data, tag):
    if data[0] != tag:
        raise Faulty("not the DER of a key")
    length, at = data[1], 2
    if length & 0x80:
        at = 2 + (length & 0x7F)
        length = int.from_bytes(data[2:at], "big")
    return data[at : at + length], data[at + length :]


def fingerprint(der):
    digest = hashlib.sha256(der).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def prepare(message, prefix):
    """Section 4.1: the randomized variant puts 32 random bytes in front."""
    return prefix + message


def blind(key, prepared, salt=None, r=None):
    """Section 4.2. The blinded message, and what takes the blind off again."""
    n, e = key
    size = (n.bit_length() + 7) // 8
    encoded = int.from_bytes(_pss_encode(prepared, n.bit_length() - 1, salt or secrets.token_bytes(SALT)), "big")
    if gcd(encoded, n) != 1:
        raise Faulty("the message shares a factor with the modulus")
    r = r or secrets.randbelow(n - 1) + 1
    return (encoded * pow(r, e, n) % n).to_bytes(size, "big"), pow(r, -1, n)


def finalize(key, prepared, blind_signature, inverse):
    """Section 4.4: takes the blind off, and refuses what does not verify."""
    n, _ = key
    size = (n.bit_length() + 7) // 8
    if len(blind_signature) != size:
        raise Faulty("a signature of the wrong length")
    signature = (int.from_bytes(blind_signature, "big") * inverse % n).to_bytes(size, "big")
    if not verify(key, prepared, signature):
        raise Faulty("a signature that does not verify")
    return signature


def verify(key, prepared, signature):
    """RFC 8017, section 8.1.2."""
    n, e = key
    number = int.from_bytes(signature, "big")
    bits = n.bit_length() - 1
    return number < n and _pss_verify(prepared, pow(number, e, n).to_bytes((bits + 7) // 8, "big"), bits)


def _pss_encode(message, bits, salt):
    """EMSA-PSS-ENCODE, RFC 8017, section 9.1.1."""
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - SALT - len(digest) - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mgf1(digest, len(block))))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def _pss_verify(message, encoded, bits):
    """EMSA-PSS-VERIFY, RFC 8017, section 9.1.2."""
    length = (bits + 7) // 8
    masked, digest = encoded[: length - 49], encoded[length - 49 : -1]
    spare = 8 * length - bits
    if encoded[-1] != 0xBC or masked[0] >> (8 - spare):
        return False
    block = bytearray(a ^ b for a, b in zip(masked, _mgf1(digest, len(masked))))
    block[0] &= 0xFF >> spare
    padding = length - SALT - 50
    if any(block[:padding]) or block[padding] != 1:
        return False
    return hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + block[-SALT:]).digest() == digest


def _mgf1(seed, length):
    blocks = (hashlib.sha384(seed + at.to_bytes(4, "big")).digest() for at in range(length // 48 + 1))
    return b"".join(blocks)[:length]
