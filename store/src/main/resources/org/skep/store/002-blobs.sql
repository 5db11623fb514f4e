-- Files by their SHA-256. chunks holds the SHA-256 of each 64 KiB, one after the other.
CREATE TABLE blob (
  number INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  length_bytes INTEGER NOT NULL,
  chunks BLOB NOT NULL
) STRICT;

-- Which accounts keep a blob for good.
CREATE TABLE blob_pin (
  hash BLOB NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY (hash, account)
) STRICT, WITHOUT ROWID;
