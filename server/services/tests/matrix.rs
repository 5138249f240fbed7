//! Every operation on people and projects, tried by everybody, held against the table that was written by hand.

use crate::{
    api_keys::reader,
    house::{House, on_both, origin},
    people::Town,
};
use conifer_domain::{
    EmailAddress, Problem,
    api_keys::{KeyQuery, KeyRole},
    audit::AuditFilter,
    ids::{ApiKeyId, IndexId, InviteId, OrganizationId, ProjectId, ServiceAccountId},
    invites::InviteQuery,
    limits::HOUR_MS,
    members::MemberQuery,
    organizations::OrganizationRole,
    paging::Paging,
    permissions::Action,
    projects::ProjectRole::{self, User},
    role_bindings::BindingFilter,
    service_accounts::{ServiceAccountQuery, ServiceRoles},
    usage::UsageQuery,
    views::{ViewOf, ViewPlace},
};
use conifer_services::{
    Error, Result,
    api_keys::{self, RoleChange},
    audit,
    authorize::authorize,
    invites, members, organizations, pods, projects, role_bindings, service_accounts,
    sessions::Current,
    usage, views,
};
use std::{collections::BTreeSet, fs, path::Path};

const ORACLE: &str = include_str!("../../../app/domain/tests/permissions.csv");

/// Every operation that needs a right, with the row of the table that rules it.
const RULED: &[(&str, &str)] = &[
    ("organizations::get", "view organization"),
    ("organizations::rename", "update organization name"),
    ("organizations::delete", "delete organization"),
    ("organizations::members::list", "view organization members"),
    ("organizations::members::get", "view organization members"),
    ("organizations::members::by_email", "view organization members"),
    ("organizations::members::change_role", "update organization roles"),
    ("organizations::members::remove", "delete organization members"),
    ("organizations::members::leave", "leave organization"),
    ("projects::get", "view project"),
    ("projects::create", "create projects"),
    ("projects::rename", "update project name"),
    ("projects::contents", "delete project"),
    ("projects::delete", "delete project"),
    ("projects::delete_empty", "delete project"),
    ("pods::get", "view project pod limits"),
    ("pods::set_limit", "update project pod limits"),
    ("usage::of_project", "view project usage"),
    ("usage::export_project", "view project usage"),
    ("usage::of_organization", "view usage"),
    ("usage::export_organization", "view usage"),
    ("usage::of_index", "view an index"),
    ("usage::sizes", "view an index"),
    ("members::list", "view members"),
    ("members::add", "invite members"),
    ("members::change_role", "update member roles"),
    ("members::remove", "delete members"),
    ("members::leave", "leave project"),
    ("invites::create", "invite members"),
    ("invites::list", "invite members"),
    ("invites::get", "invite members"),
    ("invites::list_open", "invite organization members"),
    ("invites::resend", "invite members"),
    ("invites::link", "invite members"),
    ("invites::revoke", "invite members"),
    ("invites::create of an organization", "invite organization members"),
    ("invites::list of an organization", "invite organization members"),
    ("invites::resend of an organization", "invite organization members"),
    ("invites::link of an organization", "invite organization members"),
    ("invites::revoke of an organization", "invite organization members"),
    ("api_keys::list", "view API keys"),
    ("api_keys::get", "view API keys"),
    ("api_keys::calls", "view API keys"),
    ("api_keys::create", "create API keys"),
    ("api_keys::rename", "update API keys"),
    ("api_keys::set_rights", "update API keys"),
    ("api_keys::change_roles", "update API keys"),
    ("api_keys::rotate", "update API keys"),
    ("api_keys::shrink", "update API keys"),
    ("api_keys::delete", "delete API keys"),
    ("service_accounts::list", "view service accounts"),
    ("service_accounts::get", "view service accounts"),
    ("service_accounts::of_project", "view members"),
    ("service_accounts::of_organization", "view organization members"),
    ("service_accounts::project_named", "update service accounts"),
    ("service_accounts::create", "create service accounts"),
    ("service_accounts::rename", "update service accounts"),
    ("service_accounts::rotate", "update service accounts"),
    ("service_accounts::disable", "update service accounts"),
    ("service_accounts::enable", "update service accounts"),
    ("service_accounts::set_role", "update service accounts"),
    ("service_accounts::set_project_role", "update service accounts"),
    ("service_accounts::delete", "delete service accounts"),
    ("role_bindings::list_of_organization", "view organization members"),
    ("role_bindings::list_of_project", "view members"),
    ("audit::list", "view audit log"),
    ("audit::export", "view audit log"),
    ("views::begin", "view as a member or an API key"),
    ("views::begin of an organization", "view as a member of the organization"),
];

