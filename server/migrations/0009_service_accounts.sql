-- Service accounts: programs that act for themselves.

CREATE TABLE service_accounts (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    client_id TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL,
    -- Null for one that only enters projects.
    role TEXT CHECK (role IN ('owner', 'manager', 'member', 'billing')),
    -- Null for the command line.
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_by_account TEXT REFERENCES service_accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_used_at BIGINT,
    last_used_address TEXT,
    disabled_at BIGINT,
    -- The row stays: the audit log names who acted. What is deleted is disabled too.
    deleted_at BIGINT,
    CHECK (deleted_at IS NULL OR disabled_at IS NOT NULL)
);
CREATE UNIQUE INDEX service_accounts_by_name ON service_accounts (organization_id, name_key)
    WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX service_accounts_in_organization ON service_accounts (id, organization_id);

CREATE TABLE service_account_projects (
    project_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    service_account_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'user')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, service_account_id),
    FOREIGN KEY (project_id, organization_id) REFERENCES projects (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (service_account_id, organization_id)
        REFERENCES service_accounts (id, organization_id) ON DELETE CASCADE
);
CREATE INDEX service_account_projects_by_account ON service_account_projects (service_account_id);

-- Hashed. Rotating, disabling and deleting delete them.
CREATE TABLE service_account_tokens (
    token_hash TEXT PRIMARY KEY,
    service_account_id TEXT NOT NULL REFERENCES service_accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX service_account_tokens_by_account ON service_account_tokens (service_account_id, created_at);
CREATE INDEX service_account_tokens_by_end ON service_account_tokens (expires_at);

-- A project keeps an owner: a person or a service account.
CREATE VIEW project_owners (project_id, organization_id, owner_id) AS
    SELECT project_id, organization_id, user_id FROM project_members WHERE role = 'owner'
    UNION ALL
    SELECT project_id, organization_id, service_account_id FROM service_account_projects WHERE role = 'owner';

ALTER TABLE api_keys ADD COLUMN created_by_account TEXT REFERENCES service_accounts (id) ON DELETE SET NULL;
CREATE INDEX api_keys_by_creator_account ON api_keys (created_by_account);

-- Invites, now of service accounts too.
ALTER TABLE invites RENAME TO invites_before;
ALTER TABLE invite_links RENAME TO invite_links_before;
DROP INDEX invites_by_organization;
DROP INDEX invites_by_project;
DROP INDEX invites_by_address;
DROP INDEX invites_by_inviter;
DROP INDEX invite_links_by_invite;
CREATE TABLE invites (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    -- Null for an invite into the organization alone.
    project_id TEXT,
    role TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    invited_by TEXT REFERENCES users (id) ON DELETE CASCADE,
    invited_by_account TEXT REFERENCES service_accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it was last mailed, and how often it was sent again in the day that began then.
    sent_at BIGINT NOT NULL,
    resends BIGINT NOT NULL DEFAULT 0,
    resends_since BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    CHECK (
        (project_id IS NULL AND role IN ('owner', 'manager', 'member', 'billing'))
        OR (project_id IS NOT NULL AND role IN ('owner', 'user'))
    ),
    CHECK ((invited_by IS NULL) <> (invited_by_account IS NULL)),
    FOREIGN KEY (project_id, organization_id) REFERENCES projects (id, organization_id) ON DELETE CASCADE
);
INSERT INTO invites (id, organization_id, project_id, role, email, email_key, invited_by, created_at, expires_at,
                     sent_at, resends, resends_since, accepted_at, revoked_at)
    SELECT id, organization_id, project_id, role, email, email_key, invited_by, created_at, expires_at,
           sent_at, resends, resends_since, accepted_at, revoked_at
    FROM invites_before;
CREATE TABLE invite_links (
    token_hash TEXT PRIMARY KEY,
    invite_id TEXT NOT NULL REFERENCES invites (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('mailed', 'copied')),
    created_at BIGINT NOT NULL
);
INSERT INTO invite_links (token_hash, invite_id, way, created_at)
    SELECT token_hash, invite_id, way, created_at FROM invite_links_before;
DROP TABLE invite_links_before;
DROP TABLE invites_before;
CREATE INDEX invites_by_organization ON invites (organization_id, created_at, id);
CREATE INDEX invites_by_project ON invites (project_id, created_at, id);
CREATE INDEX invites_by_address ON invites (organization_id, email_key);
CREATE INDEX invites_by_inviter ON invites (invited_by);
CREATE INDEX invites_by_inviter_account ON invites (invited_by_account);
CREATE INDEX invite_links_by_invite ON invite_links (invite_id, way, created_at);
