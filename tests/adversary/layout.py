"""Which tables hold what, in Candour and in the control."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    # Tables of the person side: name, key column, column that names the invitation.
    people: tuple
    # Tables of the answer side: name and key column.
    responses: tuple
    comments: tuple
    spent: tuple
    # Where what is sealed can be found, if anything is: the keys of the campaign, and
    # the column of the spent tickets that holds an envelope.
    sealed: bool = False

    def keys(self):
        """The key column of every table that is watched."""
        tables = [(table, key) for table, key, _ in self.people]
        return dict(tables + [self.responses, self.comments, self.spent])


CANDOUR = Layout(
    people=(("invitation", "id", "id"), ("invitation_code", "code_hash", "invitation_id"), ("mail", "id", "invitation_id")),
    responses=("response", "id"),
    comments=("comment", "id"),
    spent=("spent_ticket", "ticket_hash"),
    sealed=True,
)

NAIVE = Layout(
    people=(("invitation", "id", "id"),),
    responses=("response", "id"),
    comments=("comment", "id"),
    spent=("spent_token", "token_hash"),
)


class History:
    """What copies that were made one after the other tell of single rows."""

    def __init__(self):
        # By table and key: the copies in which the row was another than before.
        self.changes = {}
        self.sizes = {}
        # What was sealed in a row when it was first seen, and how the keys lay then.
        self.envelopes, self.keys = {}, {}
        self._last = {}

    def look(self, copy, table, rows):
        """`rows`: by key, what tells one state of a row from another, and its size."""
        for key, (state, size) in rows.items():
            if self._last.get((table, key)) != state:
                self._last[table, key] = state
                self.changes.setdefault((table, key), []).append(copy)
                self.sizes.setdefault((table, key), size)

    def new_in(self, table, copy):
        return [key for (of, key), changes in self.changes.items() if of == table and changes[0] == copy]
