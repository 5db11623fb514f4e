-- A name is found by a hash of it: an index of their texts, which fall at random and are long, had
-- more bytes than the names. Hashes of two names may be the same; see NameHash.
CREATE TABLE alias_anew (
  number INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,
  network TEXT NOT NULL,
  foreign_id TEXT NOT NULL
) STRICT;

INSERT INTO alias_anew
  SELECT number, name_hash(CAST(network || char(10) || foreign_id AS BLOB)), network, foreign_id
  FROM alias ORDER BY number;
DROP TABLE alias;
ALTER TABLE alias_anew RENAME TO alias;
CREATE INDEX alias_by_hash ON alias (hash);

-- Whether what is packed with a dictionary leaves out what its row says anyhow: the names that
-- stand beside it, and zstd's magic number and number of the dictionary; see Bare.
ALTER TABLE dictionary ADD COLUMN bare INTEGER NOT NULL DEFAULT 0;
