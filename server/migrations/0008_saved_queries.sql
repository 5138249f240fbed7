-- Queries under a name, shared by all who may query their index.
CREATE TABLE saved_queries (
    id TEXT PRIMARY KEY,
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- JSON: what the playground's form sends.
    search TEXT NOT NULL,
    -- JSON: the ids it must find, the best first.
    expected TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    UNIQUE (index_id, name_key)
);

-- The last queries of each person.
CREATE TABLE recent_queries (
    index_id TEXT NOT NULL REFERENCES indexes (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Of the query: what is asked again is there once.
    digest TEXT NOT NULL,
    search TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (index_id, user_id, digest)
);
