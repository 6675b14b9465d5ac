"""Candour, driven by its command line on a database of its own."""

import json
import os
import pathlib
import subprocess
import tempfile

from places import csv, survey


class Refused(Exception):
    """The release was not made; what Candour said."""


class Product:
    def __init__(self, candour):
        self.candour = str(pathlib.Path(candour).resolve())
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        at = {"CANDOUR_DATABASE": f"sqlite:{self.path}/places.db", "CANDOUR_KEY_FILE": f"{self.path}/key"}
        self.env = os.environ | at
        self.run("organisation", "add", "Borsetshire")

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run([self.candour, *arguments], env=self.env, capture_output=True, text=True)
        if done.returncode not in codes:
            raise Refused(f"candour {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def write(self, name, text):
        (self.path / name).write_text(text)
        return self.path / name

    def releases(self, place):
        """The survey file and all releases of a place, as JSON; and why there are no more."""
        code = "place_asked_if" if place.is_conditional else "place"
        text, mapping = survey(code, place.is_conditional)
        survey_file, map_file = self.write(f"{code}.toml", text), self.write(f"{code}-map.toml", mapping)
        self.run("survey", "publish", str(survey_file))
        name = f"Place {place.seed}"
        terms = [word for by in place.breakdowns for word in ("--breakdown", by)]
        terms += ["--crossing", "*".join(place.breakdowns)] if place.is_crossed else []
        terms += ["--strict"] if place.is_strict else []
        terms += ["--min-base", str(place.k), "--protection", str(place.protection)]
        self.run("campaign", "open", "--organisation", "Borsetshire", "--survey", code, "--name", name, *terms)
        releases, refused = [], None
        for number, batch in enumerate(place.batches, 1):
            answers = self.write("answers.csv", csv(batch))
            self.run("import", "--campaign", name, "--map", str(map_file), "--again", str(answers))
            try:
                self.run("release", "create", "--campaign", name)
            except Refused as why:
                refused = str(why)
                continue
            shown = self.run("release", "show", "--campaign", name, "--number", str(len(releases) + 1), "--format", "json")
            releases.append(json.loads(shown))
        return survey_file, releases, refused
