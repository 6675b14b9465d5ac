-- A heap keeps the order of arrival (ctid, xmin) whatever the key; what an
-- operator can do about it is in deploy/README.md.

CREATE TABLE spent_ticket (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    ticket_hash TEXT NOT NULL,
    PRIMARY KEY (campaign_id, ticket_hash)
);

-- No time, no address, no ticket: nothing that was known about whoever answered.
CREATE TABLE response (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('online', 'independent', 'hr', 'import')),
    -- The release that first counted it; none: not yet counted.
    release INTEGER,
    answers TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
);

-- Free text lies apart from the response that it came with, and from the other
-- texts of the same person.
CREATE TABLE comment (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    release INTEGER,
    text TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
);
