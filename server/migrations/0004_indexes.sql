-- Indexes and what is kept of them. The vectors themselves lie in the data directory of one server, the node.

-- Counted up with every change of indexes, so that servers on one database know when to read them anew.
CREATE TABLE directory (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO directory (id, revision) VALUES (1, 0);

CREATE TABLE indexes (
    id TEXT PRIMARY KEY,
    -- Null once the project is gone: its node then drops the vectors, and the row last.
    project_id TEXT REFERENCES projects (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    -- JSON, as asked for and shown back.
    vectors TEXT NOT NULL,
    deployment TEXT NOT NULL,
    tags TEXT NOT NULL,
    deletion_protection BIGINT NOT NULL,
    -- Null when all ports of the node's range were taken.
    port BIGINT,
    node_id TEXT NOT NULL,
    -- It exists once the row says so and the engine has it. What a crash leaves half made is undone at start.
    state TEXT NOT NULL CHECK (state IN ('making', 'ready', 'deleting')),
    restored_from TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (project_id, name),
    UNIQUE (node_id, port)
);

CREATE TABLE backup_schedules (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    frequency TEXT NOT NULL CHECK (frequency IN ('hourly', 'daily', 'weekly', 'monthly')),
    retention_days BIGINT NOT NULL,
    -- The index, while it is enabled: an index has one such schedule at most.
    enabled_for TEXT UNIQUE,
    next_run_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX backup_schedules_by_index ON backup_schedules (index_id, created_at, id);
CREATE INDEX backup_schedules_by_run ON backup_schedules (next_run_at);

-- Backups, and collections, which are backups by an older name. They outlive their index.
CREATE TABLE backups (
    id TEXT PRIMARY KEY,
    -- Null once the project is gone, as for indexes.
    project_id TEXT REFERENCES projects (id) ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('backup', 'collection')),
    name TEXT,
    -- The name of a collection, which is its alone.
    collection TEXT,
    description TEXT,
    index_id TEXT NOT NULL,
    index_name TEXT NOT NULL,
    index_deleted_at BIGINT,
    schedule_id TEXT,
    vectors TEXT NOT NULL,
    deployment TEXT NOT NULL,
    tags TEXT NOT NULL,
    node_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('making', 'ready', 'failed', 'deleting')),
    records BIGINT NOT NULL DEFAULT 0,
    namespaces BIGINT NOT NULL DEFAULT 0,
    size_bytes BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    -- Null for those that stay until somebody deletes them.
    expires_at BIGINT,
    UNIQUE (project_id, collection)
);
CREATE INDEX backups_by_project ON backups (project_id, created_at, id);
CREATE INDEX backups_by_index ON backups (index_id, created_at, id);
CREATE INDEX backups_by_schedule ON backups (schedule_id, created_at, id);
CREATE INDEX backups_by_end ON backups (expires_at);

CREATE TABLE restore_jobs (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    backup_id TEXT NOT NULL,
    -- The index that the backup is of.
    source_name TEXT NOT NULL,
    index_id TEXT NOT NULL,
    index_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'completed', 'failed')),
    created_at BIGINT NOT NULL,
    completed_at BIGINT
);
CREATE INDEX restore_jobs_by_project ON restore_jobs (project_id, created_at, id);
