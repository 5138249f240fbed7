//! Keys before the table: every action about a project or an organization, for every role.

use super::{enter, key, rights};
use crate::house::{House, on_both, origin, problem};
use conifer_domain::{
    Problem,
    api_keys::{KeyPart, KeyRole, KeyScope},
    permissions::{Action, Permission, Role, Verdict, may, verdict},
};
use conifer_services::{
    Result,
    api_keys::KeyAccess,
    authorize::{Granted, Right, authorize},
};
use std::sync::Arc;

async fn outcome<P: Right>(house: &House, key: &Arc<KeyAccess>, of: P::Of) -> Verdict {
    let granted: Result<Granted<P>> = authorize(&house.services, &origin(), key, of).await;
    match granted.map_err(|error| error.problem()) {
        Ok(_) => Verdict::Allow,
        Err(Problem::Denied { action }) if action == P::ACTION => Verdict::Deny,
        Err(Problem::NotFound) => Verdict::Hide,
        Err(other) => panic!("{}: {other:?}", P::ACTION.as_str()),
    }
}

/// Asks for each of these as somebody who is anything but an outsider there.
macro_rules! ask_for_each {
    ($house:expr, $key:expr, $of:expr, $check:expr; $($action:ident),*) => {
        $($check(may::$action::ACTION, outcome::<may::$action>($house, $key, $of).await);)*
    };
}

on_both! {
    async fn every_role_gets_what_the_table_says(house: &House) {
        let town = house.town().await;
        for role in KeyRole::ALL {
            let (_, secret) = key(&town, role.label(), rights(&[role])).await;
            let key = &enter(&house.services, &secret).await.expect("the key");
            let says = |action: Action, got| assert_eq!(got, verdict(action, Role::Key(role)), "{action:?} for {role}");
            ask_for_each!(house, key, town.project_id, says; ViewProject, UpdateProjectName, DeleteProject, LeaveProject,
                ViewMembers, UpdateMemberRoles, DeleteMembers, InviteMembers, ViewApiKeys, CreateApiKeys,
                UpdateApiKeys, DeleteApiKeys, UpdateProjectPodLimits, ViewProjectPodLimits, ViewProjectUsage, ViewIndexes,
                CreateIndexes, ViewBackups, DeleteBackups, ViewAs);
            ask_for_each!(house, key, town.organization_id, says; ViewOrganization, UpdateOrganizationName,
                DeleteOrganization, LeaveOrganization, ViewOrganizationMembers, UpdateOrganizationRoles,
                DeleteOrganizationMembers, InviteOrganizationMembers, CreateProjects, ViewUsage, ViewAuditLog,
                ViewServiceAccounts, CreateServiceAccounts, UpdateServiceAccounts, DeleteServiceAccounts,
                ViewAsOrganizationMember);
        }
    }

    async fn other_projects_do_not_exist_for_a_key(house: &House) {
        let town = house.town().await;
        let (_, secret) = key(&town, "Search", rights(&KeyRole::ALL)).await;
        let key = &enter(&house.services, &secret).await.expect("the key");
        let other = town.new_project("Other").await;
        let foreign = house.person("Eve").await;
        let hidden = |action: Action, got| assert_eq!(got, Verdict::Hide, "{action:?}");
        ask_for_each!(house, key, other, hidden; ViewIndexes, CreateIndexes, ViewBackups, ViewProject);
        let theirs = house.rows_of(
            "SELECT organization_id FROM organization_members WHERE user_id = $1",
            &[foreign.account.id.to_string()],
        ).await;
        let theirs = theirs[0].parse().expect("an id");
        ask_for_each!(house, key, theirs, hidden; ViewOrganization, ViewAuditLog);
    }

    async fn several_roles_are_what_any_of_them_is(house: &House) {
        let town = house.town().await;
        let both = rights(&[KeyRole::ControlPlaneViewer, KeyRole::DataPlaneEditor]);
        let (_, secret) = key(&town, "Both", both).await;
        let key = &enter(&house.services, &secret).await.expect("the key");
        assert_eq!(outcome::<may::ViewIndexes>(house, key, town.project_id).await, Verdict::Allow);
        assert_eq!(outcome::<may::CreateIndexes>(house, key, town.project_id).await, Verdict::Deny);
    }

    async fn a_key_of_some_namespaces_changes_no_index(house: &House) {
        let town = house.town().await;
        let mut part = rights(&[KeyRole::ProjectEditor]);
        part.scope = KeyScope::parse("", "a").expect("a scope");
        let (_, secret) = key(&town, "Part", part).await;
        let key = enter(&house.services, &secret).await.expect("the key");
        let (s, o) = (&house.services, &origin());
        let refused = authorize::<may::CreateIndexes>(s, o, &key, town.project_id).await;
        assert_eq!(problem(refused), Problem::OutsideKey { part: KeyPart::Namespaces });
        let granted = authorize::<may::ViewIndexes>(s, o, &key, town.project_id).await.expect("a right");
        assert!(granted.in_namespace("a").is_ok());
        for name in ["", "b", "__default__"] {
            assert_eq!(granted.in_namespace(name), Err(Problem::OutsideKey { part: KeyPart::Namespaces }));
        }
        assert_eq!(granted.person(), Err(Problem::Forbidden));
    }
}
