-- The next mail is found without looking at all that wait: what is queued together has
-- one time, so the order among them has to be in the index.
DROP INDEX mail_due;
CREATE INDEX mail_due ON mail (state, not_before, id);
CREATE INDEX mail_link_due ON mail (state, not_before, id) WHERE account_id IS NOT NULL;
