"""The server, changed to record everything that it is sent and sends: a proxy of ours
between the people and Candour, behind any encryption. It has who took part (the codes
are in the mails) and what was answered (with tickets), and may join the two by
anything but the time and the connection."""

import http.client
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import loads
from math import gcd
from urllib.parse import parse_qs, urlsplit

from attacks import Look
from linkage import Item, Linked, in_order
from people import from64
from traces import windows

# Hop by hop, or of the connection: not what this is about.
OWN = {"connection", "transfer-encoding", "keep-alive", "date", "x-forwarded-for"}
# What a browser says of itself: an attack of its own.
BROWSER = {"user-agent", "accept-language"}


@dataclass
class Exchange:
    """One request and its answer."""

    # The referee's, and no attack's: the address that they came from.
    owner: str
    path: str
    fields: dict
    texts: list
    answer: bytes
    browser: tuple = ()

    @property
    def size(self):
        return sum(map(len, self.texts))


class Recorder:
    def __init__(self, upstream):
        split, self.exchanges = urlsplit(upstream), []
        exchanges = self.exchanges

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in ("connection",)}
                connection = http.client.HTTPConnection(split.hostname, split.port, timeout=60)
                connection.request(self.command, self.path, body or None, headers)
                response = connection.getresponse()
                answer = response.read()
                exchanges.append(_exchange(self, body, response, answer))
                self.send_response(response.status)
                for name, value in response.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                connection.close()

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()


def _exchange(request, body, response, answer):
    text = body.decode(errors="replace")
    both = [*request.headers.items(), *response.getheaders()]
    headers = [f"{name}: {value}" for name, value in both if name.lower() not in OWN | BROWSER]
    browser = tuple(request.headers.get(name) for name in sorted(BROWSER))
    fields = {name: values[0] for name, values in parse_qs(text).items()}
    texts = [request.path, text, *headers, answer.decode(errors="replace"), *fields.values()]
    return Exchange(request.headers.get("x-forwarded-for", ""), request.path, fields, texts, answer, browser)


@dataclass
class Side:
    """All that belongs together without looking at time or connection: what bears
    one code, or what bears one ticket."""

    owner: str
    exchanges: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)

    def keys(self):
        """Fingerprints and keys of campaigns that were sent to it."""
        fingerprint = re.compile(rb"(?:[0-9a-f]{4}[ :-]){7}[0-9a-f]{4}|MII[A-Za-z0-9+/]{300,}")
        return frozenset(found for exchange in self.exchanges for found in fingerprint.findall(exchange.answer))

    def strings(self):
        return {window for exchange in self.exchanges for window in windows(exchange.texts)}


class Records:
    def __init__(self, exchanges, key):
        self.key, self.named, self.nameless, self.outright = key, {}, {}, set()
        for exchange in exchanges:
            code = exchange.fields.get("code") or (exchange.path[3:] if exchange.path.startswith("/i/") else "")
            ticket = exchange.fields.get("ticket") or _ticket_on(exchange)
            code = "" if len(code) > 20 else code.split("?")[0]
            if code and ticket:
                self.outright.add(exchange.owner)
            for bearer, sides in ((code, self.named), (ticket, self.nameless)):
                if bearer:
                    side = sides.setdefault(bearer, Side(exchange.owner))
                    side.exchanges.append(exchange)
                    side.numbers.update(_numbers(exchange))

    def of(self, owners):
        """The two sides of these people, those who came through to the end."""
        named = [side for side in self.named.values() if side.owner in owners]
        nameless = [side for side in self.nameless.values() if side.owner in owners]
        return named, nameless


def _ticket_on(exchange):
    """The ticket that a page hands out, as every page after it carries it."""
    found = exchange.answer.split(b'name="ticket" value="')
    return found[1].split(b'"')[0].decode() if len(found) > 1 else ""


def _numbers(exchange):
    """What the two halves of the exchange have to do arithmetic with."""
    found = {name: exchange.fields[name] for name in ("blinded", "serial", "signature") if name in exchange.fields}
    if exchange.path.startswith("/answer/exchange") and exchange.answer.startswith(b"{"):
        found["blind signature"] = loads(exchange.answer).get("signature", "")
    return {name: int.from_bytes(from64(text), "big") for name, text in found.items()}


# --- Attacks -------------------------------------------------------------------


def outright(records, owners, _):
    hits = len(records.outright & owners)
    return Linked(hits, len(owners), 0.0, is_blind=not hits)


