"""Every way that is known here to join a person to an answer. Each names, for every
person whose answers a release has counted, one response, and may use everything at
rest; of what is not at rest it is told, in favour of the attack, when each person
sent their answers and by which release they were first counted."""

from dataclasses import dataclass

from linkage import in_common, in_order, latest_before


@dataclass(frozen=True)
class Search:
    """Something that either was found or was not: for one person is for one too many."""

    group: str
    name: str
    of: str
    control_links: bool = False
    # Only said in the table: it tells when somebody was there, and not what they said.
    is_fault: bool = True

    def run(self, evidence, _):
        return evidence.found[self.of]


@dataclass(frozen=True)
class Attack:
    group: str
    name: str
    # Which lists it joins: attributes of the evidence.
    left: str
    right: str
    join: object
    by: tuple
    # Only where the control has something to read, too, does it have to link.
    control_links: bool = True
    is_fault: bool = True

    def run(self, evidence, rng):
        return self.join(getattr(evidence, self.left), getattr(evidence, self.right), self.by, rng)


def _person(group, name, join, left, right, control_links=True):
    return Attack(group, name, "people", "responses", join, (left, right), control_links)


ATTACKS = [
    _person("order", "order of the rows in their table (rowid, ctid)", in_order, "sent", "table"),
    _person("order", "place in the table's pages (page, cell)", in_order, "sent", "page"),
    _person("order", "place in the pages of its index", in_order, "sent", "index", False),
    _person("order", "first place in the write-ahead log", in_order, "sent", "log"),
    _person("order", "freed space: pages, gaps, dead rows", in_order, "sent", "freed", False),
    _person("order", "lines of the log at trace", in_order, "sent", "line"),
    _person("transactions", "order of transactions", in_order, "sent", "tx"),
    _person("transactions", "one transaction on both sides", in_common, "txs", "txs"),
    Attack("transactions", "one transaction: spent ticket and response", "spent", "responses", in_common, ("txs", "txs")),
    Attack("transactions", "one transaction: comment and response", "comments", "responses", in_common, ("txs", "txs")),
    Attack("adjacency", "spent tickets and responses in the same order", "spent", "responses", in_order, ("page", "page"), False),
    Attack("adjacency", "comments and responses in the same order", "comments", "responses", in_order, ("page", "page")),
    Attack("adjacency", "comments and responses in the log", "comments", "responses", in_order, ("log", "log")),
    _person("time", "times beside the answers", in_order, "sent", "time"),
    _person("time", "times of commits in the log", in_order, "sent", "commit"),
    _person("size", "size of what appeared when they sent", in_order, "size", "size", False),
    _person("size", "sizes that the log at trace speaks of", in_order, "said", "size", False),
    Attack("size", "the same, and sizes of comments", "people", "comments", in_order, ("said", "size"), False),
    _person("copies", "copies before and after one sending", in_common, "copies", "copies"),
    _person("copies", "both sides changed between two copies", in_common, "changed", "changed"),
    _person("copies", "the last to take up before an answer came", latest_before, "taken up", "copy", False),
    Attack("copies", "comment and response new in one copy", "comments", "responses", in_common, ("copies", "copies")),
    Search("raw bytes", "an answer in the clear", "answers", True),
    Search("raw bytes", "a ticket in the clear", "tickets"),
    Search("raw bytes", "a code in the clear but in the mail", "codes"),
    Search("raw bytes", "a value that stands on both sides", "both sides"),
    Search("when", "metrics move when a leaver does something", "metrics"),
    Search("when", "the mail folder changes", "mail"),
    Search("when", "the log at trace grows", "log", is_fault=False),
]
OPENED = Search("key file", "envelopes in the copies, opened", "opened", True)
OPENED_LATER = Search("key file", "the same, after candour key rotate", "opened later")


def run(evidence, rng):
    return {attack: attack.run(evidence, rng) for attack in ATTACKS}
