//! A table of projects.

use crate::{shell::Here, ui::*};
use conifer_domain::projects::ProjectRow;
use leptos::prelude::*;

#[component]
pub fn ProjectTable(
    projects: Vec<ProjectRow>,
    /// Whether they are all of one organization, which then needs no column.
    of_one: bool,
) -> impl IntoView {
    let mut head = vec!["Project", "Organization", "Members", "Created", "Your role"];
    head.retain(|column| !of_one || *column != "Organization");
    let row = move |project: ProjectRow| {
        let address = Here::Project(project.id).address();
        let label = format!("Copy the ID of {}", project.name);
        let organization = (!of_one)
            .then(|| (Here::Organization(project.organization_id).address(), project.organization_name));
        view! {
            <tr>
                <Cell label="Project">
                    <a href=address>{project.name}</a>
                    <span class="cell-sub">
                        <Id id=project.id.to_string() label />
                    </span>
                </Cell>
                {organization
                    .map(|(href, name)| {
                        view! {
                            <Cell label="Organization">
                                <a href=href>{name}</a>
                            </Cell>
                        }
                    })}
                <Cell label="Members">{project.members}</Cell>
                <Cell label="Created">
                    <Time at_ms=project.created_at_ms />
                </Cell>
                <Cell label="Your role">
                    <Badge>{project.role.label()}</Badge>
                </Cell>
            </tr>
        }
    };
    view! {
        <Table caption="Projects" head>
            {projects.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}
