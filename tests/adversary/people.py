"""People at browsers: they open pages, fill in the forms they find there and press
buttons by what stands on them. Addresses and hidden fields are the product's."""

import gzip
import http.client
import json
import re
import secrets
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import blind


class Forms(HTMLParser):
    """The forms of a page: what a browser would send, and the buttons."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.words, self._button, self._area, self._select = [], [], None, None, None
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form":
            self.forms.append({"action": a.get("action", ""), "kind": a.get("enctype", ""), "fields": [], "buttons": []})
        if not self.forms:
            return
        form = self.forms[-1]
        if tag == "input" and a.get("name"):
            kind = a.get("type", "text")
            if kind in ("radio", "checkbox") and "checked" not in a or kind in ("submit", "file", "button"):
                form.setdefault("others", set()).add(a["name"])
            else:
                form["fields"].append((a["name"], a.get("value", "")))
        elif tag == "textarea":
            self._area = (a.get("name", ""), [])
        elif tag == "select":
            self._select = a.get("name", "")
        elif tag == "option" and self._select and ("selected" in a or all(n != self._select for n, _ in form["fields"])):
            form["fields"] = [(n, v) for n, v in form["fields"] if n != self._select] + [(self._select, a.get("value", ""))]
        elif tag == "button":
            self._button = (a, [])

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            name, text = self._area
            self.forms[-1]["fields"].append((name, "".join(text)))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "button" and self._button:
            attributes, text = self._button
            label = attributes.get("aria-label") or " ".join("".join(text).split())
            if self.forms:
                self.forms[-1]["buttons"].append((label, attributes))
            self._button = None

    def handle_data(self, data):
        for open_one in (self._area, self._button):
            if open_one:
                open_one[1].append(data)
        self.words.append(data)


class Unexpected(Exception):
    """A page was not what a person would have expected."""


class Browser:
    def __init__(self, url, address, says=()):
        """`says`: what the browser says of itself with every request."""
        split = urlsplit(url)
        self.base, self.host, self.port = url, split.hostname, split.port
        self.says = dict(says)
        self.address, self.cookies, self.path, self.kept = address, {}, "/", set()
        self.status, self.text, self.headers = 0, "", []
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)

    def open(self, path):
        return self._ask("GET", path, None, {"sec-fetch-site": "none"})

    def post(self, path, fields):
        kind = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def fetch(self, path, fields=None):
        """Asks as a script does, without a cookie; the page stays where it is."""
        lone = Browser(self.base, self.address, self.says)
        if fields is None:
            lone._ask("GET", path, None, {"sec-fetch-site": "same-origin"})
        else:
            lone.post(path, fields)
        lone.close()
        if lone.status != 200:
            raise Unexpected(f"{path}: {lone.status} {lone.text[:300]}")
        return lone.text

    def _ask(self, method, path, body, headers):
        path = path.removeprefix(self.base).split("#")[0] or "/"
        headers = {**self.says, **headers, "x-forwarded-for": self.address}
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        data = response.read()
        self.status, self.headers, self.path = response.status, response.getheaders(), path
        if response.getheader("content-encoding") == "gzip":
            data = gzip.decompress(data)
        self.text = data.decode(errors="replace")
        for name, value in self.headers:
            if name.lower() == "set-cookie":
                self._keep(value)
        self._load_what_belongs_to_it()
        target = response.getheader("location")
        return self.open(urljoin(path, target)) if target and 300 <= response.status < 400 else self

    def _load_what_belongs_to_it(self):
        """Stylesheets and scripts, and what scripts import: each once, as they may be
        kept for ever."""
        waiting = [self.text]
        while waiting:
            for path in re.findall(r"/assets/[\w.-]+", waiting.pop()):
                if path not in self.kept:
                    self.kept.add(path)
                    self.connection.request("GET", path, None, {**self.says, "x-forwarded-for": self.address})
                    waiting.append(self.connection.getresponse().read().decode(errors="replace"))

    def _keep(self, cookie):
        name, _, value = cookie.split(";")[0].partition("=")
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def page(self):
        return Forms(self.text)

    def words(self):
        return " ".join(" ".join(self.page().words).split())

    def expect(self, words, status=200):
        if self.status != status or words not in self.words():
            raise Unexpected(f"expected {status} with {words!r}, got {self.status} at {self.path}: {self.words()[:600]}")
        return self

    def press(self, label, fields=()):
        """Presses the button that reads so, with these fields filled in."""
        for form in self.page().forms:
            for text, attributes in form["buttons"]:
                if label in text:
                    return self._send(form, attributes, list(fields))
        raise Unexpected(f"no button {label!r} at {self.path} ({self.status}): {self.words()[:600]}")

    def _send(self, form, button, given):
        names = {name for name, _ in given}
        fields = [(n, v) for n, v in form["fields"] if n not in names] + given
        if button.get("name"):
            fields.append((button["name"], button.get("value", "")))
        target = urljoin(self.path, button.get("formaction") or form["action"])
        if "multipart" not in form["kind"]:
            return self.post(target, fields)
        edge = "----the-adversary"
        parts = [f'--{edge}\r\ncontent-disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields]
        kind = {"content-type": f"multipart/form-data; boundary={edge}", "sec-fetch-site": "same-origin"}
        return self._ask("POST", target, ("".join(parts) + f"--{edge}--\r\n").encode(), kind)

    def hidden(self, name):
        for form in self.page().forms:
            for field, value in form["fields"]:
                if field == name:
                    return value
        return None

    def close(self):
        self.connection.close()


def plain64(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from64(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Leaver:
    """One of the plan's people, and the browser that they come with."""

    def __init__(self, url, person):
        self.person, self.url = person, url
        self.browser = Browser(url, person.address, {"user-agent": person.agent, "accept-language": person.language})

    def take_up(self):
        """From the link to the ticket."""
        self.browser.open(f"/i/{self.person.code}").expect("Answer online")
        found = re.search(r'<form[^>]*data-campaign="(\w+)"', self.browser.text)
        if self.person.is_scripted and found:
            self._exchange_blind(found[1])
        else:
            self.browser.press("Answer online")
        self._arrived()

    def _exchange_blind(self, campaign):
        """What the page's script does in a browser."""
        told = json.loads(self.browser.fetch(f"/campaigns/{campaign}/key"))
        spki = b64decode(told["spki"])
        shown = re.search(r"data-fingerprint[^>]*>([^<]+)<", self.browser.text)[1]
        if blind.fingerprint(spki).replace(" ", "") != re.sub("[^0-9a-f]", "", shown.lower()):
            raise Unexpected("another key than the one that the page shows")
        key, serial = blind.read_spki(spki), secrets.token_bytes(32)
        prepared = blind.prepare(campaign.encode(), serial)
        blinded, inverse = blind.blind(key, prepared)
        code = self.browser.hidden("code")
        answer = json.loads(self.browser.fetch("/answer/exchange", [("code", code), ("blinded", plain64(blinded))]))
        signature = blind.finalize(key, prepared, from64(answer["signature"]), inverse)
        fields = [("campaign", campaign), ("serial", plain64(serial)), ("signature", plain64(signature)), ("lang", "en")]
        self.browser.post("/answer/begin", fields)
        self.person.was_blind = True

    def _arrived(self):
        self.person.ticket = self.browser.hidden("ticket") or ""
        if not self.person.ticket:
            raise Unexpected(f"no ticket after taking up: {self.browser.words()[:600]}")

    def send(self):
        """From the questions to the thanks. Whoever comes back after a while opens
        the page that they are on with the ticket that they wrote down."""
        browser = self.browser
        if "Continue to the questions" in browser.words():
            browser.press("Continue to the questions")
        if browser.hidden("section") is None:
            browser.open("/")
            browser.press("Continue", [("code", self.person.ticket)])
        answers = {
            "q.team": ("red", "green", "blue")[self.person.number % 3],
            "q.number": str(self.person.mark),
            "q.words": self.person.words,
            **{f"q.more_{at}": text for at, text in enumerate(self.person.more, 1)},
        }
        for _ in range(10):
            if "Check your answers" in browser.words():
                break
            asked = set(re.findall(r'name="([^"]+)"', browser.text))
            browser.press("Continue", [(name, value) for name, value in answers.items() if name in asked])
        browser.press("Send my answers").expect("Your answers have been sent")
        browser.close()
