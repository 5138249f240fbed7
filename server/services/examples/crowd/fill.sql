-- A crowd in one organization. The same SQL for SQLite and PostgreSQL; words in braces are filled in.
-- Row i of each kind has the id 00000000-0000-7000-8000-(i, twelve digits).
CREATE TABLE crowd (i BIGINT PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO crowd (i, id)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
SELECT i, '00000000-0000-7000-8000-' || SUBSTR('000000000000' || i, LENGTH('000000000000' || i) - 11) FROM n;

-- Everybody has the founder's password.
INSERT INTO users (id, name, name_key, email, email_key, email_verified_at, password_hash, theme, created_at)
SELECT c.id, 'Person ' || c.i, 'person ' || c.i, 'p' || c.i || '@example.com', 'p' || c.i || '@example.com', 1,
       u.password_hash, 'system', c.i
FROM crowd c JOIN users u ON u.id = '{founder}' WHERE c.i <= {members};

INSERT INTO organization_members (organization_id, user_id, role, created_at)
SELECT '{organization}', id, 'member', i FROM crowd WHERE i <= {members};

INSERT INTO projects (id, organization_id, name, name_key, created_at)
SELECT id, '{organization}', 'Project ' || i, 'project ' || i, i FROM crowd WHERE i <= {projects};

-- Everybody is in the founder's project, and the first person in every project.
INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
SELECT '{project}', '{organization}', id, 'user', i FROM crowd WHERE i <= {members};
INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
SELECT p.id, '{organization}', c.id, 'user', p.i FROM crowd p JOIN crowd c ON c.i = 1 WHERE p.i <= {projects};

-- As many programs as people, in the organization and the founder's project.
INSERT INTO service_accounts (id, organization_id, name, name_key, client_id, secret_hash, role, created_at, updated_at)
SELECT id, '{organization}', 'Program ' || i, 'program ' || i, id, '00', 'member', i, i FROM crowd WHERE i <= {members};
INSERT INTO service_account_projects (project_id, organization_id, service_account_id, role, created_at)
SELECT '{project}', '{organization}', id, 'user', i FROM crowd WHERE i <= {members};

-- One invite of ten is pending.
INSERT INTO invites (id, organization_id, project_id, role, email, email_key, invited_by, created_at, expires_at, sent_at,
    resends_since)
SELECT id, '{organization}', CASE WHEN i % 2 = 0 THEN '{project}' END, CASE WHEN i % 2 = 0 THEN 'user' ELSE 'member' END,
       'q' || i || '@example.com', 'q' || i || '@example.com', '{founder}', i,
       CASE WHEN i % 20 < 2 THEN 9999999999999 ELSE i END, i, i
FROM crowd WHERE i <= {members};

-- A second between one entry and the next.
INSERT INTO audit_log (id, at, actor, action, room, organization_id, project_id, target, address, request_id, details)
SELECT id, 1700000000000 + i * 1000,
       '00000000-0000-7000-8000-' || SUBSTR('000000000000' || (i % {members} + 1), LENGTH('000000000000' || (i % {members} + 1)) - 11),
       CASE i % 4 WHEN 0 THEN 'member.role-changed' WHEN 1 THEN 'invite.created' WHEN 2 THEN 'project.renamed' ELSE 'access.denied' END,
       CASE i % 4 WHEN 0 THEN 'member' WHEN 1 THEN 'invite' WHEN 2 THEN 'project' ELSE 'access' END,
       '{organization}', '{project}', id, '192.0.2.1', id,
       CASE i % 4 WHEN 3 THEN '{"denied":"update project name"}'
            ELSE '{"name":"Person","email":"person@example.com","before":"user","after":"owner"}' END
FROM crowd;

DROP TABLE crowd;