/// Operations that need none: they are about who asks, or about a token.
const OPEN: &[&str] = &[
    "api_keys::authenticate",
    "api_keys::bootstrap",
    "api_keys::project_of",
    "api_keys::note_calls",
    "api_keys::refresh",
    "organizations::create",
    "service_accounts::authenticate",
    "service_accounts::bootstrap",
    "service_accounts::issue",
    "places::list",
    "projects::page",
    "usage::note_sizes",
    "invites::project_of",
    "invites::show",
    "invites::accept",
    "invites::accept_as_new",
    "views::end",
];

/// Whether everybody must be put back to their places afterwards.
fn moves_people(operation: &str) -> bool {
    ["leave", "remove", "change_role"].iter().any(|deed| operation.ends_with(deed))
}

/// What the oracle says, as its own words.
fn expected(row: &str, column: &str) -> String {
    let mut lines = ORACLE.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = head.iter().position(|name| *name == column).expect("a column");
    let line = lines.find(|line| line[0] == row).unwrap_or_else(|| panic!("no row: {row}"));
    line[at].to_owned()
}

/// The column that somebody with these roles stands in.
fn column(row: &str, organization: Option<OrganizationRole>, project: Option<ProjectRole>) -> String {
    let action = Action::ALL.iter().find(|action| action.as_str() == row).expect("an action");
    let of_project = action.scope() == conifer_domain::permissions::Scope::Project;
    match (organization, project) {
        (Some(OrganizationRole::Owner), _) => "organization-owner".into(),
        (Some(_), Some(role)) if of_project => format!("project-{}", role.as_str()),
        (Some(role), _) => format!("organization-{}", role.as_str()),
        (None, _) => "outsider".into(),
    }
}

struct Place<'h> {
    town: Town<'h>,
    /// Somebody to do things to.
    zed: Current,
    of_project: InviteId,
    of_organization: InviteId,
    key: ApiKeyId,
    account: ServiceAccountId,
    index: IndexId,
}

