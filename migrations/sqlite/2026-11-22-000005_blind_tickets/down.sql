-- What is sealed cannot be opened here: of responses and comments, and of what
-- waits in envelopes, nothing comes back. No command goes this way.
DROP TABLE comment;
CREATE TABLE comment (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    release INTEGER,
    text TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;
DROP TABLE response;
CREATE TABLE response (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('online', 'independent', 'hr', 'import')),
    release INTEGER,
    answers TEXT NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;
DROP INDEX spent_ticket_waiting;
ALTER TABLE spent_ticket DROP COLUMN envelope;
ALTER TABLE invitation_code DROP COLUMN exchanged_for;
DROP TABLE campaign_key;
