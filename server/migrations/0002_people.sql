-- Members, invites, audit: what makes the foreign keys say who belongs where, and the indexes lists need.

-- Counted up by every change of people and projects: the row that such changes lock, so that those of one
-- organization come one after the other.
ALTER TABLE organizations ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;

-- The name in lower case: what people are sorted and found by.
ALTER TABLE users ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE users SET name_key = LOWER(name);
ALTER TABLE users ADD COLUMN last_seen_at BIGINT;
-- Set for an account made through a copied link, until a mailed link proves its address: it counts for
-- nothing outside this organization, and goes with it.
ALTER TABLE users ADD COLUMN confined_to TEXT REFERENCES organizations (id) ON DELETE CASCADE;
CREATE INDEX users_by_confinement ON users (confined_to);

-- Who is in a project is in its organization: leaving the one ends the other.
CREATE UNIQUE INDEX projects_in_organization ON projects (id, organization_id);
ALTER TABLE project_members RENAME TO project_members_before;
DROP INDEX project_members_by_user;
CREATE TABLE project_members (
    project_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'user')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_id),
    FOREIGN KEY (project_id, organization_id) REFERENCES projects (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, user_id)
        REFERENCES organization_members (organization_id, user_id) ON DELETE CASCADE
);
INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
    SELECT m.project_id, p.organization_id, m.user_id, m.role, m.created_at
    FROM project_members_before m JOIN projects p ON p.id = m.project_id;
DROP TABLE project_members_before;
CREATE INDEX project_members_by_user ON project_members (user_id, organization_id);

CREATE INDEX projects_by_age ON projects (organization_id, created_at, id);

CREATE TABLE invites (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    -- Null for an invite into the organization alone.
    project_id TEXT,
    role TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
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
    FOREIGN KEY (project_id, organization_id) REFERENCES projects (id, organization_id) ON DELETE CASCADE
);
CREATE INDEX invites_by_organization ON invites (organization_id, created_at, id);
CREATE INDEX invites_by_project ON invites (project_id, created_at, id);
CREATE INDEX invites_by_address ON invites (organization_id, email_key);
CREATE INDEX invites_by_inviter ON invites (invited_by);

-- The links of an invite, hashed. A mailed one also proves the address.
CREATE TABLE invite_links (
    token_hash TEXT PRIMARY KEY,
    invite_id TEXT NOT NULL REFERENCES invites (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('mailed', 'copied')),
    created_at BIGINT NOT NULL
);
CREATE INDEX invite_links_by_invite ON invite_links (invite_id, way, created_at);

-- The action's part before the dot.
ALTER TABLE audit_log ADD COLUMN room TEXT NOT NULL DEFAULT '';
DROP INDEX audit_log_by_organization;
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_of_organization ON audit_log (organization_id, at, id);
CREATE INDEX audit_log_by_actor ON audit_log (organization_id, actor, at, id);
CREATE INDEX audit_log_by_action ON audit_log (organization_id, action, at, id);
CREATE INDEX audit_log_by_room ON audit_log (organization_id, room, at, id);
