DROP TABLE workforce;
