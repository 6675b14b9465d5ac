"""What else a machine keeps while people come and go: lines of the log, metrics, the
mail folder, all looked at after each step."""

import re

from linkage import Linked

SIZES = re.compile(r"(?i)(?:length|size|bytes)\D{0,12}(\d+)|(\d+) bytes")


def written(path):
    """When, in nanoseconds; 0: it is gone since it was listed, as a server's temporary files are."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


class Watch:
    def __init__(self, log, metrics=None, mail=None, files=()):
        """`files`: patterns of what the database writes."""
        self.log, self.metrics, self.mail, self.files = log, metrics, mail, files
        self.looks = []

    def look(self):
        lines = self.log.stat().st_size if self.log.exists() else 0
        mails = {path.name: path.stat().st_mtime_ns for path in self.mail.iterdir()} if self.mail else {}
        files = (path for folder, pattern in self.files for path in folder.glob(pattern))
        times = max((written(path) for path in files), default=0)
        self.looks.append((lines, self.metrics() if self.metrics else "", mails, times))

    def lines(self, at):
        """What was logged in a step."""
        begin, end = self.looks[at][0], self.looks[at + 1][0]
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read(end - begin).decode(errors="replace").splitlines()

    def size_in_log(self, at):
        """The greatest size that is spoken of in a step's lines; none: none is."""
        sizes = [int(a or b) for line in self.lines(at) for a, b in SIZES.findall(line)]
        return max(sizes, default=None)

    def told(self, plan):
        """In how many of the steps in which a leaver did something it shows, and in
        how many of those in which nobody did anything."""
        steps = list(enumerate(plan.steps))[: len(self.looks) - 1]
        busy = [n for n, step in steps if step[0][0] in ("take up", "send")]
        idle = [n for n, step in steps if step[0][0] == "wait"]
        quiet = max((len(self.lines(n)) for n in idle), default=0)
        shown = {
            "log": lambda n: len(self.lines(n)) > quiet,
            "metrics": lambda n: self.looks[n][1] != self.looks[n + 1][1],
            "mail": lambda n: self.looks[n][2] != self.looks[n + 1][2],
            "files": lambda n: self.looks[n][3] != self.looks[n + 1][3],
        }
        return {
            what: Linked(sum(map(shows, busy)), len(busy), sum(map(shows, idle)) / len(idle)) for what, shows in shown.items()
        }
