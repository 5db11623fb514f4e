-- What networks remember about peers, the peer met last standing last. May be lost.
CREATE TABLE peer_memory (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (account, peer)
) STRICT;