impl Place<'_> {
    async fn prepare(
        &self,
        who: &Current,
        organization: Option<OrganizationRole>,
        project: Option<ProjectRole>,
    ) {
        self.town.put(who, organization, project).await;
        self.town.put(&self.zed, Some(OrganizationRole::Member), Some(User)).await;
    }

    /// Does the operation, if allowed in a way that changes as little as can be.
    async fn attempt(&self, who: &Current, operation: &str) -> Result<()> {
        let (s, o) = (&self.town.house.services, &origin());
        let (org, project): (OrganizationId, ProjectId) = (self.town.organization_id, self.town.project_id);
        let zed = self.zed.account.id;
        let (invite, org_invite, key, account) =
            (self.of_project, self.of_organization, self.key, self.account);
        let (paging, filter, week) = (Paging::default(), AuditFilter::default(), UsageQuery::default());
        match operation {
            "organizations::get" => drop(organizations::get(s, &authorize(s, o, who, org).await?).await?),
            "organizations::rename" => organizations::rename(s, o, who, org, "Analytical Engines").await?,
            "organizations::delete" => organizations::delete(s, o, who, org, "not its name").await?,
            "organizations::members::list" => drop(
                organizations::members::list(s, &authorize(s, o, who, org).await?, &MemberQuery::default())
                    .await?,
            ),
            "organizations::members::get" => {
                drop(organizations::members::get(s, &authorize(s, o, who, org).await?, zed).await?)
            }
            "organizations::members::by_email" => {
                let (proof, email) =
                    (authorize(s, o, who, org).await?, EmailAddress::parse("zed@example.com")?);
                let found = organizations::members::by_email(s, &proof, &email).await?;
                assert_eq!(found.id, zed);
            }
            "role_bindings::list_of_organization" => {
                let (proof, filter) = (authorize(s, o, who, org).await?, BindingFilter::default());
                drop(role_bindings::list_of_organization(s, &proof, &filter, &paging).await?)
            }
            "role_bindings::list_of_project" => {
                let (proof, filter) = (authorize(s, o, who, project).await?, BindingFilter::default());
                drop(role_bindings::list_of_project(s, &proof, &filter, &paging).await?)
            }
            "organizations::members::change_role" => {
                organizations::members::change_role(s, o, who, org, zed, OrganizationRole::Billing).await?
            }
            "organizations::members::remove" => organizations::members::remove(s, o, who, org, zed).await?,
            "organizations::members::leave" => organizations::members::leave(s, o, who, org).await?,
            "projects::get" => drop(projects::get(s, &authorize(s, o, who, project).await?).await?),
            "projects::create" => drop(projects::create(s, o, who, org, "First notes").await?),
            "projects::rename" => projects::rename(s, o, who, project, "First notes").await?,
            "projects::contents" => drop(projects::contents(s, &authorize(s, o, who, project).await?).await?),
            "projects::delete" => projects::delete(s, o, who, project, "not its name").await?,
            "projects::delete_empty" => projects::delete_empty(s, o, who, project).await?,
            "service_accounts::list" => {
                let (proof, query) = (authorize(s, o, who, org).await?, ServiceAccountQuery::default());
                drop(service_accounts::list(s, &proof, &query).await?)
            }
            "service_accounts::get" => {
                drop(service_accounts::get(s, &authorize(s, o, who, org).await?, account).await?)
            }
            "service_accounts::of_project" => {
                drop(service_accounts::of_project(s, &authorize(s, o, who, project).await?, "").await?)
            }
            "service_accounts::of_organization" => {
                drop(service_accounts::of_organization(s, &authorize(s, o, who, org).await?, "").await?)
            }
            "service_accounts::project_named" => {
                let proof = authorize(s, o, who, org).await?;
                service_accounts::project_named(s, &proof, "first notes").await?;
            }
            "service_accounts::create" => {
                drop(service_accounts::create(s, o, who, org, "taken", ServiceRoles::default()).await?)
            }
            "service_accounts::rename" => service_accounts::rename(s, o, who, org, account, "taken").await?,
            "service_accounts::rotate" => drop(service_accounts::rotate(s, o, who, org, account).await?),
            "service_accounts::disable" => service_accounts::disable(s, o, who, org, account).await?,
            "service_accounts::enable" => service_accounts::enable(s, o, who, org, account).await?,
            "service_accounts::set_role" => {
                service_accounts::set_role(s, o, who, org, account, Some(OrganizationRole::Member)).await?
            }
            "service_accounts::set_project_role" => {
                service_accounts::set_project_role(s, o, who, org, account, project, Some(User)).await?
            }
            "service_accounts::delete" => {
                service_accounts::delete(s, o, who, org, account, "not its name").await?
            }
            "pods::get" => drop(pods::get(s, &authorize(s, o, who, project).await?).await?),
            "pods::set_limit" => pods::set_limit(s, o, who, project, 100).await?,
            "usage::of_project" => {
                drop(usage::of_project(s, &authorize(s, o, who, project).await?, week).await?)
            }
            "usage::export_project" => {
                drop(usage::export_project(s, &authorize(s, o, who, project).await?, week).await)
            }
            "usage::of_organization" => {
                drop(usage::of_organization(s, &authorize(s, o, who, org).await?, week).await?)
            }
            "usage::export_organization" => {
                drop(usage::export_organization(s, &authorize(s, o, who, org).await?, week).await)
            }
            "usage::of_index" => drop(usage::of_index(s, &authorize(s, o, who, self.index).await?, 7).await?),
            "usage::sizes" => drop(usage::sizes(s, &authorize(s, o, who, self.index).await?, 7).await?),
            "members::list" => {
                drop(members::list(s, &authorize(s, o, who, project).await?, &MemberQuery::default()).await?)
            }
            "members::add" => members::add(s, o, who, project, zed, User).await?,
            "members::change_role" => {
                members::change_role(s, o, who, project, zed, ProjectRole::Owner).await?
            }
            "members::remove" => members::remove(s, o, who, project, zed).await?,
            "members::leave" => members::leave(s, o, who, project).await?,
            "invites::create" => drop(invites::create(s, o, who, project, "ada@example.com", User).await?),
            "invites::list" => {
                let proof = authorize(s, o, who, project).await?;
                drop(invites::list::<ProjectId>(s, &proof, &InviteQuery::default()).await?)
            }
            "invites::get" => {
                drop(invites::get::<ProjectId>(s, &authorize(s, o, who, project).await?, invite).await)
            }
            "invites::list_open" => {
                drop(invites::list_open(s, &authorize(s, o, who, org).await?, &paging).await?)
            }
            "invites::resend" => invites::resend(s, o, who, project, invite).await?,
            "invites::link" => drop(invites::link(s, o, who, project, invite).await?),
            "invites::revoke" => invites::revoke(s, o, who, project, invite).await?,
            "invites::create of an organization" => {
                drop(invites::create(s, o, who, org, "ada@example.com", OrganizationRole::Member).await?)
            }
            "invites::list of an organization" => {
                let proof = authorize(s, o, who, org).await?;
                drop(invites::list::<OrganizationId>(s, &proof, &InviteQuery::default()).await?)
            }
            "invites::resend of an organization" => invites::resend(s, o, who, org, org_invite).await?,
            "invites::link of an organization" => drop(invites::link(s, o, who, org, org_invite).await?),
            "invites::revoke of an organization" => invites::revoke(s, o, who, org, org_invite).await?,
            "api_keys::list" => {
                drop(api_keys::list(s, &authorize(s, o, who, project).await?, &KeyQuery::default()).await?)
            }
            "api_keys::get" => drop(api_keys::get(s, &authorize(s, o, who, project).await?, key).await?),
            "api_keys::calls" => {
                drop(api_keys::calls(s, &authorize(s, o, who, project).await?, key, 7).await?)
            }
            "api_keys::create" => drop(api_keys::create(s, o, who, project, "taken", reader()).await?),
            "api_keys::rename" => api_keys::rename(s, o, who, project, key, "taken").await?,
            "api_keys::set_rights" => api_keys::set_rights(s, o, who, project, key, reader(), false).await?,
            "api_keys::change_roles" => {
                let change = RoleChange::Add(KeyRole::DataPlaneViewer);
                api_keys::change_roles(s, o, who, project, key, change).await?
            }
            "api_keys::rotate" => drop(api_keys::rotate(s, o, who, project, key, 0).await?),
            "api_keys::shrink" => api_keys::shrink(s, o, who, project, key, 7).await?,
            "api_keys::delete" => api_keys::delete(s, o, who, project, key, "not its name").await?,
            "audit::list" => drop(audit::list(s, &authorize(s, o, who, org).await?, &filter, &paging).await?),
            "audit::export" => drop(audit::export(s, o, who, org, filter).await?),
            "views::begin" => {
                views::begin(s, o, who, ViewPlace::Project(project), ViewOf::Member(zed)).await?
            }
            "views::begin of an organization" => {
                views::begin(s, o, who, ViewPlace::Organization(org), ViewOf::Member(zed)).await?
            }
            other => panic!("nobody tries {other}"),
        }
        Ok(())
    }

    async fn check(&self, who: &Current, row: &str, operation: &str, column: &str) {
        let outcome = self.attempt(who, operation).await;
        let verdict = match outcome.as_ref().map_err(Error::problem) {
            Err(Problem::Denied { action }) => {
                assert_eq!(action.as_str(), row, "{operation} names its own rule");
                "deny"
            }
            Err(Problem::NotFound) => "hide",
            Err(problem @ (Problem::Unexpected | Problem::Unavailable | Problem::SignedOut)) => {
                panic!("{operation} as {column}: {problem:?}")
            }
            _ => "allow",
        };
        assert_eq!(verdict, expected(row, column), "{operation} as {column}: {outcome:?}");
    }
}

