-- What both databases say the same way. Answers, and all that lies beside
-- them, are in the next migration: how rows are laid out matters there.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organisation (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    -- An administrator of the installation belongs to no organisation.
    organisation_id TEXT REFERENCES organisation (id),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'hr')),
    password_hash TEXT,
    is_closed BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK ((role = 'administrator') = (organisation_id IS NULL))
);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);

-- One-time links: set-up (no account yet), sign-in, and setting a password.
CREATE TABLE sign_in_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('set_up', 'sign_in', 'password')),
    expires_at TIMESTAMP NOT NULL,
    CHECK ((purpose = 'set_up') = (account_id IS NULL))
);

CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('releases:read')),
    created_on DATE NOT NULL
);
CREATE INDEX api_token_by_organisation ON api_token (organisation_id);

-- What members of staff did. Nothing that a leaver does is ever written here.
CREATE TABLE audit_entry (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    organisation_id TEXT REFERENCES organisation (id),
    account_id TEXT REFERENCES account (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL
);
CREATE INDEX audit_entry_by_organisation ON audit_entry (organisation_id, at);

-- Surveys belong to the installation: a questionnaire is no secret, and
-- organisations that ask the same questions can learn together.
CREATE TABLE survey_version (
    hash TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL
);
CREATE INDEX survey_version_by_code ON survey_version (code, published_at);

CREATE TABLE campaign (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    survey_version TEXT NOT NULL REFERENCES survey_version (hash),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('exit', 'retention')),
    min_base INTEGER NOT NULL CHECK (min_base >= 3),
    comment_min_base INTEGER NOT NULL CHECK (comment_min_base >= 3),
    opened_on DATE NOT NULL,
    -- The last day on which an invitation can be taken up; none: rolling.
    closes_on DATE,
    -- Closed by hand, whatever closes_on says.
    closed_on DATE,
    reminder_days INTEGER NOT NULL CHECK (reminder_days >= 1),
    reminder_limit INTEGER NOT NULL CHECK (reminder_limit >= 0),
    UNIQUE (organisation_id, name)
);

CREATE TABLE campaign_breakdown (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position),
    UNIQUE (campaign_id, question)
);

CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    name TEXT NOT NULL,
    -- None: a letter.
    email TEXT,
    leaving_on DATE,
    state TEXT NOT NULL CHECK (state IN ('offered', 'taken_up', 'declined')),
    -- How often it went out (the invitation itself and its reminders), and the
    -- last day on which it did.
    times_sent INTEGER NOT NULL DEFAULT 0,
    last_sent_on DATE,
    UNIQUE (campaign_id, email)
);
CREATE INDEX invitation_by_state ON invitation (campaign_id, state);

-- Each e-mail and each letter carries a code of its own; the first that is
-- exchanged takes the invitation up. Only a keyed hash is kept.
CREATE TABLE invitation_code (
    code_hash TEXT NOT NULL PRIMARY KEY,
    invitation_id TEXT NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
    is_exchanged BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX invitation_code_by_invitation ON invitation_code (invitation_id);

-- The outbox. A row says that something is to be sent to someone; what it says
-- (and so any code or link in it) is written when it is sent, and not kept.
CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'sign_in', 'password')),
    invitation_id TEXT REFERENCES invitation (id) ON DELETE CASCADE,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    -- uncertain: the process died while the other side may have taken it.
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TIMESTAMP NOT NULL,
    last_error TEXT,
    CHECK ((invitation_id IS NULL) <> (account_id IS NULL))
);
CREATE INDEX mail_due ON mail (state, not_before);
CREATE INDEX mail_by_invitation ON mail (invitation_id);

CREATE TABLE release (
    id TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    number INTEGER NOT NULL,
    as_of DATE NOT NULL,
    hash TEXT NOT NULL,
    previous_hash TEXT,
    -- The frozen JSON, byte for byte what is served.
    body TEXT NOT NULL,
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (campaign_id, number)
);

-- Files of earlier questionnaires that have become responses.
CREATE TABLE imported_file (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    file_hash TEXT NOT NULL,
    PRIMARY KEY (campaign_id, file_hash)
);
