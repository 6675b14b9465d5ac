#!/usr/bin/env python3
"""Starts what deploy/ ships, file by file, and sees whether it does what is said of it.

    tests/deploy/run.py --candour target/debug/candour           each file is read: seconds
    tests/deploy/run.py --candour target/debug/candour --long    and all of them at work: minutes
"""

import argparse
import sys
import time
import unittest
from pathlib import Path


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--candour", default="target/debug/candour", help="the program to start")
    options.add_argument("--long", action="store_true", help="also what takes minutes")
    options.add_argument("--only", help="the tests whose names have this in them")
    chosen = options.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    import cases

    cases.BINARY = Path(chosen.candour).resolve()
    names = ["test_checks"] + (["test_proxies", "test_recovery", "test_failover"] if chosen.long else [])
    loader, begun = unittest.defaultTestLoader, time.monotonic()
    if chosen.only:
        loader.testNamePatterns = [f"*{chosen.only}*"]
    result = unittest.TextTestRunner(sys.stdout, verbosity=2).run(loader.loadTestsFromNames(names))
    failed = len(result.failures) + len(result.errors)
    verdict = "FAILED" if failed else "ok"
    for test, _ in result.failures + result.errors:
        print(f"{test.id()} --- FAILED")
    print(f"test result: {verdict}. {result.testsRun - failed} passed; {failed} failed; {time.monotonic() - begun:.0f} s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
