-- An organisation's staff over a period, in numbers, as HR uploaded them: one of each
-- period. What of them a report may show is worked out when it is made.
CREATE TABLE workforce (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    from_day DATE NOT NULL,
    to_day DATE NOT NULL,
    uploaded_on DATE NOT NULL,
    -- The rows by directorate and role, their numbers in hundredths: JSON.
    body TEXT NOT NULL,
    UNIQUE (organisation_id, from_day, to_day),
    CHECK (from_day <= to_day)
);
