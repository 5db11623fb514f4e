-- The ids of entries that were let go of: an id is given once.
CREATE TABLE released_id (
  local_id INTEGER PRIMARY KEY
) STRICT;
