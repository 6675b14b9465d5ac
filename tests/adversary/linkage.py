"""How two lists are joined, and how well that went.

An item is one thing that an attack may join to another: a person, a response, a
comment. Its places are what can be read about it at rest: an order, a transaction,
a time, a size. Whose it is, only the referee knows, who counts.
"""

from dataclasses import dataclass, field

from chance import correlation, interval, tail


@dataclass
class Item:
    owner: int
    # The release that first counted it: which one that is, attacks are told.
    batch: int
    places: dict = field(default_factory=dict)


@dataclass
class Linked:
    """What an attack came to: of how many it named the right one."""

    hits: int = 0
    tries: int = 0
    chance: float = 0.0
    # Rank correlation and its distance from none in standard errors.
    order: tuple | None = None
    # There was nothing to go by, and so it guessed.
    is_blind: bool = False

    @property
    def share(self):
        return self.hits / self.tries if self.tries else 0.0

    def interval(self):
        return interval(self.hits, self.tries)

    def breaks(self, level):
        """Whether it did better than chance, where chance alone would be taken for
        better once in 1/level times. Guesses that went by nothing break nothing."""
        if self.is_blind or not self.tries:
            return False
        by_share = tail(self.hits, self.tries, self.chance) < level
        return by_share or bool(self.order) and abs(self.order[1]) > _errors(level)


def _errors(level):
    """How many standard errors the normal distribution exceeds so rarely, both ways."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - level / 2)


def in_order(left, right, by, rng):
    """Joins the first to the first, the second to the second, batch by batch."""
    a, b = by
    left, right = _with(left, a), _with(right, b)
    result, groups = Linked(is_blind=not left or not right), []
    if result.is_blind:
        return result
    for batch in _batches(left, right):
        ones, others = _sorted(left, batch, a, rng), _sorted(right, batch, b, rng)
        _count(result, list(zip(ones, others)), len(others))
        owned = {other.owner: other.places[b] for other in others}
        groups.append([(one.places[a], owned[one.owner]) for one in ones if one.owner in owned])
    result.order = correlation(groups)
    # Where everything is in one place there is no order to go by.
    result.is_blind = result.order is None
    return result


def by_size(left, right, by, rng):
    """Joins each to what is nearest to the size that follows from its own: how one
    follows from the other is learnt from the two lists alone."""
    a, b = by
    left, right = _with(left, a), _with(right, b)
    ordered = in_order(left, right, by, rng)
    if ordered.is_blind:
        return ordered
    result = Linked(order=ordered.order)
    xs, ys = sorted(item.places[a] for item in left), sorted(item.places[b] for item in right)
    # To begin with: as many of the ones are smaller as of the others.
    known = [(x, ys[n * len(ys) // len(xs)]) for n, x in enumerate(xs)]
    for _ in range(8):
        pairs = [pair for batch in _batches(left, right) for pair in _nearest(left, right, batch, by, known, rng)]
        known = sorted((one.places[a], other.places[b]) for one, other in pairs)
    for batch in _batches(left, right):
        _count(result, _nearest(left, right, batch, by, known, rng), sum(item.batch == batch for item in right))
    return result


def _nearest(left, right, batch, by, known, rng):
    a, b = by
    others = [item for item in right if item.batch == batch]
    rng.shuffle(others)
    return [
        (one, min(others, key=lambda other, to=_expected(one.places[a], known): abs(to - other.places[b])))
        for one in left
        if one.batch == batch
    ]


def _expected(x, known):
    """What goes with it, by the line through the pairs around it."""
    around = sorted(known, key=lambda pair: abs(pair[0] - x))[:15]
    slope, start = _line([one for one, _ in around], [other for _, other in around])
    return start + slope * x


def _line(xs, ys):
    """The slope and the start of the line that fits best."""
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((one - x) ** 2 for one in xs)
    slope = sum((one - x) * (other - y) for one, other in zip(xs, ys)) / spread if spread else 0.0
    return slope, y - slope * x


def in_common(left, right, by, rng):
    """Joins what has something in common, such as a transaction."""
    a, b = by
    result = Linked(is_blind=True)
    for batch in _batches(left, right):
        ones = [item for item in left if item.batch == batch]
        others = [item for item in right if item.batch == batch]
        pairs = []
        for one in ones:
            shared = [other for other in others if one.places.get(a, set()) & other.places.get(b, set())]
            if 0 < len(shared) < len(others):
                result.is_blind = False
            pairs.append((one, rng.choice(shared or others)))
        _count(result, pairs, len(others))
    return result


def latest_before(left, right, by, rng):
    """Joins each of the right, in the order in which they came, to the last of the
    left that came before it and is still free."""
    a, b = by
    left, right = _with(left, a), _with(right, b)
    # Where all of a batch came at once, there is nothing to go by.
    is_blind = len({item.places[b] for item in right}) <= len({item.batch for item in right})
    result = Linked(is_blind=is_blind)
    for batch in _batches(left, right):
        free, pairs = _sorted(left, batch, a, rng), []
        others = _sorted(right, batch, b, rng)
        for other in others[: len(free)]:
            before = [one for one in free if one.places[a] <= other.places[b]]
            one = before[-1] if before and not is_blind else rng.choice(free)
            free.remove(one)
            pairs.append((one, other))
        _count(result, pairs, len(others))
    return result


def _with(items, place):
    return [item for item in items if item.places.get(place) is not None]


def _batches(left, right):
    return sorted({item.batch for item in left} & {item.batch for item in right})


def _sorted(items, batch, place, rng):
    """In the order of a place; those in the same one in any order."""
    chosen = [item for item in items if item.batch == batch]
    rng.shuffle(chosen)
    return sorted(chosen, key=lambda item: item.places[place])


def _count(result, pairs, candidates):
    hits = sum(one.owner == other.owner for one, other in pairs)
    total = result.chance * result.tries + len(pairs) / candidates
    result.hits += hits
    result.tries += len(pairs)
    result.chance = total / result.tries if result.tries else 0.0