async fn place(house: &House) -> Place<'_> {
    let town = house.town().await;
    let (s, o) = (&house.services, &origin());
    let of_project = invites::create(s, o, &town.ada, town.project_id, "new@example.com", User).await;
    let role = OrganizationRole::Member;
    let of_organization =
        invites::create(s, o, &town.ada, town.organization_id, "new@example.com", role).await;
    let key = api_keys::create(s, o, &town.ada, town.project_id, "taken", reader()).await.expect("a key").id;
    let account =
        service_accounts::create(s, o, &town.ada, town.organization_id, "taken", ServiceRoles::default());
    let account = account.await.expect("a service account").id;
    // What holds something is not deleted by a program.
    house.run(
        "INSERT INTO backups (id, project_id, kind, index_id, index_name, vectors, deployment, tags, node_id, state, created_at)
         VALUES ('b', $1, 'backup', 'i', 'i', '{}', '{}', '{}', 'n', 'ready', 1)",
        &[town.project_id.to_string()],
    ).await;
    let zed = house.person("Zed").await;
    let (of_project, of_organization) =
        (of_project.expect("invited")[0], of_organization.expect("invited")[0]);
    let index = town.index("notes").await;
    Place { town, zed, of_project, of_organization, key, account, index }
}

on_both! {
    async fn everybody_gets_what_the_table_says(house: &House) {
        let place = place(house).await;
        let bob = house.person("Bob").await;
        let mut organizations: Vec<_> = OrganizationRole::ALL.into_iter().map(Some).collect();
        organizations.push(None);
        for organization in organizations {
            for project in [None, Some(ProjectRole::Owner), Some(User)] {
                if organization.is_none() && project.is_some() {
                    continue; // The foreign keys allow no such thing.
                }
                house.later(HOUR_MS); // Invites wait when there are many.
                place.prepare(&bob, organization, project).await;
                for (operation, row) in RULED {
                    place.check(&bob, row, operation, &column(row, organization, project)).await;
                    if moves_people(operation) {
                        place.prepare(&bob, organization, project).await;
                    }
                }
            }
        }
    }

    async fn whoever_is_removed_mid_session_is_an_outsider(house: &House) {
        let place = place(house).await;
        let bob = house.person("Bob").await;
        for role in [OrganizationRole::Owner, OrganizationRole::Member] {
            house.later(HOUR_MS);
            place.prepare(&bob, Some(role), Some(ProjectRole::Owner)).await;
            place.attempt(&bob, "projects::get").await.expect("a member");
            place.prepare(&bob, None, None).await;
            for (operation, row) in RULED {
                place.check(&bob, row, operation, "outsider").await;
            }
        }
    }

    /// Who is signed out has no `Current`, which all operations but the open ones take.
    async fn whoever_is_signed_out_is_nobody(house: &House) {
        let (mut browser, _) = house.ada().await;
        browser.sign_out().await;
        assert!(browser.current().await.is_none());
    }
}

/// The operations that stand in the source: `pub async fn` of the rooms.
fn operations() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for room in [
        "api_keys",
        "organizations",
        "places",
        "projects",
        "pods",
        "usage",
        "members",
        "invites",
        "audit",
        "service_accounts",
        "role_bindings",
        "views",
    ] {
        for file in fs::read_dir(source.join(room)).expect("a room") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                continue; // What a part is made of is no operation.
            }
            let text = fs::read_to_string(&path).expect("its text");
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let is_room_of_its_own = room == "organizations" && stem == "members";
            let prefix = if is_room_of_its_own { "organizations::members" } else { room };
            for line in text.lines().filter_map(|line| line.strip_prefix("pub async fn ")) {
                let name: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.insert(format!("{prefix}::{name}"));
            }
        }
    }
    found
}

#[test]
fn no_operation_is_forgotten() {
    let ruled = RULED.iter().map(|(operation, _)| operation.split(' ').next().expect("a name"));
    let listed: BTreeSet<String> = ruled.chain(OPEN.iter().copied()).map(str::to_owned).collect();
    assert_eq!(listed, operations());
}
