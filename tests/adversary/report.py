"""The tables, and the verdict."""

from dataclasses import dataclass, field

# Of all that is looked at, chance alone may look like a leak once in so many runs.
RUNS = 1000


@dataclass
class Table:
    title: str
    attacks: list
    # Name of a column: what each attack came to in it.
    columns: dict = field(default_factory=dict)
    # Those in which the attacks are meant to link: were they not to, they would be
    # worth nothing elsewhere either.
    controls: tuple = ()


def cell(result):
    if result is None:
        return ""
    if result.is_blind:
        return "nothing to read"
    low, high = result.interval()
    text = f"{percent(result.share)}% ({percent(low)}-{percent(high)})"
    return text + (f" r {result.order[0]:+.2f}" if result.order else "")


def percent(share):
    return f"{100 * share:.1f}"


def rows(table):
    found = [["attack", "chance", *table.columns]]
    for attack in table.attacks:
        results = [column.get(attack) for column in table.columns.values()]
        chance = next((f"{percent(result.chance)}%" for result in results if result and result.tries), "")
        found.append([f"{attack.group}: {attack.name}", chance, *map(cell, results)])
    return found


def plain(table):
    lines = rows(table)
    widths = [max(len(row[at]) for row in lines) for at in range(len(lines[0]))]
    texts = ("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in lines)
    return "\n".join([table.title, "", *texts, ""])


def markdown(table):
    lines = ["| " + " | ".join(row) + " |" for row in rows(table)]
    return "\n".join([f"**{table.title}**", "", lines[0], "|" + "---|" * len(table.columns) + "---|---|", *lines[1:], ""])


def verdicts(tables):
    """How many looks were as they are meant to be, and one line for each that was not."""
    looks = [
        (table, name, attack, result)
        for table in tables
        for name, column in table.columns.items()
        for attack, result in column.items()
    ]
    level, failed = 1 / RUNS / max(1, len(looks)), []
    for table, name, attack, result in looks:
        has_linked = result.breaks(level)
        must_link = attack.must_link or any(name.startswith(control) and attack.links(name) for control in table.controls)
        may_link = must_link or not attack.is_fault or name.startswith(table.controls or ("\0",))
        if has_linked and not may_link:
            failed.append(f"{table.title}: {name}: people are linked by {attack.group}: {attack.name} ({cell(result)})")
        if must_link and not has_linked:
            failed.append(f"{name}: ought to be linked, and is not, by {attack.group}: {attack.name} ({cell(result)})")
    return len(looks) - len(failed), failed


def conclude(tables, tested, file, seconds):
    """`tested`: how many tests of the tool itself passed, and failed."""
    print()
    for table in tables:
        print(plain(table))
    if file:
        file.write_text("\n".join(map(markdown, tables)))
    passed, failed = verdicts(tables)
    for line in failed:
        print(f"FAILED {line}")
    passed, failed = passed + tested[0], len(failed) + tested[1]
    word = "FAILED" if failed else "ok"
    # As cargo says it, so that whoever counts tests can count these.
    print(f"\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; finished in {seconds:.1f}s")
    return 1 if failed else 0
