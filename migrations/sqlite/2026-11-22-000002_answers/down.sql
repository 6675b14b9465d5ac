DROP TABLE comment;
DROP TABLE response;
DROP TABLE spent_ticket;
