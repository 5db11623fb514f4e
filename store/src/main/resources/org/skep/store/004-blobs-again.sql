-- Which accounts keep a blob for good, and what for.
CREATE TABLE blob_pin_for (
  hash BLOB NOT NULL,
  account INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (hash, account, purpose)
) STRICT, WITHOUT ROWID;

-- Nothing else was kept before.
INSERT INTO blob_pin_for (hash, account, purpose) SELECT hash, account, 'picture' FROM blob_pin;
DROP TABLE blob_pin;
ALTER TABLE blob_pin_for RENAME TO blob_pin;

-- Blobs that had to make room, the last one standing last. May be lost.
CREATE TABLE evicted_blob (
  number INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE
) STRICT;
