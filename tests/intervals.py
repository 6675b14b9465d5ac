#!/usr/bin/env python3
"""Percentages with their 95 % intervals by statsmodels, for Candour's tests, as CSV.

    tests/intervals.py wilson          every count of every base to 400
    tests/intervals.py newcombe        differences of two, with bases to 400
    tests/intervals.py wilson 1.9      with that for z: what must not agree

An interval's ends are rounded half-up, as Candour says of its own. They are floating
point numbers: one so close to a half that its last bits decide is an error here.
Percentages and differences may well be halves, and are rounded as fractions.
"""

import sys

import numpy as np
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

LARGEST = 400
# One of each pair: small ones, those of published tables, and the largest.
BASES = np.array([1, 5, 18, 94, 294, 400])
# So many of a hundred of each.
PARTS = np.array([0, 1, 30, 50, 77, 100])


def ends(values):
    """Proportions as tenths of a per cent, half-up; what is 0 or 1 but for its last bits is that."""
    tenths = np.asarray(values) * 1000
    tenths = np.where(np.abs(tenths - np.round(tenths)) < 1e-9, np.round(tenths), tenths)
    nearest = np.abs(tenths - np.floor(tenths) - 0.5).min()
    if nearest < 1e-8:
        sys.exit(f"an end is {nearest} of a tenth away from a half: floating point numbers cannot tell")
    return np.floor(tenths + 0.5).astype(int)


def halves_up(above, below):
    """above / below as tenths of a per cent, in whole numbers."""
    return (2000 * above + below) // (2 * below)


def wilson(alpha):
    pairs = [(count, base) for base in range(1, LARGEST + 1) for count in range(base + 1)]
    counts, bases = np.array(pairs).T
    low, high = proportion_confint(counts, bases, alpha, method="wilson")
    return ["count,base", "percent,low,high"], [counts, bases], [halves_up(counts, bases), ends(low), ends(high)]


def newcombe(alpha):
    """Every base to 400 beside each of BASES, each with a count for each of PARTS."""
    first, second = np.arange(1, LARGEST + 1), BASES
    grid = np.meshgrid(first, second, PARTS, PARTS, indexing="ij")
    base, base_after, part, part_after = (axis.ravel() for axis in grid)
    count, count_after = base * part // 100, base_after * part_after // 100
    low, high = confint_proportions_2indep(
        count_after, base_after, count, base, method="newcomb", compare="diff", alpha=alpha
    )
    points = halves_up(count_after * base - count * base_after, base * base_after)
    head = ["count,base,count_after,base_after", "points,low,high"]
    return head, [count, base, count_after, base_after], [points, ends(low), ends(high)]


def as_text(tenths):
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


def main():
    methods = {"wilson": wilson, "newcombe": newcombe}
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in methods:
        sys.exit(__doc__)
    alpha = 2 * norm.sf(float(sys.argv[2])) if len(sys.argv) == 3 else 0.05
    head, of, figures = methods[sys.argv[1]](alpha)
    print(",".join(head))
    for numbers in zip(*of, *figures):
        whole, tenths = numbers[: len(of)], numbers[len(of) :]
        print(*whole, *map(as_text, tenths), sep=",")


if __name__ == "__main__":
    main()