def equal_strings(records, owners, rng):
    """Anything that stands on one named side and on one nameless side only."""
    named, nameless = records.of(owners)
    where = {}
    for kind, sides in (("named", named), ("nameless", nameless)):
        for side in sides:
            for window in side.strings():
                where.setdefault(window, {"named": set(), "nameless": set()})[kind].add(id(side))
    shared = {}
    for places in where.values():
        if len(places["named"]) == len(places["nameless"]) == 1:
            shared[next(iter(places["named"]))] = next(iter(places["nameless"]))
    by_id = {id(side): side for side in nameless}
    return best(named, nameless, rng, lambda a, b: 1 if shared.get(id(a)) == id(b) else 0) if by_id else Linked(is_blind=True)


def keys(records, owners, rng):
    """Whoever had been shown a key that is theirs alone would be known by it."""
    named, nameless = records.of(owners)
    return best(named, nameless, rng, lambda one, other: int(bool(one.keys()) and one.keys() == other.keys()))


def best(named, nameless, rng, score):
    """Joins each to the one that scores highest; of equals, to any."""
    result = Linked(tries=len(named), chance=1 / len(nameless) if nameless else 0, is_blind=True)
    if not nameless:
        return Linked(is_blind=True)
    for one in named:
        scores = [score(one, other) for other in nameless]
        top = [other for other, of in zip(nameless, scores) if of == max(scores)]
        result.is_blind = result.is_blind and len(top) == len(nameless)
        result.hits += rng.choice(top).owner == one.owner
    return result


def arithmetic(records, owners, rng, likeness):
    """Blinded messages and blind signatures against serials, signatures and what
    these are signatures of."""
    named, nameless = halves(records, owners)

    def score(one, other):
        lefts = (one.numbers["blinded"], one.numbers["blind signature"])
        rights = (other.numbers["serial"], other.numbers["signature"], other.numbers["signed"])
        return max(likeness(left, right) for left in lefts for right in rights)

    return best(named, nameless, rng, score)


def halves(records, owners):
    """The two ends of exchanges that were made blind."""
    named, nameless = records.of(owners)
    named = [side for side in named if {"blinded", "blind signature"} <= side.numbers.keys()]
    nameless = [side for side in nameless if {"serial", "signature"} <= side.numbers.keys()]
    for side in nameless:
        side.numbers["signed"] = pow(side.numbers["signature"], records.key[1], records.key[0])
    return named, nameless


def low_bits(a, b):
    difference = a ^ b
    return (difference & -difference).bit_length() if difference else 4096


def high_bits(a, b):
    return -abs((a >> (max(a.bit_length(), 64) - 64)) - (b >> (max(b.bit_length(), 64) - 64)))


def near(a, b):
    return -(a ^ b).bit_count()


PRIMES = [p for p in range(3, 200) if all(p % q for q in range(2, p))]


def residues(a, b):
    return sum(a % p == b % p for p in PRIMES)


def factors(a, b):
    return gcd(a, b)


def fits(records, owners, rng):
    """Whether an exchange can have led to a ticket: there is a blind r that leads
    from one to the other and is right on both ends. Blindness means: every one fits
    every other."""
    named, nameless = halves(records, owners)

    def score(one, other):
        n, e = records.key
        r = one.numbers["blind signature"] * pow(other.numbers["signature"], -1, n) % n
        return int(pow(r, e, n) * other.numbers["signed"] % n == one.numbers["blinded"])

    return best(named, nameless, rng, score)


def browsers(records, owners, rng):
    named, nameless = records.of(owners)
    said = lambda side: {exchange.browser for exchange in side.exchanges}
    return best(named, nameless, rng, lambda one, other: int(bool(said(one) & said(other))))


def sizes(records, owners, rng):
    named, nameless = records.of(owners)
    left = [Item(side.owner, 1, {"size": side.exchanges[-1].size}) for side in named]
    right = [Item(side.owner, 1, {"size": side.exchanges[0].size}) for side in nameless]
    return in_order(left, right, ("size", "size"), rng)


# --- All of them -----------------------------------------------------------------


@dataclass(frozen=True)
class Recorded(Look):
    attack: object = None


def _arithmetic(name, likeness):
    return Recorded("arithmetic", name, attack=lambda records, owners, rng: arithmetic(records, owners, rng, likeness))


ATTACKS = [
    Recorded("one request", "bears the code and the ticket", ("without script",), attack=outright),
    Recorded("strings", "on both sides: fields, headers, cookies, pages", attack=equal_strings),
    Recorded("keys", "not everybody was shown the same", attack=keys),
    Recorded("headers", "what browsers say of themselves", is_fault=False, attack=browsers),
    Recorded("sizes", "of requests and answers", attack=sizes),
    _arithmetic("the last bits", low_bits),
    _arithmetic("the first bits", high_bits),
    _arithmetic("Hamming distance", near),
    _arithmetic("residues of small primes", residues),
    _arithmetic("common divisors", factors),
    Recorded("arithmetic", "which exchange can have led to which ticket", attack=fits),
]


def run(records, owners, rng):
    return {look: look.attack(records, owners, rng) for look in ATTACKS}
