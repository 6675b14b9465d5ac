"""`candour serve` on one machine of several, and people who use it through whatever
stands before it."""

import http.client
import json
import re
import socket
import ssl
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urljoin

from machines import Program, run, status, wait_until

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "adversary"))
from people import Browser  # noqa: E402 - the adversary's people use the same pages

SURVEY = Path(__file__).resolve().parents[1] / "adversary" / "survey.toml"
TEAMS = ("red", "green", "blue")


class Site:
    """One installation: a database, a key, and as many processes as are started."""

    def __init__(self, binary, folder, database, public_url):
        self.binary, self.folder, self.public_url = Path(binary).resolve(), folder, public_url
        self.settings = {
            "CANDOUR_DATABASE": database, "CANDOUR_KEY_FILE": str(folder / "candour.key"),
            "CANDOUR_MAIL_FOLDER": str(folder / "mail"), "CANDOUR_PUBLIC_URL": public_url,
            "CANDOUR_BEHIND_PROXY": "true", "CANDOUR_LOG": "info",
        }
        self.processes = []

    def command(self, *arguments, may_fail=False):
        """What a command prints."""
        settings = [f"{name}={value}" for name, value in {**self.settings, "CANDOUR_LOG": "warn"}.items()]
        return run(["env", *settings, self.binary, *arguments], may_fail=may_fail)

    def serve(self, port, name, **settings):
        process = Program(name, [self.binary, "serve", "--listen", f"127.0.0.1:{port}"], self.folder,
                          {**self.settings, **settings})
        self.processes.append(process)
        wait_until(f"{name} is ready", lambda: status(port, "/readyz") == 200, 60, [process])
        return process

    def stop(self):
        for process in self.processes:
            process.stop()

    def set_up(self, people):
        """A campaign, and a code for each of so many people."""
        self.command("organisation", "add", "Westmere")
        self.command("survey", "publish", SURVEY)
        opened = self.command("campaign", "open", "--organisation", "Westmere", "--survey", "marks", "--name", "Leavers")
        self.campaign = re.search(r"\((\w+)\)", opened)[1]
        link = self.command("account", "add", "--role", "hr", "--email", "hr@westmere.example.org", "--name", "Hattie",
                            "--organisation", "Westmere").strip()
        self.hr = Person(self.public_url, "10.6.0.1")
        self.hr.open(link)
        self.hr.press("Save and sign in", [("password", "a kettle of dark herons")])
        self.hr.open(f"/hr/campaigns/{self.campaign}/people/new")
        rows = "".join(f"Person {n},p{n}@people.example.org\n" for n in range(people))
        self.hr.press("Add these people", [("list", "name,email\n" + rows)])
        self.hr.open(f"/hr/campaigns/{self.campaign}")
        self.hr.press(f"Send {people} invitation").expect("on their way")
        mail = self.folder / "mail"
        wait_until("all invitations went out", lambda: len(list(mail.glob("*.eml"))) == people, 180)
        return [re.search(r"/i/([\w-]+)", file.read_text())[1] for file in sorted(mail.glob("*.eml"))]

    def release(self):
        """Makes one; how many are in it, and of each team."""
        self.command("release", "create", "--campaign", self.campaign)
        return self.released()

    def released(self):
        made = json.loads(self.command("release", "show", "--campaign", self.campaign, "--format", "json"))
        table = next(one for one in made["tables"] if one["question"] == "team" and one["breakdown"] is None)
        return made["base"], {cell["option"]: cell["count"] for cell in table["groups"][0]["cells"]}


class Person(Browser):
    """Somebody who tries again when a page does not come, or says that it cannot now.
    Any other fault of the server's is kept."""

    PATIENCE = 180

    def __init__(self, url, address):
        super().__init__(url, address)
        self.faults, self.tries = [], 0
        if url.startswith("https://"):
            trusting = ssl.create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
            self.connection = http.client.HTTPSConnection(self.host, self.port, timeout=20, context=trusting)
        else:
            self.connection.timeout = 20

    def _load_what_belongs_to_it(self):
        pass

    def _ask(self, method, path, body, headers):
        path = path.removeprefix(self.base).split("#")[0] or "/"
        sent = {**headers, "x-forwarded-for": self.address}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.monotonic()
        while True:
            self.tries += 1
            try:
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                data = answer.read()
            except (http.client.HTTPException, OSError, socket.timeout):
                self.connection.close()
            else:
                if answer.status < 500:
                    break
                if answer.status not in (502, 503, 504):
                    self.faults.append(f"{method} {path.split('?')[0]}: {answer.status}")
            if time.monotonic() - begun > self.PATIENCE:
                raise AssertionError(f"{method} {path}: no answer within {self.PATIENCE} s")
            time.sleep(0.5)
        self.status, self.headers, self.path, self.text = answer.status, answer.getheaders(), path, data.decode()
        for name, value in self.headers:
            if name.lower() == "set-cookie":
                self._keep(value)
        target = answer.getheader("location")
        return self.open(urljoin(path, target)) if target and 300 <= answer.status < 400 else self

    def answer(self, code, team, words):
        """From the link to being thanked, or told that the answers were counted."""
        self.open(f"/i/{code}").expect("Answer online")
        self.press("Answer online")
        if "Continue to the questions" in self.words():
            self.press("Continue to the questions")
        story = {"q.team": team, "q.words": words}
        for _ in range(10):
            if "Check your answers" in self.words():
                break
            asked = set(re.findall(r'name="([^"]+)"', self.text))
            self.press("Continue", [(name, value) for name, value in story.items() if name in asked])
        self.press("Send my answers")
        said = self.words()
        is_told = self.status == 404 and "they were counted, once" in said
        if "Your answers have been sent" not in said and not is_told:
            raise AssertionError(f"{self.status}: {said[:600]}")


class Crowd:
    """Leavers who come one after the other, some at a time, until they are told to stop."""

    def __init__(self, url, codes, at_a_time=4, pause=0.2):
        self.url, self.codes, self.pause = url, list(enumerate(codes)), pause
        self.lock, self.is_over = threading.Lock(), threading.Event()
        self.thanked, self.failures, self.faults, self.retried = [], [], [], 0
        self.threads = [threading.Thread(target=self._come, args=(n,), daemon=True) for n in range(at_a_time)]
        for thread in self.threads:
            thread.start()

    def _come(self, number):
        while not self.is_over.is_set():
            with self.lock:
                if not self.codes:
                    return
                at, code = self.codes.pop(0)
            person, team = Person(self.url, f"10.9.{number}.{at % 250}"), TEAMS[at % 3]
            begun = time.monotonic()
            try:
                person.answer(code, team, f"marker {at}")
            except Exception as failure:  # noqa: BLE001 - told at the end
                self.failures.append(repr(failure))
                continue
            finally:
                person.close()
                self.faults.extend(person.faults)
            self.thanked.append((time.monotonic(), time.monotonic() - begun, team))
            time.sleep(self.pause)

    def finish(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join(Person.PATIENCE * 3)

    def longest_gap(self, since):
        """For how long nobody was thanked, at most, from then on."""
        moments = [since, *sorted(at for at, _, _ in self.thanked if at >= since)]
        return max((after - before for before, after in zip(moments, moments[1:])), default=float("inf"))

    def teams(self):
        return {team: sum(one == team for _, _, one in self.thanked) for team in TEAMS}
