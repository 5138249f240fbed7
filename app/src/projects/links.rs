//! The ways to the members of a few projects, for a sentence that is about them.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    loaded::{load, when_loaded_below_title},
    shell::Here,
};
use conifer_domain::ids::ProjectId;
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "projects/names")]
pub async fn fetch_names(ids: Vec<String>) -> Result<Vec<(ProjectId, String)>, Failure> {
    let services = server::services()?;
    let mut names = Vec::new();
    for id in ids.into_iter().take(conifer_domain::limits::PROJECTS_NAMED_MAX as usize) {
        let granted = server::granted(&services, &id).await?;
        let project = conifer_services::projects::get(&services, &granted).await?;
        names.push((project.id, project.name));
    }
    Ok(names)
}

#[component]
pub fn ProjectLinks(ids: Vec<ProjectId>) -> impl IntoView {
    let ids: Vec<String> = ids.iter().map(ProjectId::to_string).collect();
    let names = load(move || FetchNames { ids: ids.clone() });
    when_loaded_below_title(names, |names| {
        let link = |(id, name)| {
            let members = format!("{}/members", Here::Project(id).address());
            view! {
                <li>
                    <a href=members>"Members of " {name}</a>
                </li>
            }
        };
        view! { <ul>{names.into_iter().map(link).collect_view()}</ul> }
    })
}
