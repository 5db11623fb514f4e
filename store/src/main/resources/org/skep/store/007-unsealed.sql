-- Up to which fact an account's keys were tried on what is sealed: what they do not open is not
-- tried again.
CREATE TABLE unsealed (
  account INTEGER PRIMARY KEY REFERENCES account (number),
  local_seq INTEGER NOT NULL
) STRICT;
