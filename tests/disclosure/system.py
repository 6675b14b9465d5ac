"""The whole of what a campaign's releases say, as one system of linear equations.

Reads release JSON (and the survey file, for what is known of its questions), and
nothing of Candour's code. A place is some of the people: (question, cut, option,
batch), where question None means all responses, a cut is a tuple of (breakdown, value)
with value None for those who did not say, and option None means all of them. Every
place is a variable; all questions are in one system, since nobody answers a question
who did not respond.
"""

import tomllib
from itertools import product


class Campaign:
    """What is known before there are figures: breakdowns, values, questions, options."""

    def __init__(self, releases, survey_file=None):
        self.releases = releases
        self.last = releases[-1]["release"]
        self.breakdowns, self.crossings, self.questions = {}, [], {}
        survey = tomllib.loads(survey_file.read_text()) if survey_file else {}
        self.asked = [q for section in survey.get("section", []) for q in asked(section, survey)]
        tables = [table for release in releases for table in release["tables"]]
        names = {name for table in tables for name in (table["breakdown"] or "").split("*")}
        for table in tables:
            if table["question"] in names:
                values = [cell["option"] for group in table["groups"] for cell in group["cells"] or []]
                self.learn(table["question"], values)
            for group in table["groups"]:
                if table["breakdown"]:
                    for by, value in zip(table["breakdown"].split("*"), group["group"].split("*")):
                        self.learn(by, [value])
        for table in tables:
            if "*" in (table["breakdown"] or "") and (pair := tuple(table["breakdown"].split("*"))) not in self.crossings:
                self.crossings.append(pair)
            if table["question"] in self.breakdowns and table["breakdown"] in self.breakdowns:
                pair = (table["breakdown"], table["question"])
                if pair not in self.crossings:
                    self.crossings.append(pair)
            if table["question"] not in self.breakdowns:
                known = self.questions.setdefault(table["question"], {"type": table["type"], "options": []})
                cells = [cell for group in table["groups"] for cell in group["cells"] or []]
                merged = [name for group in table["groups"] for one in group.get("collapsed") or [] for name in one["options"]]
                for option in [cell["option"] for cell in cells] + merged:
                    if option not in known["options"]:
                        known["options"].append(option)

    def learn(self, breakdown, values):
        known = self.breakdowns.setdefault(breakdown, [])
        known.extend(value for value in values if value not in known)

    def values(self, breakdown):
        return [*self.breakdowns[breakdown], None]

    def cut(self, *pairs):
        return tuple(sorted(pairs, key=lambda pair: list(self.breakdowns).index(pair[0])))

    def cuts(self):
        yield ()
        for by in self.breakdowns:
            yield from (self.cut((by, value)) for value in self.values(by))
        for a, b in self.crossings:
            yield from (self.cut((a, x), (b, y)) for x, y in product(self.values(a), self.values(b)))

    def options(self, question):
        return [None, *(self.questions[question]["options"] if question else [])]

    def exclusive(self, question):
        for one in self.asked:
            if one["code"] == question:
                return [option["code"] for option in one.get("options", []) if option.get("exclusive")]
        return []

    def favourable(self, question):
        for one in self.asked:
            if one["code"] == question:
                return [option["code"] for option in one["offered"] if option.get("favourable")]
        return []

    def conditions(self, question):
        """(question, any of these options) that whoever was asked must have given."""
        for one in self.asked:
            if one["code"] == question:
                for clause in one["conditions"]:
                    if clause["question"] in self.questions and clause.get("any_of"):
                        yield clause["question"], clause["any_of"]


def asked(section, survey):
    for question in section.get("question", []):
        scale = survey.get("scales", {}).get(question.get("scale"), {})
        offered = question.get("options", scale.get("points", []))
        offered = [option for option in offered if isinstance(option, dict) and not option.get("missing")]
        yield question | {"offered": offered, "conditions": section.get("ask_if", []) + question.get("ask_if", [])}


