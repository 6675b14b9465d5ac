"""What the copies tell whoever has the key file as well: each envelope that appeared
when somebody sent, opened with the keys that lay in the same copy."""

from linkage import Linked
from referee import Opener


def envelopes(history, keys, campaign, plan, copy_of_step, referee, rng):
    counted = [p for p in plan.people if p.sent is not None and p.batch <= plan.releases]
    batches = {batch: sum(p.batch == batch for p in counted) for batch in range(1, plan.releases + 1)}
    result, openers = Linked(is_blind=True), {}
    for person in counted:
        copy = copy_of_step[person.sent]
        # A release in between has replaced the key: the one before it counts.
        opener = openers.setdefault(copy, Opener(keys, campaign, *history.keys[copy]))
        texts = [
            opener.envelope(key, envelope)
            for key in history.new_in("spent_ticket", copy)
            if key in history.envelopes
            for envelope in [history.envelopes[key][1]]
        ]
        readable = [text for text in texts if text]
        result.is_blind = result.is_blind and not readable
        result.tries += 1
        result.chance += 1 / batches[person.batch] / len(counted)
        result.hits += bool(readable) and referee.of_text(rng.choice(readable)) == person.number
    return result


def left_behind(history, pieces):
    """Envelopes that can still be read in what lies at rest after they were counted."""
    raw, envelopes = b"\0".join(pieces), list(history.envelopes.values())
    # A part of each, that lies in one piece whatever page it is cut up for.
    return Linked(sum(envelope[100:140] in raw for _, envelope in envelopes), len(envelopes))
