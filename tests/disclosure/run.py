#!/usr/bin/env python3
"""An auditor from outside, against Candour's own: see README.md.

    tests/disclosure/run.py [--candour FILE] [--places N] [--seed S]
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
arguments = parser.parse_args()
product = Product(arguments.candour)
for seed in range(arguments.seed, arguments.seed + arguments.places):
    place = Place(seed)
    start = time.time()
    survey, releases, refused = product.releases(place)
    middle = time.time()
    findings, programs = attack(releases, survey) if releases else ([], 0)
    print(seed, len(place.batches), len(releases), place.breakdowns, place.is_crossed, place.is_strict, place.k, place.protection, refused)
    print("  ", len(findings), "breaches", programs, "programs", f"{middle-start:.1f} s {time.time()-middle:.1f} s", *findings[:3], sep=" ")
    findings, programs = attack(naive(place), survey)
    print("   naive", len(findings), programs)
