-- Signed entries that stand where another of the same log is known: evidence, never served or shown.
-- place is where two are known: the entry's own, or the one before when it follows another there.
CREATE TABLE fork (
  number INTEGER PRIMARY KEY,
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  place INTEGER NOT NULL,
  foreign_id TEXT NOT NULL,
  origin INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (author, log, foreign_id)
) STRICT;

-- Own logs of which signed entries came that were not written here: the greatest place of one, who
-- brought the latest, why the identity writes nothing until its owner answers (NONE when it does),
-- and up to which place she insisted on going on nonetheless.
CREATE TABLE elsewhere (
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  cause TEXT NOT NULL,
  insisted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (author, log)
) STRICT, WITHOUT ROWID;

-- What peers say they have of own logs beyond the end that is here: claims, and no proof.
CREATE TABLE claimed (
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  peer INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  said_ms INTEGER NOT NULL,
  PRIMARY KEY (author, log, peer)
) STRICT, WITHOUT ROWID;
