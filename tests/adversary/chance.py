"""What chance alone would give, and how sure a share is."""

from functools import cache
from math import exp, lgamma, log, sqrt


def tail(hits, tries, share):
    """How likely so many hits or more are, if each try hits with this share."""
    if hits == 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    yes, no, ways = log(share), log(1 - share), _ways(tries)
    return sum(exp(ways[k] + k * yes + (tries - k) * no) for k in range(hits, tries + 1))


@cache
def _ways(tries):
    """In how many ways so many tries can have each number of hits: the logarithms."""
    return [lgamma(tries + 1) - lgamma(k + 1) - lgamma(tries - k + 1) for k in range(tries + 1)]


@cache
def interval(hits, tries, level=0.95):
    """Clopper and Pearson's exact interval of a share."""
    if tries == 0:
        return 0.0, 1.0
    rest = (1 - level) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: tail(hits, tries, p) - rest)
    high = 1.0 if hits == tries else _solve(lambda p: rest - (1 - tail(hits + 1, tries, p)))
    return low, high


def _solve(rising):
    """Where a function that rises from below zero to above it crosses it."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def ranks(values):
    """The rank of each value, equal ones sharing theirs."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    ranked = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for i in range(at, end + 1):
            ranked[order[i]] = (at + end) / 2
        at = end + 1
    return ranked


def correlation(groups):
    """Spearman's rank correlation within groups of pairs, and how many standard
    errors it is away from none. None if one side is the same everywhere."""
    products = left_squares = right_squares = 0.0
    degrees = 0
    for pairs in groups:
        left, right = ranks([a for a, _ in pairs]), ranks([b for _, b in pairs])
        middle = (len(pairs) - 1) / 2
        products += sum((a - middle) * (b - middle) for a, b in zip(left, right))
        left_squares += sum((a - middle) ** 2 for a in left)
        right_squares += sum((b - middle) ** 2 for b in right)
        degrees += len(pairs) - 1
    if not left_squares or not right_squares:
        return None
    rho = products / sqrt(left_squares * right_squares)
    return rho, rho * sqrt(degrees)
