-- How an organisation's papers look.
CREATE TABLE template (
    organisation_id TEXT NOT NULL PRIMARY KEY REFERENCES organisation (id),
    -- None: the campaign's name.
    title TEXT,
    committee TEXT,
    -- Codes, with spaces between them.
    parts TEXT NOT NULL,
    -- Codes of questions; none: all by which a release is split.
    breakdowns TEXT,
    -- #rrggbb
    accent TEXT NOT NULL,
    -- A PNG or JPEG picture, and what is read out in its place.
    logo BLOB,
    logo_alt TEXT,
    CHECK ((logo IS NULL) = (logo_alt IS NULL))
);
