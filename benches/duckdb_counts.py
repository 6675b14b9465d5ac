"""What a release counts, counted by DuckDB: every question in total and by each
breakdown, from one table in a file of its own, on all processors. Prints the seconds of
the quickest of three runs.

    python3 benches/duckdb_counts.py ANSWERS.csv BREAKDOWN..."""

import os
import sys
import tempfile
import time

import duckdb


def tables(columns, breakdowns):
    """A query for each question: the counts of its cells, in total and by each breakdown."""
    sets = ", ".join(["()"] + [f"({name})" for name in breakdowns])
    several = {}
    for name in columns:
        question, _, option = name.partition("__")
        if option:
            several.setdefault(question, []).append(name)
        else:
            own = ", ".join(["(answer)"] + [f"(answer, {by})" for by in breakdowns if by != name])
            groups = ", ".join(by for by in breakdowns if by != name)
            yield (
                f"SELECT {name} AS answer, {groups}, count(*) FROM answers WHERE {name} IS NOT NULL "
                f"GROUP BY GROUPING SETS ({own})"
            )
    for question, options in several.items():
        sums = ", ".join(f"sum({name})" for name in options)
        groups = ", ".join(breakdowns)
        yield (
            f"SELECT {groups}, count(*), {sums} FROM answers WHERE {options[0]} IS NOT NULL "
            f"GROUP BY GROUPING SETS ({sets})"
        )


def main(file, *breakdowns):
    with tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "answers.duckdb")
        with duckdb.connect(place) as base:
            base.execute("CREATE TABLE answers AS SELECT * FROM read_csv(?, header = true)", [file])
            columns = [row[0] for row in base.execute("DESCRIBE answers").fetchall()]
        took = []
        for _ in range(3):
            with duckdb.connect(place, read_only=True) as base:
                begun = time.perf_counter()
                for query in tables(columns, breakdowns):
                    base.execute(query).fetchall()
                took.append(time.perf_counter() - begun)
        print(f"{min(took):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
