-- Own posts that are not given to others yet: the operation, whose it is, from when on its faces are
-- written, and what kept them from it then (empty text where nothing did).
CREATE TABLE held (
  operation INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (number),
  due_ms INTEGER NOT NULL,
  trouble TEXT NOT NULL
) STRICT;
CREATE INDEX held_by_due ON held (due_ms, operation);
