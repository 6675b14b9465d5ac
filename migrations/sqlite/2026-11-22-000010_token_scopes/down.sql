-- What cannot be restricted any more must not read all instead: it goes.
CREATE TABLE kept_api_token AS SELECT id, token_hash, organisation_id, name, scope, created_on FROM api_token
WHERE scope = 'releases:read' AND campaign_id IS NULL AND last_day IS NULL;
DROP TABLE api_token;
CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('releases:read')),
    created_on DATE NOT NULL
);
CREATE INDEX api_token_by_organisation ON api_token (organisation_id);
INSERT INTO api_token SELECT * FROM kept_api_token;
DROP TABLE kept_api_token;
