"""The table, and the verdict."""

from attacks import ATTACKS, OPENED, OPENED_LATER

# Of all attacks together, chance may look like a leak once in so many runs.
RUNS = 1000


def cell(result):
    if result is None:
        return ""
    if result.is_blind:
        return "nothing to read"
    low, high = result.interval()
    text = f"{percent(result.share)} ({percent(low)}-{percent(high)})"
    if result.order:
        text += f" r {result.order[0]:+.2f}"
    return text


def percent(share):
    return f"{100 * share:.1f}%"


def table(columns):
    heads = ["attack", "by chance", *columns]
    rows = []
    for attack in [*ATTACKS, OPENED, OPENED_LATER]:
        results = [columns[name].get(attack) for name in columns]
        chance = next((f"{percent(r.chance)}" for r in results if r and r.tries), "")
        rows.append([f"{attack.group}: {attack.name}", chance, *map(cell, results)])
    return [heads, *rows]


def plain(rows):
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows)


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def verdicts(columns):
    """What was looked at, and what is wrong: one line each."""
    level = 0.05 / RUNS / max(1, sum(len(of) for of in columns.values()))
    passed, failed = 0, []
    for name, results in columns.items():
        for attack, result in results.items():
            is_control = name.startswith("naive")
            if attack == OPENED:
                is_control = True
            if is_control and attack.control_links and not result.links_most() and not result.is_blind:
                failed.append(f"the control on {name} is not linked by: {attack.name} ({cell(result)})")
            elif not is_control and attack.is_fault and result.breaks(level):
                failed.append(f"on {name} people are linked by: {attack.name} ({cell(result)})")
            else:
                passed += 1
    return passed, failed


def conclude(columns, file, seconds):
    rows = table(columns)
    print("\n" + plain(rows) + "\n")
    if file:
        file.write_text(markdown(rows))
    passed, failed = verdicts(columns)
    for line in failed:
        print(f"FAILED: {line}")
    word = "FAILED" if failed else "ok"
    print(f"\ntest result: {word}. {passed} passed; {len(failed)} failed; 0 ignored; finished in {seconds:.1f}s")
    return 1 if failed else 0
