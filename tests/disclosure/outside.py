"""The attack from outside: the least and the most that each hidden number of people can
be, by linear programs (HiGHS, through SciPy) over the whole system at once."""

import math
from collections import namedtuple
from itertools import product

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from system import Campaign, System

Finding = namedtuple("Finding", "question breakdown group option after up_to low high")
NEAR = 1e-6


class Ranges:
    """A system, made ready to be asked."""

    def __init__(self, system):
        self.system, self.seen, self.asked = system, [], 0
        equal = [row for row in system.rows if row[1] == row[2]]
        below = [(terms, most) for terms, least, most in system.rows if least != most and most is not None]
        below += [([(place, -times) for place, times in terms], -least)
                  for terms, least, most in system.rows if least != most and least is not None]
        self.equal = self.matrix([row[0] for row in equal]), [row[1] for row in equal]
        self.below = self.matrix([row[0] for row in below]), [row[1] for row in below]

    def matrix(self, rows):
        entries = [(times, at, place) for at, terms in enumerate(rows) for place, times in terms]
        data, at, place = zip(*entries) if entries else ([], [], [])
        return csr_matrix((data, (at, place)), shape=(len(rows), len(self.system.places)))

    def best(self, terms, sign):
        self.asked += 1
        aim = numpy.zeros(len(self.system.places))
        for place, times in terms:
            aim[place] -= sign * times
        # Where one method gives up on the numbers, another may not.
        for method in ["highs", "highs-ds", "highs-ipm"]:
            found = linprog(aim, *self.below, *self.equal, method=method)
            if found.status == 3:
                return math.inf
            if found.status == 0:
                break
        else:
            raise RuntimeError(f"the figures contradict one another, or the solver gave up: {found.message}")
        self.seen.append(found.x)
        return -sign * found.fun

    def range(self, terms, k=None, width=None):
        """(least, most) in whole people; None where populations that were found before
        are plainly wide enough."""
        if k is not None and self.seen:
            values = [sum(times * one[place] for place, times in terms) for one in self.seen]
            if max(values) >= k and max(values) - min(values) >= width:
                return None
        most, least = self.best(terms, 1), self.best(terms, -1)
        return math.ceil(least - NEAR), most if most == math.inf else math.floor(most + NEAR)


def is_safe(low, high, k, width):
    return low == 0 or low >= k if low == high else high >= k and high - low >= width


def targets(campaign, strict):
    """(question, cut, option), with those who did not say last."""
    cuts = [cut for cut in campaign.cuts() if len(cut) < 2 or all(value for _, value in cut)]
    for question in [None, *campaign.questions]:
        for option in campaign.options(question) if strict else [None]:
            for cut in cuts:
                is_silent = any(value is None for _, value in cut)
                if question or not is_silent:
                    yield question, cut, option, is_silent


def attack(releases, survey_file=None):
    """All that breaks the policy of the last release, and how many programs it took."""
    campaign = Campaign(releases, survey_file)
    policy = releases[-1]["policy"]
    k, width = policy["min_base"], policy.get("protection") or 0
    # How many were not asked or did not answer is no secret, and so what they tell of
    # those who did is none: but that those are few.
    whole, apart, rooms = Ranges(System(campaign)), Ranges(System(campaign, with_responses=False)), {}
    findings = []
    for question, cut, option, is_silent in targets(campaign, policy.get("strict", False)):
        attacks = [(apart, width)] if question else [(whole, width)]
        attacks += [(whole, 0)] if question and not is_silent else []
        for after, up_to in product(range(campaign.last), range(1, campaign.last + 1)):
            for ranges, wide in attacks if after < up_to else []:
                place = question, cut, option, after, up_to
                found = ranges.range(ranges.system.over(*place), k, wide)
                is_fine = found is None or is_safe(*found, k, wide)
                if is_fine or is_all_there_is(campaign, rooms, found, place):
                    continue
                named = "*".join(by for by, _ in cut) or None, "*".join(value or "" for _, value in cut) or None
                findings.append(Finding(question, *named, option, after, up_to, *found))
                break
    return findings, sum(one.asked for one in [whole, apart, *rooms.values()])


def is_all_there_is(campaign, rooms, found, place):
    """That they are no more than those who were asked is no news of them."""
    question = place[0]
    if not question or found[0] > 0:
        return False
    without = rooms.setdefault(question, Ranges(System(campaign, without_figures_of=question)))
    return math.floor(without.best(without.system.over(*place), 1) + NEAR) == found[1]
