-- Logs that no account wants any more, and since when; they are kept for a while.
CREATE TABLE unwanted (
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (author, log)
) STRICT, WITHOUT ROWID;
