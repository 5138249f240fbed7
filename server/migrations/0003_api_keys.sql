-- The keys that programs carry.

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    -- Null once the project is gone: what is left tells every server that the key ended.
    project_id TEXT REFERENCES projects (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- What its secret begins with: how a key is found.
    prefix TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    -- The secret before the last rotation, and until when it counts too.
    old_secret_hash TEXT,
    old_secret_until BIGINT,
    -- JSON: a list of roles, and the indexes and namespaces it is limited to.
    roles TEXT NOT NULL,
    scope TEXT NOT NULL,
    requests_per_s BIGINT,
    bytes_per_s BIGINT,
    -- Null for the command line.
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    -- The row stays for a while: a program that still has the key is told apart from one that guesses.
    revoked_at BIGINT,
    last_used_at BIGINT,
    last_used_address TEXT,
    -- The number of its last change.
    revision BIGINT NOT NULL,
    CHECK (project_id IS NOT NULL OR revoked_at IS NOT NULL)
);
CREATE UNIQUE INDEX api_keys_by_name ON api_keys (project_id, name_key) WHERE revoked_at IS NULL;
CREATE INDEX api_keys_by_revision ON api_keys (revision);
CREATE INDEX api_keys_by_creator ON api_keys (created_by);

-- One row, locked by every change of a key until it is done: changes are numbered in the order in which they are
-- seen, so a server that has seen one has seen all before it.
CREATE TABLE api_key_changes (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO api_key_changes (id, revision) VALUES (1, 0);

-- What keys did, by the day.
CREATE TABLE api_key_calls (
    key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    action TEXT NOT NULL,
    allowed BIGINT NOT NULL,
    denied BIGINT NOT NULL,
    PRIMARY KEY (key_id, day, action)
);
CREATE INDEX api_key_calls_by_day ON api_key_calls (day);
