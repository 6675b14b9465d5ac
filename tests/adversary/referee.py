"""Who knows whose everything is: by the marks, with the key file, and with what the
people have told. No attack asks it; it counts what they have found."""

import hashlib
import hmac
import re
import zlib
from pathlib import Path

import seals
from plan import WORD

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"


class Keys:
    """What Candour derives from its key file."""

    def __init__(self, file):
        data = Path(file).read_bytes()
        self.all = [data[at : at + 32] for at in range(0, len(data), 32)]

    def derive(self, purpose, key=None):
        """From the root, which is the first, or from another."""
        return hmac.new(key or self.all[0], f"candour/1/{purpose}".encode(), hashlib.sha256).digest()

    def mac(self, purpose, *parts):
        mac = hmac.new(self.derive(purpose), digestmod=hashlib.sha256)
        for part in parts:
            mac.update(len(part).to_bytes(8, "little") + part)
        return mac.digest()


def ticket_bytes(text):
    """A ticket as it is spelt, without its check character."""
    digits = [ALPHABET.index(letter) for letter in text.replace("-", "")][:-1]
    return sum(digit * 29**at for at, digit in enumerate(digits)).to_bytes(16, "big")


class Opener:
    """Opens what Candour seals at rest, with the key file and the keys that lie in one
    copy of the database."""

    def __init__(self, keys, campaign, intake, responses):
        self.campaign = campaign
        named = {"intake": intake, "bound responses": responses}
        sealing = [keys.derive("CampaignKey", key) for key in keys.all]
        self.keys = {
            what: next(filter(None, (seals.opened(key, sealed, f"{campaign}/{what}".encode()) for key in sealing)), None)
            for what, sealed in named.items()
        }

    def row(self, id, sealed, release):
        """What was answered, as text; none: it does not open."""
        if sealed[:1] == b"{":
            return sealed.decode()
        bound_to = f"{self.campaign}/{id}/{'none' if release is None else release}"
        return self._opened("bound responses", sealed, bound_to, False)

    def envelope(self, ticket_hash, sealed):
        return self._opened("intake", sealed, f"{self.campaign}/{ticket_hash}", True)

    def _opened(self, what, sealed, bound_to, is_padded):
        plain = self.keys[what] and seals.opened(self.keys[what], sealed[1:], bound_to.encode(), is_padded)
        return plain and zlib.decompressobj(-15).decompress(plain[4 if is_padded else 0 :]).decode()


class Referee:
    def __init__(self, people, opener=None):
        self.people, self.opener = people, opener
        self.by_mark = {str(person.mark): person.number for person in people}
        self.by_word = {person.word: person.number for person in people}
        self.by_spent = {}

    def learn_spent(self, hash_of):
        """`hash_of`: what is kept of a ticket once it is spent."""
        self.by_spent = {hash_of(person.ticket): person.number for person in self.people if person.ticket}

    def of_text(self, text):
        """Whose mark is in it; none: nobody's."""
        word = re.search(WORD + r"([a-z]{12})", text)
        if word:
            return self.by_word.get(word[1])
        number = re.search(r"(?<!\d)\d{9}(?!\d)", text)
        return self.by_mark.get(number[0]) if number else None

    def of_row(self, key, values):
        """Whose a row of the answer side is."""
        texts = [value for value in values if isinstance(value, str)]
        if self.opener:
            release = next((value for value in values if isinstance(value, int)), None)
            texts.extend(self.opener.row(key, value, release) or "" for value in values if isinstance(value, bytes))
        return next((found for found in map(self.of_text, texts) if found is not None), None)

    def of_spent(self, key, _):
        return self.by_spent.get(key)


def candour_hash(keys, campaign):
    return lambda ticket: keys.mac("SpentTicket", campaign.encode(), ticket_bytes(ticket)).hex()
