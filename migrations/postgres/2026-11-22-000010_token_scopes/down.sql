-- What cannot be restricted any more must not read all instead: it goes.
DELETE FROM api_token WHERE scope <> 'releases:read' OR campaign_id IS NOT NULL OR last_day IS NOT NULL;
ALTER TABLE api_token DROP CONSTRAINT api_token_scope_check;
ALTER TABLE api_token
    ADD CHECK (scope IN ('releases:read')),
    DROP COLUMN campaign_id,
    DROP COLUMN last_day,
    DROP COLUMN used_on;
