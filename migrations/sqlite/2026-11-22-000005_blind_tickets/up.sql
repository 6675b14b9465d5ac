-- Each campaign's own keys. All but the public one are sealed with a key that is
-- not in the database.
CREATE TABLE campaign_key (
    campaign_id TEXT NOT NULL PRIMARY KEY REFERENCES campaign (id),
    -- Tickets are signed with it blindly (RFC 9474): SubjectPublicKeyInfo in DER.
    public_key BLOB NOT NULL,
    signing_key BLOB NOT NULL,
    -- Seals what was handed in until a release counts it, and is another one then.
    intake_key BLOB NOT NULL,
    -- Seals what releases have counted.
    responses_key BLOB NOT NULL
) WITHOUT ROWID;

-- A keyed hash of the code and what it was exchanged for, so that the same may be
-- had again and nothing else. None: not exchanged, or before there was this column.
ALTER TABLE invitation_code ADD COLUMN exchanged_for TEXT;

-- What was handed in with the ticket, sealed, until a release counts it.
ALTER TABLE spent_ticket ADD COLUMN envelope BLOB;
CREATE INDEX spent_ticket_waiting ON spent_ticket (campaign_id) WHERE envelope IS NOT NULL;

-- How answers were given and which question a text is an answer to go under the
-- seal. What is there already is sealed when Candour starts.
CREATE TABLE response_sealed (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    -- The release that first counted it; none: not yet counted.
    release INTEGER,
    sealed BLOB NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;
INSERT INTO response_sealed
SELECT campaign_id, id, release, CAST(json_object('mode', mode, 'answers', json(answers)) AS BLOB)
FROM response ORDER BY campaign_id, id;
DROP TABLE response;
ALTER TABLE response_sealed RENAME TO response;
CREATE INDEX response_waiting ON response (campaign_id) WHERE release IS NULL;

CREATE TABLE comment_sealed (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    id TEXT NOT NULL,
    release INTEGER,
    sealed BLOB NOT NULL,
    PRIMARY KEY (campaign_id, id)
) WITHOUT ROWID;
INSERT INTO comment_sealed
SELECT campaign_id, id, release, CAST(json_object('question', question, 'text', text) AS BLOB)
FROM comment ORDER BY campaign_id, id;
DROP TABLE comment;
ALTER TABLE comment_sealed RENAME TO comment;
