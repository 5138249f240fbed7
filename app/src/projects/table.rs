//! The list of projects.

use crate::ui::*;
use conifer_domain::projects::ProjectSummary;
use leptos::prelude::*;

#[component]
pub fn ProjectTable(projects: Vec<ProjectSummary>) -> impl IntoView {
    if projects.is_empty() {
        return view! {
            <EmptyState
                icon=Glyph::Folder
                title="No projects here"
                text="You belong to no project of this organization. Ask one of its owners to add you."
            />
        }
        .into_any();
    }
    let row = |project: ProjectSummary| {
        view! {
            <tr>
                <Cell label="Project">
                    <a href=format!("/projects/{}", project.id)>{project.name}</a>
                </Cell>
                <Cell label="Your role">
                    <Badge>{project.role.label()}</Badge>
                </Cell>
                <Cell label="Created">
                    <Time at_ms=project.created_at_ms />
                </Cell>
            </tr>
        }
    };
    view! {
        <Table caption="Projects" head=vec!["Project", "Your role", "Created"]>
            {projects.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}
