-- Guesses at passwords and links that were asked for, of the last quarter of an hour: for
-- all processes together. Whose they are stands in no row, only its keyed hash.
CREATE TABLE guess (
    counter TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    since TIMESTAMP NOT NULL
);
CREATE INDEX guess_by_since ON guess (since);
