#!/usr/bin/env python3
"""Real people, released in four parts: the published answers of 822 leavers, from the
CSV file through the command line to four releases, attacked by `candour release audit`.

    tests/disclosure/dete.py ../shared/data/dete_exit_survey.csv [--candour FILE]

Prints how many groups each release shows afresh, shows as at an earlier one, or hides,
and of what is hidden, how much is too small by itself and how much is a partner: that is
counted in the file. The file is not part of Candour; whoever has it runs this. Ends with
an error if the audit finds something, or if a figure of fewer than k people is shown.
"""

import argparse
import csv
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections import Counter

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "surveys" / "examples"
BREAKDOWNS = ["region", "age", "gender", "separation_type"]
CROSSINGS = ["region*separation_type"]
PARTS = [200, 400, 600, 822]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--candour", default=str(ROOT / "target/debug/candour"))
    parser.add_argument("--parts", type=int, nargs="+", default=PARTS, help="the last row of each release")
    parser.add_argument("--breakdowns", nargs="*", default=BREAKDOWNS)
    parser.add_argument("--crossings", nargs="*", default=CROSSINGS)
    parser.add_argument("--min-base", type=int, default=5)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the JSON of the releases")
    return parser.parse_args()


def real_data():
    """tests/real-data, which can read the file as the import does."""
    loader = importlib.machinery.SourceFileLoader("real_data", str(ROOT / "tests" / "real-data"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("real_data", loader))
    loader.exec_module(module)
    return module


class Candour:
    def __init__(self, program, folder):
        self.program, self.folder = str(pathlib.Path(program).resolve()), pathlib.Path(folder)
        self.env = os.environ | {"CANDOUR_DATABASE": f"sqlite:{folder}/dete.db", "CANDOUR_KEY_FILE": f"{folder}/key"}

    def run(self, *words, codes=(0,)):
        """What it prints, its seconds and its greatest memory in MiB."""
        start = time.monotonic()
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
            child = subprocess.Popen([self.program, *words], env=self.env, stdout=out, stderr=errors)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - start
            out.seek(0), errors.seek(0)
            if child.returncode not in codes:
                sys.exit(f"candour {' '.join(words)}: {errors.read().strip()}{out.read().strip()}")
            return out.read(), seconds, used.ru_maxrss / 1024

    def open(self, asked):
        splits = [word for code in asked.breakdowns for word in ("--breakdown", code)]
        splits += [word for code in asked.crossings for word in ("--crossing", code)]
        splits += ["--min-base", str(asked.min_base)] + (["--strict"] if asked.strict else [])
        self.run("organisation", "add", "The department")
        self.run("survey", "publish", str(EXAMPLES / "dete.toml"))
        self.run("campaign", "open", "--organisation", "The department", "--survey", "dete", "--name", "Leavers", *splits)

    def release(self, rows, number):
        part = self.folder / "part.csv"
        with open(part, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        campaign = ["--campaign", "Leavers"]
        self.run("import", *campaign, "--map", str(EXAMPLES / "dete-map.toml"), "--again", str(part))
        _, seconds, memory = self.run("release", "create", *campaign)
        shown, _, _ = self.run("release", "show", *campaign, "--number", str(number), "--format", "json")
        return json.loads(shown), seconds, memory


def groups(release, questions):
    """Each group of each table but totals: (breakdown, its question, values by breakdown,
    as at which release; None: hidden)."""
    number = release["release"]
    names = {table["breakdown"] for table in release["tables"]} - {None}
    single = {name for joined in names for name in joined.split("*")}
    for table in release["tables"]:
        question, by = table["question"], table["breakdown"]
        for group in table["groups"]:
            around = dict(zip(by.split("*"), group["group"].split("*"))) if by else {}
            if question not in single:
                if by:
                    yield by, question, around, (group.get("as_at") or number) if group["base"] is not None else None
                continue
            if by and "*".join([by, question]) not in names:
                continue
            # A breakdown's own table: its cells are how large the groups are.
            cells = {cell["option"]: cell for cell in group["cells"] or []}
            for option in codes(questions[question]):
                cell = cells.get(option, {"count": None})
                as_at = cell.get("as_at") or group.get("as_at") or number
                yield "*".join([*around, question]), None, around | {question: option}, as_at if cell["count"] is not None else None


def codes(question):
    return [one["code"] for one in question.get("options") or question.get("bands")]


def true_size(people, question, around):
    return sum((question is None or question in one) and all(one.get(by) == {value} for by, value in around.items()) for one in people)


def tell(release, people, questions):
    """What became of the groups of one release, by breakdown; and what should not be."""
    k, number = release["policy"]["min_base"], release["release"]
    told, wrong = {}, []
    for by, question, around, as_at in groups(release, questions):
        size = true_size(people, question, around)
        became = "afresh" if as_at == number else "as at" if as_at else "nobody" if size == 0 else "small" if size < k else "partner"
        told.setdefault((by, "sizes" if question is None else "answers"), Counter())[became] += 1
        if as_at and 0 < size < k:
            wrong.append(f"release {number}: {question or 'all responses'} of {around}: {size} people")
    return told, wrong


def count(release):
    cells = [cell for table in release["tables"] for group in table["groups"] for cell in group["cells"] or []]
    unions = [one for table in release["tables"] for group in table["groups"] for one in group.get("collapsed") or []]
    shown = [one for one in cells + unions if one["count"] is not None]
    return len(shown), len([one for one in unions if len(one["options"]) > 1])


COLUMNS = ["afresh", "as at", "small", "partner", "nobody"]


def line(name, values):
    print(f"{name:38}" + "".join(f"{value:>9}" for value in values))


def main():
    asked = arguments()
    reader = real_data()
    people, questions, _ = reader.answers(asked.data)
    header, *rows = list(csv.reader(open(asked.data, encoding="utf-8-sig", newline="")))
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        candour = Candour(asked.candour, folder)
        candour.open(asked)
        for number, last in enumerate(asked.parts, 1):
            first = ([0] + asked.parts)[number - 1]
            release, seconds, memory = candour.release([header, *rows[first:last]], number)
            if asked.keep:
                (asked.keep / f"release-{number}.json").write_text(json.dumps(release))
            told, found = tell(release, people[:last], questions)
            wrong += found
            figures, collapsed = count(release)
            print(f"\nRelease {number}: {release['base']} people, {figures} figures shown, {collapsed} answers shown as one;"
                  f" made in {seconds:.1f} s with {memory:.0f} MiB")
            line("", COLUMNS)
            for (by, what), became in told.items():
                line(f"{by}, {what}", [became[column] for column in COLUMNS])
            everything = sum(told.values(), Counter())
            line("all", [everything[column] for column in COLUMNS])
            sys.stdout.flush()
        audit, seconds, memory = candour.run("release", "audit", "--campaign", "Leavers", codes=(0, 1))
        print(f"\n{audit.strip()}\naudited in {seconds:.1f} s with {memory:.0f} MiB")
    print("\n".join(wrong))
    sys.exit(1 if wrong or "Nothing was found out" not in audit else 0)


if __name__ == "__main__":
    main()
