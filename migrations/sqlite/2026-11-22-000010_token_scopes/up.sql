-- What a token may read, and until when. SQLite changes no CHECK in place: the table is
-- made anew. Nothing hangs on it.
CREATE TABLE kept_api_token AS SELECT * FROM api_token;
DROP TABLE api_token;
CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('releases:read', 'reports:read', 'releases:read reports:read')),
    created_on DATE NOT NULL,
    -- None: all of the organisation's.
    campaign_id TEXT REFERENCES campaign (id),
    -- On which it is still good; none: until it is ended.
    last_day DATE,
    used_on DATE
);
CREATE INDEX api_token_by_organisation ON api_token (organisation_id);
INSERT INTO api_token (id, token_hash, organisation_id, name, scope, created_on)
SELECT id, token_hash, organisation_id, name, scope, created_on FROM kept_api_token;
DROP TABLE kept_api_token;
