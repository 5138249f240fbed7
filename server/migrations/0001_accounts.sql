-- Accounts, organizations, projects, sessions: the same SQL for SQLite and PostgreSQL.
-- Ids are UUIDs as text, times are milliseconds since 1970 in UTC, and a "when" that is null says "not (yet)".

-- One row: whether the first owner exists, and what was made with it. Founding is a race that one update wins.
CREATE TABLE installation (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    founded_at BIGINT,
    user_id TEXT,
    organization_id TEXT,
    project_id TEXT
);
INSERT INTO installation (id) VALUES (1);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The address in lower case: what sign-in and uniqueness go by.
    email_key TEXT NOT NULL UNIQUE,
    -- Null until a link mailed to the address was opened.
    email_verified_at BIGINT,
    password_hash TEXT NOT NULL,
    -- Counts the passwords: a proof of an earlier one opens no session.
    credentials_version BIGINT NOT NULL DEFAULT 0,
    theme TEXT NOT NULL,
    -- Set while two-factor sign-in is on. The step is the last one used, so that no code counts twice.
    totp_secret TEXT,
    totp_last_step BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

-- What a mailed or printed link stands for. Only the hash is kept; a used link's row is gone.
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (
        purpose IN ('set-up', 'sign-up', 'password-reset', 'email-change', 'address-confirmation')
    ),
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    email TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX links_by_user ON links (user_id, purpose);
CREATE INDEX links_by_expiry ON links (expires_at);

CREATE TABLE sessions (
    -- The cookie's secret, hashed: a copy of this table signs nobody in.
    secret_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- Null between a right password and its second factor.
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    -- The absolute end; the idle end follows from last_seen_at.
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Tries by a hashed key (account and address, address, account): how long the next one waits.
CREATE TABLE throttles (
    key_hash TEXT PRIMARY KEY,
    tries BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    forget_at BIGINT NOT NULL
);
CREATE INDEX throttles_by_end ON throttles (forget_at);

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE organization_members (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'member', 'billing')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX organization_members_by_user ON organization_members (user_id);

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    -- An organization is deleted only when it has no projects.
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    -- The name in lower case: names are unique within an organization, whatever their case.
    name_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (organization_id, name_key)
);

CREATE TABLE project_members (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'user')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_id)
);
CREATE INDEX project_members_by_user ON project_members (user_id);

-- Every change and every denial, written with the change itself. Nothing here is ever updated.
CREATE TABLE audit_log (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- A user's id, or what acted otherwise: the command line, set-up.
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    organization_id TEXT,
    project_id TEXT,
    target TEXT,
    address TEXT,
    -- Finds the same request in the log.
    request_id TEXT,
    -- JSON: what else there is to say, before and after.
    details TEXT NOT NULL
);
CREATE INDEX audit_log_by_organization ON audit_log (organization_id, id);
