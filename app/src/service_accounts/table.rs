//! The list of service accounts.

use super::{about::LastUsed, functions::account_address};
use crate::ui::*;
use conifer_domain::{
    ids::OrganizationId,
    organizations::OrganizationRole,
    service_accounts::{ServiceAccount, ServiceProject},
};
use leptos::prelude::*;

/// How many projects a row names.
const NAMED_MAX: usize = 3;

#[component]
pub fn AccountTable(organization_id: OrganizationId, accounts: Vec<ServiceAccount>) -> impl IntoView {
    let row = move |account| view! { <AccountRow organization_id account /> };
    view! {
        <Table caption="Service accounts" head=vec!["Name", "Role", "Projects", "Created", "Last used"]>
            {accounts.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn AccountRow(organization_id: OrganizationId, account: ServiceAccount) -> impl IntoView {
    let ServiceAccount { id, name, client_id, role, projects, .. } = account;
    view! {
        <tr>
            <Cell label="Name">
                <span class="cluster">
                    <a href=account_address(organization_id, id)>{name}</a>
                    {account.disabled_at_ms.map(|_| view! { <Badge kind=Kind::Warning>"Disabled"</Badge> })}
                </span>
                <span class="cell-sub mono">{client_id}</span>
            </Cell>
            <Cell label="Role">{role_shown(role)}</Cell>
            <Cell label="Projects">{projects_shown(&projects)}</Cell>
            <Cell label="Created">
                <Time at_ms=account.created_at_ms />
                <span class="cell-sub">"by " {maker(account.created_by)}</span>
            </Cell>
            <Cell label="Last used">
                <LastUsed last_used=account.last_used />
            </Cell>
        </tr>
    }
    .into_any()
}

fn role_shown(role: Option<OrganizationRole>) -> AnyView {
    match role {
        Some(role) => view! { <Badge>{role.label()}</Badge> }.into_any(),
        None => view! { <span class="muted">"None"</span> }.into_any(),
    }
}

/// The first few with its role there.
fn projects_shown(projects: &[ServiceProject]) -> String {
    let named = projects.iter().take(NAMED_MAX).map(|one| format!("{} ({})", one.name, one.role.label()));
    let more = projects.len().saturating_sub(NAMED_MAX);
    let more = (more > 0).then(|| format!("{more} more"));
    let all: Vec<_> = named.chain(more).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

/// Who made it.
pub fn maker(name: Option<String>) -> String {
    name.unwrap_or_else(|| "the command line".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::projects::ProjectRole;

    #[test]
    fn a_row_names_a_few_projects() {
        let project = |name: &str| ServiceProject {
            id: "0190a000-0000-7000-8000-000000000002".parse().expect("an id"),
            name: name.into(),
            role: ProjectRole::User,
        };
        assert_eq!(projects_shown(&[]), "–");
        assert_eq!(projects_shown(&[project("a")]), "a (User)");
        let many = ["a", "b", "c", "d", "e"].map(project);
        assert_eq!(projects_shown(&many), "a (User), b (User), c (User), 2 more");
    }
}
