-- Accounts of interviewers, and the mails that interviews need.
-- SQLite changes no CHECK in place: the tables are made anew. What hangs on an
-- account goes with the old table, and so is put back after it.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE kept_account AS SELECT * FROM account;
CREATE TABLE kept_session AS SELECT * FROM session;
CREATE TABLE kept_sign_in_link AS SELECT * FROM sign_in_link;
CREATE TABLE kept_mail AS SELECT * FROM mail;
DROP TABLE mail;
DROP TABLE account;

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    -- An administrator of the installation belongs to no organisation, nor does
    -- an independent interviewer.
    organisation_id TEXT REFERENCES organisation (id),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'hr', 'interviewer')),
    password_hash TEXT,
    is_closed BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK ((role <> 'administrator' OR organisation_id IS NULL) AND (role <> 'hr' OR organisation_id IS NOT NULL))
);
INSERT INTO account SELECT * FROM kept_account;
-- A set-up link hangs on no account, and so is still there.
DELETE FROM session;
DELETE FROM sign_in_link;
INSERT INTO session SELECT * FROM kept_session;
INSERT INTO sign_in_link SELECT * FROM kept_sign_in_link;

CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN ('invitation', 'reminder', 'sign_in', 'password', 'case_offered', 'interview_time', 'read_back')
    ),
    invitation_id TEXT REFERENCES invitation (id) ON DELETE CASCADE,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    -- uncertain: the process died while the other side may have taken it.
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TIMESTAMP NOT NULL,
    last_error TEXT,
    interview_id TEXT REFERENCES interview (id) ON DELETE CASCADE,
    CHECK ((invitation_id IS NOT NULL) + (account_id IS NOT NULL) + (interview_id IS NOT NULL) = 1)
);
INSERT INTO mail (id, kind, invitation_id, account_id, state, attempts, not_before, last_error)
SELECT id, kind, invitation_id, account_id, state, attempts, not_before, last_error FROM kept_mail;
CREATE INDEX mail_due ON mail (state, not_before);
CREATE INDEX mail_by_invitation ON mail (invitation_id);

DROP TABLE kept_mail;
DROP TABLE kept_sign_in_link;
DROP TABLE kept_session;
DROP TABLE kept_account;
