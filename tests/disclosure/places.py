"""Invented places: a survey, people who come in batches, and what they answer."""

import random

TEAMS = ["north", "south", "east", "west"]
AREAS = ["upland", "lowland", "coast"]
OPTIONS = {
    "team": TEAMS,
    "area": AREAS,
    "happy": ["yes", "no", "partly"],
    "morale": ["agree", "neither", "disagree"],
    "reasons": ["pay", "workload", "none_of_these"],
}
SINGLE = ["team", "area", "happy", "morale"]


def survey(code, is_conditional):
    """The survey file, and the mapping file that its answers are imported by."""
    def listed(question, marks={}):
        return ", ".join(f'{{ code = "{o}", label = "{o}"{marks.get(o, "")} }}' for o in OPTIONS[question])

    def question(name, kind, rest):
        return f'[[section.question]]\ncode = "{name}"\ntype = "{kind}"\nlabel = "{name}?"\n{rest}\n'

    text = f'code = "{code}"\nkind = "exit"\nminutes = 3\ntitle = "Leaving"\n[scales.agreement]\n'
    text += f'points = [{listed("morale", {"agree": ", favourable = true"})}]\n[[section]]\ncode = "all"\ntitle = "All"\n'
    for name in ["team", "area"]:
        text += question(name, "single", f"breakdown = true\noptions = [{listed(name)}]")
    text += question("happy", "single", f'options = [{listed("happy")}]')
    text += question("morale", "scale", 'scale = "agreement"')
    text += '[[section]]\ncode = "why"\ntitle = "Why"\n'
    condition = 'ask_if = [{ question = "happy", any_of = ["no"] }]\n' if is_conditional else ""
    marks = {"none_of_these": ", exclusive = true"}
    text += question("reasons", "multiple", f'{condition}options = [{listed("reasons", marks)}]')
    mapping = f'survey = "{code}"\n'
    for name in SINGLE:
        same = "\n".join(f'{option} = "{option}"' for option in OPTIONS[name])
        mapping += f'[column.{name}]\nquestion = "{name}"\n[column.{name}.values]\n{same}\n'
    mapping += '[multiple.reasons]\nchosen = ["1"]\nnot_chosen = ["0"]\n[multiple.reasons.columns]\n'
    mapping += "\n".join(f'{option} = "{option}"' for option in OPTIONS["reasons"])
    return text, mapping


class Place:
    """What is split by what, and who comes when; all drawn by one seed."""

    def __init__(self, seed, people=60):
        draw = random.Random(seed)
        self.seed, self.is_conditional = seed, draw.random() < 0.5
        self.breakdowns = draw.choice([["team"], ["team", "area"], ["area", "team"]])
        self.is_crossed = len(self.breakdowns) == 2 and draw.random() < 0.6
        self.k, self.protection = draw.choice([(5, 5), (3, 3), (3, 5), (5, 3)])
        self.is_strict = draw.random() < 0.3
        batches = [[] for _ in range(draw.randint(1, 4))]
        is_silent = 0.1 if draw.random() < 0.5 else 0.0
        for _ in range(draw.randint(people // 2, people)):
            draw.choice(batches).append(self.person(draw, is_silent))
        self.batches, waiting = [], []
        for batch in batches:
            waiting += batch
            if len(waiting) >= max(self.k, self.protection):
                self.batches.append(waiting)
                waiting = []

    def person(self, draw, is_silent):
        def pick(question, *weights):
            return None if draw.random() < is_silent else draw.choices(OPTIONS[question], weights)[0]

        one = {"team": pick("team", 8, 5, 3, 1), "area": pick("area", 5, 3, 1)}
        one |= {"happy": pick("happy", 4, 3, 1), "morale": pick("morale", 3, 1, 2)}
        is_asked = not self.is_conditional or one["happy"] == "no"
        reasons = draw.choice([["pay"], ["workload"], ["pay", "workload"], ["none_of_these"], []])
        one["reasons"] = reasons if is_asked and draw.random() >= is_silent else None
        return one


def csv(batch):
    lines = [",".join(SINGLE + OPTIONS["reasons"])]
    for one in batch:
        cells = [one[name] or "" for name in SINGLE]
        cells += ["" if one["reasons"] is None else str(int(option in one["reasons"])) for option in OPTIONS["reasons"]]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def naive(place):
    """Releases as many products make them: only what is small by itself is hidden."""
    return [naive_release(place, number) for number in range(1, len(place.batches) + 1)]


def naive_release(place, number):
    people = [one for batch in place.batches[:number] for one in batch]
    types = {"happy": "single", "morale": "scale", "reasons": "multiple"}
    tables = [naive_sizes(place, people, by) for by in place.breakdowns]
    for question, kind in types.items():
        tables.append(naive_table(place, people, question, kind, None))
        tables += [naive_table(place, people, question, kind, by) for by in place.breakdowns]
    policy = {"min_base": place.k, "comment_min_base": 10, "decimals": 1, "protection": place.protection}
    return {
        "organisation": "Borsetshire", "campaign": f"Place {place.seed}", "survey": {"code": "place", "version": "none"},
        "release": number, "as_of": "2026-09-30", "previous_hash": None, "hash": "", "policy": policy,
        "uptake": None, "base": len(people), "tables": tables,
    }


def naive_sizes(place, people, by):
    """How large a breakdown's groups are."""
    said = [one[by] for one in people if one[by]]
    cells = [naive_cell(value, said, len(said)) for value in OPTIONS[by]]
    hidden = {"count": None, "percent": None, "low": None, "high": None}
    cells = [cell if (cell["count"] or 0) >= place.k else cell | hidden for cell in cells]
    shown = len(said) >= place.k
    group = {"group": None, "base": len(said) if shown else None, "cells": cells if shown else None}
    return {"question": by, "type": "single", "breakdown": None, "groups": [group]}


def naive_table(place, people, question, kind, by):
    groups = []
    for value in OPTIONS[by] if by else [None]:
        here = [one[question] for one in people if one[question] is not None and (not by or one[by] == value)]
        base = len(here)
        cells = [naive_cell(option, here, base) for option in OPTIONS[question]]
        shown = base >= place.k
        groups.append({"group": value, "base": base if shown else None, "cells": cells if shown else None})
    return {"question": question, "type": kind, "breakdown": by, "groups": groups}


def naive_cell(option, here, base):
    count = sum(option in one if isinstance(one, list) else option == one for one in here)
    percent = (2000 * count + base) // (2 * base) / 10 if base else None
    return {"option": option, "count": count, "percent": percent, "low": percent, "high": percent}
