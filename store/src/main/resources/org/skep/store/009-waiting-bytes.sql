-- How long each waiting item is, and an index from which the bounds are counted without the items.
ALTER TABLE deferred ADD COLUMN length_bytes INTEGER NOT NULL DEFAULT 0;
UPDATE deferred SET length_bytes = length(bytes);
CREATE INDEX deferred_by_length ON deferred (origin, length_bytes);
