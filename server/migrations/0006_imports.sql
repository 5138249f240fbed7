-- Records read from files, by the server that has the index.
CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    node_id TEXT NOT NULL,
    uri TEXT NOT NULL,
    on_error TEXT NOT NULL CHECK (on_error IN ('abort', 'continue')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'in-progress', 'failed', 'completed', 'cancelled')),
    -- JSON: the files there were when it began, in the order in which they are read.
    files TEXT NOT NULL,
    -- How far it is: so many files, and so many rows of the next. A server that stopped goes on from there.
    files_done BIGINT NOT NULL DEFAULT 0,
    rows_done BIGINT NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL DEFAULT 0,
    records BIGINT NOT NULL DEFAULT 0,
    refused BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX imports_by_index ON imports (index_id, created_at, id);
CREATE INDEX imports_by_node ON imports (node_id, state, created_at);

-- The first rows of each that were refused.
CREATE TABLE import_refusals (
    import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT,
    reason TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
);
