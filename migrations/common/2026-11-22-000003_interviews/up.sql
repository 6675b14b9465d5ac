-- Interviews: who may be talked to, what was asked for, and how many there were.

-- The ways in which a campaign lets people take its offer up, in the order in
-- which they are offered.
CREATE TABLE campaign_mode (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    mode TEXT NOT NULL CHECK (mode IN ('online', 'independent', 'hr')),
    position INTEGER NOT NULL,
    is_on BOOLEAN NOT NULL,
    -- The day on which it was first switched on.
    since DATE NOT NULL,
    -- For hr: what the post is called, where it is not "HR".
    post TEXT,
    -- If it was first switched on when offers were out already: to how many the
    -- offer had gone out by then, and how many of them had taken it up.
    offered_before INTEGER,
    taken_up_before INTEGER,
    PRIMARY KEY (campaign_id, mode),
    CHECK ((offered_before IS NULL) = (taken_up_before IS NULL))
);
INSERT INTO campaign_mode (campaign_id, mode, position, is_on, since)
SELECT id, 'online', 1, TRUE, opened_on FROM campaign;

-- A case that nobody took in this many days goes to another interviewer.
ALTER TABLE campaign ADD COLUMN offer_days INTEGER NOT NULL DEFAULT 3 CHECK (offer_days >= 1);
-- After this many days what somebody left to be reached by is erased.
ALTER TABLE campaign ADD COLUMN contact_days INTEGER NOT NULL DEFAULT 42 CHECK (contact_days >= 1);

-- The first day on which the offer went out to them.
ALTER TABLE invitation ADD COLUMN first_sent_on DATE;
UPDATE invitation SET first_sent_on = last_sent_on;

-- Why offers were declined, as often as it was said; not by whom.
CREATE TABLE decline_tally (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    reason TEXT NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, reason)
);

-- Those who hold interviews.
CREATE TABLE interviewer (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    -- An independent interviewer's employer, if it is one of the organisations here.
    employer_id TEXT REFERENCES organisation (id),
    -- Who they are, for those whom they talk to.
    about TEXT NOT NULL
);

-- For which organisations.
CREATE TABLE interviewer_organisation (
    account_id TEXT NOT NULL REFERENCES interviewer (account_id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (account_id, organisation_id)
);
CREATE INDEX interviewer_by_organisation ON interviewer_organisation (organisation_id);

-- Whose cases they are never to be offered.
CREATE TABLE conflict (
    account_id TEXT NOT NULL REFERENCES interviewer (account_id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    -- Empty: all of the organisation.
    directorate TEXT NOT NULL,
    PRIMARY KEY (account_id, organisation_id, directorate)
);

-- A case, while it is open. Whose it is, how to reach them and what they have
-- said so far is sealed with a key that is not in the database; the row goes
-- when the interview is done, withdrawn or too old.
CREATE TABLE interview (
    id TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    -- A keyed hash: which invitation it is cannot be told without the key.
    invitation_hash TEXT NOT NULL UNIQUE,
    mode TEXT NOT NULL CHECK (mode IN ('independent', 'hr')),
    -- waiting: no interviewer can be offered it.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'taken')),
    interviewer_id TEXT REFERENCES interviewer (account_id),
    asked_on DATE NOT NULL,
    -- The day from which the state holds.
    since DATE NOT NULL,
    details TEXT NOT NULL,
    -- The answers so far, and the interviewer's notes.
    draft TEXT,
    draft_version INTEGER NOT NULL DEFAULT 0,
    read_back TEXT NOT NULL DEFAULT 'none' CHECK (read_back IN ('none', 'sent', 'confirmed', 'corrected')),
    read_back_hash TEXT UNIQUE,
    CHECK ((state = 'waiting') = (interviewer_id IS NULL))
);
CREATE INDEX interview_by_campaign ON interview (campaign_id, state);
CREATE INDEX interview_by_interviewer ON interview (interviewer_id);

-- Who was offered a case and does not have it any more.
CREATE TABLE interview_pass (
    interview_id TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES interviewer (account_id),
    -- They said so; else they let the days pass.
    is_refused BOOLEAN NOT NULL,
    PRIMARY KEY (interview_id, account_id)
);

-- How many interviews were handed in, by the whole days from asking to handing
-- in, and whether the person heard or saw what was written down.
CREATE TABLE interview_tally (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    mode TEXT NOT NULL CHECK (mode IN ('independent', 'hr')),
    days INTEGER NOT NULL,
    was_read_back BOOLEAN NOT NULL,
    interviews INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, mode, days, was_read_back)
);
