"""Every way that is known here to join a person to an answer. Each names, for every
person whose answers a release has counted, one response, and may use everything at
rest; of what is not at rest it is told, in favour of the attack, when each person
sent their answers and by which release they were first counted."""

from dataclasses import dataclass

from linkage import by_size, in_common, in_order, latest_before

BOTH = ("sqlite", "postgres")


@dataclass(frozen=True)
class Look:
    """One line of a table."""

    group: str
    name: str
    # On which databases the control has to be linked by it.
    control: tuple = ()
    # Not a fault: it tells when somebody was there, and not what they said.
    is_fault: bool = True
    # What cannot but link, as the README says: else the tool is broken.
    must_link: bool = False

    def links(self, column):
        return any(column.endswith(database) for database in self.control)


@dataclass(frozen=True)
class Search(Look):
    """Something that was found or was not: for one person is for one too many."""

    of: str = ""

    def run(self, evidence, _):
        return evidence.found[self.of]


@dataclass(frozen=True)
class Attack(Look):
    # Which lists it joins (attributes of the evidence), how, and by which places.
    left: str = "people"
    right: str = "responses"
    join: object = in_order
    by: tuple = ()

    def run(self, evidence, rng):
        return self.join(getattr(evidence, self.left), getattr(evidence, self.right), self.by, rng)


def _order(name, place, control=BOTH):
    return Attack("order", name, control, by=("sent", place))


def _pairs(group, name, left, right, join, by, control=BOTH):
    return Attack(group, name, control, left=left, right=right, join=join, by=by)


ATTACKS = [
    _order("of the rows in their table (rowid, ctid)", "table"),
    _order("in the pages of the table (page, cell)", "page"),
    _order("in the pages of its index", "index", ()),
    _order("in the database's write-ahead log", "log"),
    _order("in freed space: pages, gaps, dead rows", "freed", ()),
    _order("of lines in Candour's log at trace", "line"),
    _order("of transactions", "tx"),
    _pairs("transaction", "one on both sides", "people", "responses", in_common, ("txs", "txs")),
    _pairs("transaction", "one for spent ticket and response", "spent", "responses", in_common, ("txs", "txs")),
    _pairs("transaction", "one for comment and response", "comments", "responses", in_common, ("txs", "txs")),
    _pairs("adjacency", "spent tickets and responses", "spent", "responses", in_order, ("page", "page"), ("postgres",)),
    _pairs("adjacency", "comments and responses", "comments", "responses", in_order, ("page", "page")),
    _pairs("adjacency", "comments and responses in the database's log", "comments", "responses", in_order, ("log", "log")),
    Attack("time", "beside the answers", BOTH, by=("sent", "time")),
    Attack("time", "of commits in the database's log", ("postgres",), by=("sent", "commit")),
    # Whoever writes more than some six pages stands out by it, and the README says so.
    Attack("size", "of envelopes, and of responses", is_fault=False, join=by_size, by=("size", "size")),
    Attack("size", "of envelopes, and of comments", is_fault=False, right="comments", join=by_size, by=("size", "size")),
    Attack("size", "in Candour's log at trace, and of responses", join=by_size, by=("said", "size")),
    Attack("size", "in Candour's log at trace, and of comments", right="comments", join=by_size, by=("said", "size")),
    _pairs("copies", "before and after one sending", "people", "responses", in_common, ("copies", "copies")),
    _pairs("copies", "both sides changed between two", "people", "responses", in_common, ("changed", "changed")),
    _pairs("copies", "the last to take up before an answer came", "people", "responses", latest_before, ("taken up", "copy")),
    _pairs("copies", "comment and response new in one", "comments", "responses", in_common, ("copies", "copies")),
    Search("raw bytes", "an answer in the clear", BOTH, of="answers"),
    Search("raw bytes", "a ticket in the clear", of="tickets"),
    Search("raw bytes", "a code in the clear, but in the mail", of="codes"),
    Search("raw bytes", "a value that stands on both sides", of="both sides"),
    Search("tells when", "metrics move", of="metrics"),
    Search("tells when", "the mail folder changes", of="mail"),
    Search("tells when", "times of the database's files", is_fault=False, of="files"),
    Search("tells when", "Candour's log at trace grows", of="log"),
]

OPENED = Look("all copies", "envelopes, opened with the keys of their time", must_link=True)
LATER = Look("all copies", "the same, after candour key rotate")
LEFT = Look("one copy", "an envelope that its release left behind")


def run(evidence, rng):
    return {attack: attack.run(evidence, rng) for attack in ATTACKS}
