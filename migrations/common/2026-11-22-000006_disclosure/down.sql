-- What a draft has counted keeps its number: the release of that number takes it in.
DROP TABLE release_draft;
DROP TABLE campaign_crossing;
ALTER TABLE campaign DROP COLUMN is_strict;
ALTER TABLE campaign DROP COLUMN protection;
