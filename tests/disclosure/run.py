#!/usr/bin/env python3
"""An auditor from outside, against Candour's own: see README.md.

    tests/disclosure/run.py [--candour FILE] [--seed S] [--places N]
    tests/disclosure/run.py --seeds S...

Fails if it finds something in Candour's releases, or next to nothing in naive ones.
"""

import argparse
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from outside import attack  # noqa: E402
from places import Place, naive  # noqa: E402
from product import Product  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--candour", default=str(ROOT / "target/debug/candour"))
parser.add_argument("--places", type=int, default=8)
parser.add_argument("--seed", type=int, default=2026)
parser.add_argument("--seeds", type=int, nargs="+", help="these, and not as many from --seed on")
arguments = parser.parse_args()
product = Product(arguments.candour)
DOZENS = 24


def described(place):
    terms = [*place.breakdowns, "crossed" if place.is_crossed else "", "strict" if place.is_strict else "",
             "with a follow-up" if place.is_conditional else ""]
    return f"{', '.join(term for term in terms if term)}; k = {place.k}, w = {place.protection}"


def holds(place):
    """Whether nothing is found in Candour's releases; and what is found in naive ones."""
    start = time.time()
    survey, releases, refused = product.releases(place)
    made = time.time()
    findings, programs = attack(releases, survey) if releases else ([], 0)
    control, _ = attack(naive(place), survey)
    print(f"{place.seed} ({described(place)}): {len(releases)} of {len(place.batches)} releases in {made - start:.1f} s,"
          f" {len(findings)} breaches ({programs} programs, {time.time() - made:.1f} s), naive {len(control)}")
    print("".join(f"   {finding}\n" for finding in findings) + (f"   refused: {refused}\n" if refused else ""), end="", flush=True)
    return bool(releases) and not findings, len(control)


seeds = arguments.seeds or range(arguments.seed, arguments.seed + arguments.places)
results = [holds(Place(seed)) for seed in seeds]
passed = [is_held for is_held, _ in results] + [sum(naive for _, naive in results) >= DOZENS]
failed = passed.count(False)
print(f"test result: {'FAILED' if failed else 'ok'}. {passed.count(True)} passed; {failed} failed; the outside auditor")
sys.exit(1 if failed else 0)
