-- Files that people upload, so that records are read from them by an import. Their bytes lie under the data directory of
-- the server that has the index; what lies there without a row is removed.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    node_id TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('json', 'jsonl', 'csv', 'parquet', 'npy', 'ids')),
    bytes BIGINT NOT NULL,
    -- So many are on disk. Sending goes on from there.
    received BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    -- Which import reads it; it goes when that is over.
    import_id TEXT REFERENCES imports (id) ON DELETE CASCADE
);
CREATE INDEX uploads_by_index ON uploads (index_id, created_at, id);
CREATE INDEX uploads_by_node ON uploads (node_id, import_id);

-- JSON: how an uploaded file is read. None for what programs import.
ALTER TABLE imports ADD COLUMN reading TEXT;
-- JSON: the file with the IDs, where there is one.
ALTER TABLE imports ADD COLUMN ids_file TEXT;
-- Since when nothing more is read until somebody says so.
ALTER TABLE imports ADD COLUMN paused_at BIGINT;
