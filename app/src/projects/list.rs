//! The projects one may enter, of all organizations or of one: searched, sorted, page by page.

use super::table::ProjectTable;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    list::{ListControls, Pager, use_paging, use_parameter},
    loaded::{Loaded, load, when_loaded_below_title},
    ui::*,
};
use conifer_domain::{
    ids::OrganizationId,
    paging::Page,
    projects::{ProjectQuery, ProjectRow, ProjectSort},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use uuid::Uuid;

#[server(prefix = "/fn", endpoint = "projects/page")]
pub async fn fetch_page(query: ProjectQuery) -> Result<Page<ProjectRow>, Failure> {
    let (current, _) = server::signed_in()?;
    Ok(conifer_services::projects::page(&server::services()?, &current, &query).await?)
}

/// What the address asks for, and what came of it.
#[derive(Clone, Copy)]
pub struct Projects {
    page: Loaded<Page<ProjectRow>>,
    search: Memo<String>,
    sort: Memo<ProjectSort>,
}

impl Projects {
    pub fn of_all() -> Self {
        Self::load(|| None)
    }

    /// An id that is none has no projects, as one of nobody.
    pub fn of_organization(id: Memo<String>) -> Self {
        Self::load(move || Some(id.with(|id| id.parse().unwrap_or(Uuid::nil().into()))))
    }

    fn load(organization_id: impl Fn() -> Option<OrganizationId> + Send + Sync + 'static) -> Self {
        let (search, sort, paging) = (use_parameter("search"), use_parameter("sort"), use_paging());
        let sort = Memo::new(move |_| sort.with(|sort| sort.parse().unwrap_or_default()));
        let page = load(move || {
            let (search, sort, paging) = (search.get(), sort.get(), paging.get());
            FetchPage { query: ProjectQuery { organization_id: organization_id(), search, sort, paging } }
        });
        Self { page, search, sort }
    }
}

#[component]
pub fn ProjectList(
    projects: Projects,
    /// Whether they are all of one organization.
    #[prop(optional)]
    of_one: bool,
    /// What stands there when there are none, whatever is searched for.
    #[prop(into)]
    none: ViewFn,
) -> impl IntoView {
    let Projects { page, search, sort } = projects;
    let orders = ProjectSort::ALL.map(|sort| (sort.as_str().to_owned(), sort.label().to_owned()));
    view! {
        <div>
            <ListControls label="Find projects">
                <SearchField label="Search by name" value=search />
                <Select
                    name="sort"
                    label="Order"
                    options=orders.to_vec()
                    selected=Signal::derive(move || sort.get().as_str().to_owned())
                />
            </ListControls>
            {when_loaded_below_title(
                page,
                move |page| {
                    if !page.items.is_empty() {
                        return view! {
                            <ProjectTable projects=page.items of_one />
                            <Pager next=page.next />
                        }
                        .into_any();
                    }
                    match search.get_untracked() {
                        search if search.is_empty() => view! { <div class="list-none">{none.run()}</div> }.into_any(),
                        search => view! { <NothingFound search /> }.into_any(),
                    }
                },
            )}
        </div>
    }
}

#[component]
fn NothingFound(search: String) -> impl IntoView {
    let all = use_location().pathname.get_untracked();
    view! {
        <EmptyState
            icon=Glyph::Search
            title="Nothing found"
            text=format!("None of these projects has “{search}” in its name.")
        >
            <ButtonLink href=all>"Clear the search"</ButtonLink>
        </EmptyState>
    }
}
