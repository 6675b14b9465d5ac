DROP TABLE comment_annex;
DROP TABLE comment_theme;
DROP TABLE comment_review;
ALTER TABLE account DROP COLUMN reads_comments;
