-- WITHOUT ROWID: rows lie in the order of their random keys. An ordinary table
-- keeps a rowid beside each row, which counts up as rows arrive and so would say
-- who answered first.

CREATE TABLE spent_ticket (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    ticket_hash TEXT NOT NULL,
    PRIMARY KEY (campaign_id, ticket_hash)
) WITHOUT ROWID;

-- No time, no address, no ticket: nothing that was known about whoever answered.
CREATE TABLE response (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('online', 'independent', 'hr', 'import')),
    -- The release that first counted it; none: not yet counted.
    release INTEGER,
    answers TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;

-- Free text lies apart from the response that it came with, and from the other
-- texts of the same person.
CREATE TABLE comment (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    release INTEGER,
    text TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;
