-- What a campaign promises of the figures that it hides, and the batch that the next
-- release counts.

-- Of how many people apart a hidden number's range is at least, whoever works at it.
ALTER TABLE campaign ADD COLUMN protection INTEGER NOT NULL DEFAULT 5 CHECK (protection >= 1);
-- The stricter policy, for publication to the world.
ALTER TABLE campaign ADD COLUMN is_strict BOOLEAN NOT NULL DEFAULT FALSE;

-- Two breakdowns at once by which figures are split as well.
CREATE TABLE campaign_crossing (
    campaign_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    by_question TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position),
    UNIQUE (campaign_id, question, by_question),
    FOREIGN KEY (campaign_id, question) REFERENCES campaign_breakdown (campaign_id, question),
    FOREIGN KEY (campaign_id, by_question) REFERENCES campaign_breakdown (campaign_id, question),
    CHECK (question <> by_question)
);

-- The release that has been previewed and not been made yet: its responses have its
-- number already, and it is made of them and of this, whoever comes meanwhile.
CREATE TABLE release_draft (
    campaign_id TEXT NOT NULL PRIMARY KEY REFERENCES campaign (id),
    number INTEGER NOT NULL,
    as_of DATE NOT NULL,
    -- How offers had been taken up by then, in numbers: JSON.
    uptake TEXT NOT NULL
);
