#!/usr/bin/env python3
"""Writes tests/it/fixtures/newcombe.csv: differences of two percentages with their
95 % intervals by Newcombe's method 10, computed apart from Candour, for its tests.

    tests/newcombe.py > tests/it/fixtures/newcombe.csv

Decimal arithmetic of fifty digits, the Wilson ends as solutions of a quadratic
equation, half-up by the decimal module's own rounding.
"""
from decimal import Decimal, ROUND_FLOOR, getcontext
from itertools import product

getcontext().prec = 50
Z = Decimal("1.959963984540054")


def wilson(count, base):
    """The two x with (p - x)^2 = z^2 x (1 - x) / n, as a x^2 + b x + c = 0."""
    p, n = Decimal(count) / base, Decimal(base)
    a, b, c = 1 + Z**2 / n, -(2 * p + Z**2 / n), p**2
    root = (b**2 - 4 * a * c).sqrt()
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def tenths(value):
    """A proportion as points with one decimal; a half goes up."""
    rounded = (value * 1000 + Decimal("0.5")).to_integral_value(rounding=ROUND_FLOOR) / 10
    return f"{rounded + 0:.1f}"


def row(count1, base1, count2, base2):
    p1, p2 = Decimal(count1) / base1, Decimal(count2) / base2
    (low1, high1), (low2, high2) = wilson(count1, base1), wilson(count2, base2)
    difference = p2 - p1
    low = difference - ((p2 - low2) ** 2 + (high1 - p1) ** 2).sqrt()
    high = difference + ((high2 - p2) ** 2 + (p1 - low1) ** 2).sqrt()
    exact = Decimal(count2 * base1 - count1 * base2) / (base1 * base2)
    return [count1, base1, count2, base2, *(tenths(x) for x in (exact, low, high))]


def main():
    print("count,base,count_after,base_after,points,low,high")
    bases = [5, 8, 20, 84, 803, 100_000]
    shares = [Decimal(n) / 100 for n in (0, 3, 20, 50, 77, 100)]
    counts = [(int(base * share), base) for base, share in product(bases, shares)]
    for (count1, base1), (count2, base2) in product(counts, counts):
        print(*row(count1, base1, count2, base2), sep=",")


if __name__ == "__main__":
    main()
