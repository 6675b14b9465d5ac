DROP TABLE guess;
