"""Who knows whose everything is: by the marks, with the key file, and with what the
people have told. No attack asks it; it counts what they have found."""

import hashlib
import hmac
import json
import re
from pathlib import Path

from plan import WORD

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"


class Keys:
    """What Candour derives from its key file."""

    def __init__(self, file):
        self.root = Path(file).read_bytes()[:32]

    def derive(self, purpose):
        return hmac.new(self.root, f"candour/1/{purpose}".encode(), hashlib.sha256).digest()

    def mac(self, purpose, *parts):
        mac = hmac.new(self.derive(purpose), digestmod=hashlib.sha256)
        for part in parts:
            mac.update(len(part).to_bytes(8, "little") + part)
        return mac.digest()


def ticket_bytes(text):
    """A ticket as it is spelt, without its check character."""
    digits = [ALPHABET.index(letter) for letter in text.replace("-", "")][:-1]
    return sum(digit * 29**at for at, digit in enumerate(digits)).to_bytes(16, "big")


class Referee:
    def __init__(self, people):
        self.people = people
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

    def of_row(self, values):
        """Whose a row of the answer side is."""
        return next((found for found in map(self.of_text, map(str, values)) if found is not None), None)

    def of_spent(self, values):
        return next((self.by_spent[value] for value in values if value in self.by_spent), None)


def candour_hash(keys, campaign):
    return lambda ticket: keys.mac("SpentTicket", campaign.encode(), ticket_bytes(ticket)).hex()
