"""Who does what and when: the same events for Candour and for the control."""

from dataclasses import dataclass

WORD = "mark:"
LETTERS = "bcdfghjkmnpqrtvwxz"
# Fewer than there are in the world; the common ones.
AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
]
LANGUAGES = ["en-GB,en;q=0.9", "en-GB,en;q=0.9,cy;q=0.8", "cy,en-GB;q=0.8"]


@dataclass
class Person:
    number: int
    name: str
    email: str
    # The marks: what they answer, and nobody else does.
    mark: int
    word: str
    is_scripted: bool
    # What they have to say besides: how much differs from person to person.
    filler: str = ""
    code: str = ""
    ticket: str = ""
    # By which release they were first counted (1, 2, ...), as the plan has it.
    batch: int = 0
    # In which step they took the offer up, and in which they sent; none: never.
    taken_up: int | None = None
    sent: int | None = None
    # What their browser says of itself.
    agent: str = ""
    language: str = ""
    # It has exchanged the code blind.
    was_blind: bool = False

    @property
    def address(self):
        return f"10.7.{self.number >> 8}.{self.number & 255}"

    @property
    def words(self):
        return f"{WORD}{self.word} {self.filler[:3900]}".strip()

    @property
    def more(self):
        """In four further boxes."""
        return [self.filler[at : at + 3900] for at in range(3900, 19500, 3900)]


@dataclass
class Plan:
    people: list
    # Each step is a list of things that are done at the same time.
    steps: list
    releases: int


def make(rng, count, releases=3):
    """Some take up long before they answer, some at once, several at the same
    time; a few never answer, and a few answer after the last release."""
    marks = rng.sample(range(100_000_000, 1_000_000_000), count)
    words = _words(rng, count)
    people = [
        Person(n, f"Person {n:04d}", f"p{n:04d}@people.example.org", mark, word, rng.random() < 0.67, _filler(rng))
        for n, (mark, word) in enumerate(zip(marks, words))
    ]
    for person in people:
        person.agent, person.language = rng.choice(AGENTS), rng.choice(LANGUAGES)
    order = people[:]
    rng.shuffle(order)
    silent, idle = order[: count // 20], order[count // 20 : count // 10]
    senders = order[count // 10 :]
    steps = _sendings(rng, senders)
    _take_up_early(rng, steps, senders)
    for person in idle:
        steps.insert(rng.randrange(len(steps)), [("take up", person)])
    _add_releases(steps, releases)
    for _ in range(max(4, count // 20)):
        steps.insert(rng.randrange(len(steps)), [("wait", None)])
    _number(steps)
    assert all(person.sent is None for person in silent + idle)
    return Plan(people, steps, releases)


def _words(rng, count):
    words = set()
    while len(words) < count:
        words.add("".join(rng.choice(LETTERS) for _ in range(12)))
    return sorted(words, key=lambda _: rng.random())


def _filler(rng):
    """Mostly a line or two; of one in twenty as much as there is room for."""
    length = 19_500 if rng.random() < 0.05 else int(rng.expovariate(1 / 150))
    return "".join(rng.choice(LETTERS + "  ") for _ in range(length)).strip()


def _sendings(rng, senders):
    """In this order; a fifth of them four at a time."""
    steps, at = [], 0
    while at < len(senders):
        many = 4 if rng.random() < 0.06 else 1
        steps.append([("send", person) for person in senders[at : at + many]])
        at += many
    return steps


def _take_up_early(rng, steps, senders):
    for person in senders:
        at = next(n for n, step in enumerate(steps) if ("send", person) in step)
        is_early = rng.random() < 0.5
        steps.insert(rng.randrange(at + 1) if is_early else at, [("take up", person)])
    # Those who send together and take up at that moment do both together.
    for at in range(len(steps) - 2, -1, -1):
        (what, person), *others = steps[at]
        if what == "take up" and not others and len(steps[at + 1]) > 1 and ("send", person) in steps[at + 1]:
            together = steps[at + 1]
            together.insert(together.index(("send", person)), ("take up", person))
            del steps[at]


def _add_releases(steps, releases):
    """The last tenth comes after the last release."""
    sends = [n for n, step in enumerate(steps) if any(what == "send" for what, _ in step)]
    for number in range(releases, 0, -1):
        at = sends[int(len(sends) * 0.9 * number / releases) - 1]
        steps.insert(at + 1, [("release", number)])


def _number(steps):
    batch = 1
    for at, step in enumerate(steps):
        for what, who in step:
            if what == "release":
                batch = who + 1
            elif what == "take up":
                who.taken_up = at
            elif what == "send":
                who.sent, who.batch = at, batch