class System:
    """Rows of (terms, least, most); a term is (place, times)."""

    def __init__(self, campaign, with_responses=True, without_figures_of=None):
        """`with_responses`: that nobody answers who did not respond, or was not asked."""
        self.campaign, self.places, self.rows = campaign, {}, []
        self.with_responses = with_responses
        for batch in range(1, campaign.last + 1):
            for question in [None, *campaign.questions]:
                self.structure(question, batch)
        for release in campaign.releases:
            self.read(release, without_figures_of)

    def at(self, *place):
        return self.places.setdefault(place, len(self.places))

    def row(self, terms, least, most):
        self.rows.append((terms, least, most))

    def sum_of(self, whole, parts):
        self.row([(part, 1) for part in parts] + [(whole, -1)], 0, 0)

    def structure(self, question, batch):
        campaign = self.campaign
        for cut in campaign.cuts():
            base = self.at(question, cut, None, batch)
            if not question:
                continue
            cells = {option: self.at(question, cut, option, batch) for option in campaign.options(question)[1:]}
            if self.with_responses:
                self.row([(base, 1), (self.at(None, cut, None, batch), -1)], None, 0)
            if campaign.questions[question]["type"] != "multiple":
                self.sum_of(base, cells.values()) if cells else None
            else:
                for option, cell in cells.items():
                    self.row([(cell, 1), (base, -1)], None, 0)
                    if option in campaign.exclusive(question):
                        others = [other for name, other in cells.items() if name != option]
                        for other in others:
                            self.row([(cell, 1), (other, 1), (base, -1)], None, 0)
            for about, codes in campaign.conditions(question) if self.with_responses else []:
                known = [code for code in codes if code in campaign.questions[about]["options"]]
                self.row([(base, 1)] + [(self.at(about, cut, code, batch), -1) for code in known], None, 0)
        for option in campaign.options(question):
            at = lambda *pairs: self.at(question, campaign.cut(*pairs), option, batch)
            for by in campaign.breakdowns:
                self.sum_of(at(), [at((by, value)) for value in campaign.values(by)])
            for a, b in campaign.crossings:
                for x in campaign.values(a):
                    self.sum_of(at((a, x)), [at((a, x), (b, y)) for y in campaign.values(b)])
                for y in campaign.values(b):
                    self.sum_of(at((b, y)), [at((a, x), (b, y)) for x in campaign.values(a)])

    def over(self, question, cut, option, after, up_to):
        return [(self.at(question, cut, option, batch), 1) for batch in range(after + 1, up_to + 1)]

    def figure(self, question, cut, option, at, people):
        self.row(self.over(question, cut, option, 0, at), people, people)

    def read(self, release, without):
        number = release["release"]
        self.figure(None, (), None, number, release["base"])
        for table in release["tables"]:
            question, by = table["question"], table["breakdown"]
            if question == without:
                continue
            for group in table["groups"]:
                at = group.get("as_at") or number
                pairs = list(zip(by.split("*"), group["group"].split("*"))) if by else []
                if question in self.campaign.breakdowns:
                    self.sizes(question, pairs, group, at)
                else:
                    self.group(question, self.campaign.cut(*pairs), group, at)

    def sizes(self, breakdown, around, group, at):
        cut = self.campaign.cut

        def said(base, at):
            terms = self.over(None, cut(*around), None, 0, at)
            silent = self.over(None, cut(*around, (breakdown, None)), None, 0, at)
            self.row(terms + [(place, -1) for place, _ in silent], base, base)

        if group["base"] is not None:
            said(group["base"], at)
        for cell in group["cells"] or []:
            if cell.get("base") is not None:
                said(cell["base"], cell.get("as_at") or at)
            if cell["count"] is not None:
                self.figure(None, cut(*around, (breakdown, cell["option"])), None, cell.get("as_at") or at, cell["count"])

    def group(self, question, cut, group, at):
        if group["base"] is not None:
            self.figure(question, cut, None, at, group["base"])
        for cell in group["cells"] or []:
            if cell["count"] is not None:
                self.figure(question, cut, cell["option"], cell.get("as_at") or at, cell["count"])
        for merged in group.get("collapsed") or []:
            if merged["count"] is not None:
                terms = [term for option in merged["options"] for term in self.over(question, cut, option, 0, at)]
                self.row(terms, merged["count"], merged["count"])
        if group.get("favourable"):
            options = self.campaign.favourable(question)
            count, many = group["favourable"]["count"], self.campaign.questions[question]["type"] == "multiple"
            terms = [self.over(question, cut, option, 0, at) for option in options]
            flat = [term for one in terms for term in one]
            if flat:
                self.row(flat, count, None if many else count)
            for one in terms if many else []:
                self.row(one, None, count)
