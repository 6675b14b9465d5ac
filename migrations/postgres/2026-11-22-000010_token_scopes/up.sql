-- What a token may read, and until when.
ALTER TABLE api_token DROP CONSTRAINT api_token_scope_check;
ALTER TABLE api_token
    ADD CHECK (scope IN ('releases:read', 'reports:read', 'releases:read reports:read')),
    -- None: all of the organisation's.
    ADD COLUMN campaign_id TEXT REFERENCES campaign (id),
    -- On which it is still good; none: until it is ended.
    ADD COLUMN last_day DATE,
    ADD COLUMN used_on DATE;
