-- Who is disabled cannot act, so a project that only has such an owner has none.
DROP VIEW project_owners;
CREATE VIEW project_owners (project_id, organization_id, owner_id) AS
    SELECT project_id, organization_id, user_id FROM project_members WHERE role = 'owner'
    UNION ALL
    SELECT sp.project_id, sp.organization_id, sp.service_account_id
    FROM service_account_projects sp JOIN service_accounts s ON s.id = sp.service_account_id
    WHERE sp.role = 'owner' AND s.disabled_at IS NULL;
