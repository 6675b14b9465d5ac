-- What people wrote, between the reading of it and the report.

-- Whether somebody of HR may read what people wrote in their own words.
ALTER TABLE account ADD COLUMN reads_comments BOOLEAN NOT NULL DEFAULT FALSE;

-- What was decided about a comment: whether it may be published, what is taken out of
-- it, and what it is about. Not by whom, and not when. It holds nothing of the text.
CREATE TABLE comment_review (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    comment_id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (campaign_id, comment_id)
) WITHOUT ROWID;

-- What comments can be about: a campaign's code frame.
CREATE TABLE comment_theme (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_retired BOOLEAN NOT NULL DEFAULT FALSE,
    -- The latest release with an annex when it was added, whose comments were read
    -- without it; 0: it was there before any.
    after_release INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, code)
);

-- Quotations and counted themes, added to a release once.
CREATE TABLE comment_annex (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    -- The number of the release that it belongs to.
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    -- The frozen JSON.
    body TEXT NOT NULL,
    PRIMARY KEY (campaign_id, number)
);
