-- Every foreign name has a number, given once.
CREATE TABLE alias (
  number INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  foreign_id TEXT NOT NULL,
  UNIQUE (network, foreign_id)
) STRICT;

-- The roads that facts came by, in words.
CREATE TABLE origin (
  number INTEGER PRIMARY KEY,
  words TEXT NOT NULL UNIQUE
) STRICT;

-- Dictionaries for compressed bytes; never deleted while a fact names them.
CREATE TABLE dictionary (
  number INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- What is known. author, alias and previous are alias numbers; compression is -1 for plain bytes,
-- 0 for zstd without and otherwise the number of the dictionary.
CREATE TABLE fact (
  local_seq INTEGER PRIMARY KEY,
  local_id INTEGER NOT NULL UNIQUE,
  alias INTEGER NOT NULL UNIQUE,
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  previous INTEGER,
  claimed_ms INTEGER NOT NULL,
  effective_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  news INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  origin INTEGER NOT NULL,
  compression INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX fact_by_place ON fact (author, log, sequence);

-- The end of each verified prefix, and where its history ends (NULL until known).
CREATE TABLE feed (
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  head INTEGER,
  checkpoint INTEGER,
  PRIMARY KEY (author, log)
) STRICT, WITHOUT ROWID;

CREATE TABLE content_key (
  local_seq INTEGER NOT NULL,
  account INTEGER NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (local_seq, account)
) STRICT, WITHOUT ROWID;

-- Numbers that only grow.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which generation of each view's tables serves, and how far it has read.
CREATE TABLE projection (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  offset INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Items that wait for something else.
CREATE TABLE deferred (
  number INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  alias INTEGER NOT NULL UNIQUE,
  origin INTEGER NOT NULL,
  lane TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE INDEX deferred_by_place ON deferred (author, log, sequence);
CREATE INDEX deferred_by_origin ON deferred (origin, received_ms);

-- The vault: keys, tokens and settings of this node.
CREATE TABLE account (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  seal BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE account_key (
  account INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  seed BLOB NOT NULL,
  public BLOB NOT NULL,
  PRIMARY KEY (account, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  account INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

-- Which identities are an account's own.
CREATE TABLE account_identity (
  identity INTEGER PRIMARY KEY,
  account INTEGER NOT NULL
) STRICT;

-- How far a peer says it has one of our own logs.
CREATE TABLE acknowledged (
  author INTEGER NOT NULL,
  log TEXT NOT NULL,
  peer INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (author, log, peer)
) STRICT, WITHOUT ROWID;

-- Addresses to dial, by account.
CREATE TABLE address (
  account INTEGER NOT NULL,
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (account, network, address)
) STRICT, WITHOUT ROWID;
