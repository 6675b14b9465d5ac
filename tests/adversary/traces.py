"""Searches for what must not be found: secrets in the clear anywhere, and values that
stand on both sides. One hit is one too many: by chance there is none."""

import re

from linkage import Linked

# So many characters in common are no accident.
ENOUGH = 14


def spellings(text):
    """As it may have been written."""
    plain = text.replace("-", "")
    texts = {text, plain, text.lower(), plain.lower()}
    return {one.encode() for one in texts}


def readable(pieces):
    """What is in raw bytes that a secret of ours could be in: runs of letters, digits
    and dashes, each once. What is left is small, and so quickly searched."""
    runs = set()
    for piece in pieces:
        runs.update(re.findall(rb"[0-9A-Za-z-]{8,}", piece))
    return b"\0".join(runs)


def people_found(secrets, haystack):
    """For how many people one of their secrets is there. `secrets`: by person, the
    spellings."""
    # Shorter ones would be found by chance.
    found = {number for number, texts in secrets.items() if any(len(text) > 7 and text in haystack for text in texts)}
    return Linked(len(found), len(secrets))


def answers(people):
    return {p.number: {str(p.mark).encode(), p.word.encode()} for p in people if p.sent is not None}


def tickets(people):
    return {p.number: spellings(p.ticket) for p in people if p.ticket}


def codes(people):
    return {p.number: spellings(p.code) for p in people if p.code}


def windows(values):
    """Every run of characters of an id, a hash or a sealed text that is long enough."""
    for value in values:
        text = value.hex() if isinstance(value, bytes) else str(value)
        for word in re.findall(r"[A-Za-z0-9+/=_-]{%d,}" % ENOUGH, text):
            for at in range(len(word) - ENOUGH + 1):
                yield word[at : at + ENOUGH]


def on_both_sides(by_person, others):
    """For how many people something of their rows stands in a row of the answer side
    and in nobody else's."""
    owners = {}
    for number, values in by_person.items():
        for window in set(windows(values)):
            owners.setdefault(window, set()).add(number)
    single = {window: number for window, (number, *more) in ((w, tuple(o)) for w, o in owners.items()) if not more}
    found = {single[window] for row in others for window in windows(row) if window in single}
    return Linked(len(found), len(by_person))
