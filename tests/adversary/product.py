"""Candour as its operator runs it: the real program on a folder of its own, with
everything that it could write to kept: log at trace, metrics, mail in a folder."""

import json
import os
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from base64 import b64decode
from pathlib import Path

import blind
from people import Browser, Leaver

PASSWORD = "a kettle of dark herons"
HERE = Path(__file__).parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Candour:
    def __init__(self, binary, folder, database):
        self.binary, self.folder, self.database = Path(binary).resolve(), folder, database
        self.port, self.metrics_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.mail, self.log, self.metrics = folder / "mail", folder / "candour.log", []
        self.key_file = folder / "keys" / "candour.key"
        self.key_file.parent.mkdir()
        self.leavers = {}
        # Where people's browsers go; a recorder may stand between.
        self.front = self.url

    def _environment(self):
        return {
            "PATH": os.environ["PATH"],
            "CANDOUR_DATABASE": self.database,
            "CANDOUR_KEY_FILE": str(self.key_file),
            "CANDOUR_MAIL_FOLDER": str(self.mail),
            "CANDOUR_LISTEN": f"127.0.0.1:{self.port}",
            "CANDOUR_METRICS_LISTEN": f"127.0.0.1:{self.metrics_port}",
            "CANDOUR_PUBLIC_URL": self.url,
            "CANDOUR_BEHIND_PROXY": "true",
            "CANDOUR_LOG": "trace",
        }

    def command(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments, "--log", "warn"], env=self._environment(), capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"candour {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def start(self):
        self.command("migrate")
        self.process = subprocess.Popen(
            [self.binary, "serve"], env=self._environment(), stdin=subprocess.DEVNULL,
            stdout=(self.folder / "candour.out").open("wb"), stderr=self.log.open("wb"),
        )
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5).read()
                break
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"candour serve ended: {self.log.read_text()[-2000:]}") from None
                time.sleep(0.05)
        self.is_over = threading.Event()
        threading.Thread(target=self._scrape, daemon=True).start()

    def _scrape(self):
        while not self.is_over.wait(1.0):
            self.scrape()

    def scrape(self):
        """The metrics as they stand; without what is about the asking itself."""
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=10).read().decode()
        self.metrics.append((time.time(), text))
        return text

    def stop(self):
        self.is_over.set()
        self.process.terminate()
        self.process.wait(60)

    def set_up(self, people):
        """A council with a campaign; everybody is invited by e-mail."""
        self.command("organisation", "add", "Westmere")
        self.command("survey", "publish", str(HERE / "survey.toml"))
        opened = self.command("campaign", "open", "--organisation", "Westmere", "--survey", "marks", "--name", "Leavers")
        self.campaign = re.search(r"\((\w+)\)", opened)[1]
        link = self.command(
            "account", "add", "--role", "hr", "--email", "hr@westmere.example.org", "--name", "Hattie", "--organisation",
            "Westmere",
        ).strip()
        hr = Browser(self.url, "10.6.0.1")
        hr.open(link)
        hr.press("Save and sign in", [("password", PASSWORD)])
        hr.open(f"/hr/campaigns/{self.campaign}/people/new")
        rows = "".join(f"{person.name},{person.email}\n" for person in people)
        hr.press("Add these people", [("list", "name,email\n" + rows)])
        hr.open(f"/hr/campaigns/{self.campaign}")
        hr.press(f"Send {len(people)} invitations").expect("on their way")
        hr.close()
        self._read_codes(people)

    def public_key(self):
        """The key that the campaign's tickets are signed with, as everybody is told."""
        try:
            with urllib.request.urlopen(f"{self.url}/campaigns/{self.campaign}/key", timeout=10) as answer:
                return blind.read_spki(b64decode(json.load(answer)["spki"]))
        except urllib.error.HTTPError:
            return None

    def _read_codes(self, people):
        by_address = {person.email: person for person in people}
        for _ in range(600):
            mails = list(self.mail.glob("*.eml")) if self.mail.exists() else []
            if len(mails) == len(people):
                break
            time.sleep(0.1)
        for mail in mails:
            text = mail.read_text()
            address = re.search(r"^To:.*?([\w.]+@people\.example\.org)", text, re.M | re.S)[1]
            by_address[address].code = re.search(r"/i/([\w-]+)", text)[1]
        missing = [person.email for person in people if not person.code]
        if missing:
            raise RuntimeError(f"no invitation for {missing[:3]}, {len(missing)} in all")

    def do(self, step):
        """One step of the plan; what stands in it together is done together."""
        whose = {}
        for what, who in step:
            whose.setdefault(who if what == "release" else getattr(who, "number", None), []).append((what, who))
        failures = []
        threads = [threading.Thread(target=self._act, args=(acts, failures)) for acts in whose.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def _act(self, acts, failures):
        try:
            for what, who in acts:
                if what == "release":
                    self.command("release", "create", "--campaign", self.campaign)
                elif what == "wait":
                    time.sleep(0.3)
                elif what == "take up":
                    self.leavers[who.number] = Leaver(self.front, who)
                    self.leavers[who.number].take_up()
                else:
                    self.leavers[who.number].send()
        except Exception as failure:  # noqa: BLE001 - told to whoever waits for all of them
            failures.append(failure)
