DROP INDEX mail_link_due;
DROP INDEX mail_due;
CREATE INDEX mail_due ON mail (state, not_before);
