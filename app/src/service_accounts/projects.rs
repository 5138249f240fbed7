//! Which projects a service account enters, and as what.

use super::{
    changes::{EnterProject, SetServiceProjectRole},
    settings::WhichAccount,
};
use crate::{
    form::{Form, Input, ListFailure, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    ids::{OrganizationId, ServiceAccountId},
    permissions::{Action, Role},
    projects::ProjectRole,
    service_accounts::{ServiceAccount, ServiceProject},
};
use leptos::prelude::*;

/// The name of a project. The browser offers those there are, as far as one list holds them.
#[component]
pub fn ProjectField(
    projects: Vec<String>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] hint: MaybeProp<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field
            name="project_name"
            label="Project"
            required=!optional
            value
            suggestions=projects
            autocomplete="off"
            hint
            error
        />
    }
}

#[component]
pub fn ProjectRoleSelect(name: &'static str, label: &'static str) -> impl IntoView {
    view! { <Select name id=format!("new-{name}") label options=roles() selected=ProjectRole::User.as_str() /> }
}

fn roles() -> Vec<(String, String)> {
    ProjectRole::ALL.map(|role| (role.as_str().to_owned(), role.label().to_owned())).into()
}

#[component]
pub fn ProjectsCard(
    organization_id: OrganizationId,
    access: Role,
    account: ServiceAccount,
    /// Those that can be added.
    projects: Vec<String>,
) -> impl IntoView {
    let id = account.id;
    let no = why_not(Action::UpdateServiceAccounts, access);
    let may = no.is_none();
    let row = move |project| view! { <ProjectRow organization_id id project may /> };
    let change = Form::<SetServiceProjectRole>::new();
    let is_in = |name: &String| account.projects.iter().any(|project| project.name == *name);
    let others = projects.into_iter().filter(|name| !is_in(name)).collect();
    let list = match account.projects.is_empty() {
        true => view! { <p class="muted">"It enters no project by a role of its own."</p> }.into_any(),
        false => view! {
            <Table caption="Projects" head=vec!["Project", "Role", ""]>
                {account.projects.into_iter().map(row).collect_view()}
            </Table>
        }
        .into_any(),
    };
    view! {
        <Card title="Projects" text="What it may in each. An owner of the organization is an owner in all of them.">
            <div class="stack">
                <ListFailure form=change />
                {list}
                <AddProject organization_id id projects=others no />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn ProjectRow(
    organization_id: OrganizationId,
    id: ServiceAccountId,
    project: ServiceProject,
    may: bool,
) -> impl IntoView {
    let ServiceProject { id: project_id, name, role } = project;
    let shown = match may {
        true => {
            view! { <RoleForm organization_id id project=ServiceProject { id: project_id, name: name.clone(), role } /> }
                .into_any()
        }
        false => view! { <Badge>{role.label()}</Badge> }.into_any(),
    };
    let remove = may.then(|| {
        let form = Form::<SetServiceProjectRole>::in_row();
        let name = name.clone();
        view! {
            <PostForm form>
                <WhichAccount organization_id id />
                <input type="hidden" name="project_id" value=project_id.to_string() />
                <input type="hidden" name="role" value="" />
                <Submit variant=Variant::Secondary size=Size::Small pending=form.pending()>
                    "Remove"
                    <span class="visually-hidden">" from " {name}</span>
                </Submit>
            </PostForm>
        }
    });
    view! {
        <tr>
            <Cell label="Project">
                <a href=format!("/projects/{project_id}")>{name}</a>
            </Cell>
            <Cell label="Role">{shown}</Cell>
            <ActionCell>{remove}</ActionCell>
        </tr>
    }
    .into_any()
}

/// Choosing alone changes nothing, so that the keyboard can pass over the roles.
#[component]
fn RoleForm(organization_id: OrganizationId, id: ServiceAccountId, project: ServiceProject) -> impl IntoView {
    let form = Form::<SetServiceProjectRole>::in_row();
    let ServiceProject { id: project_id, name, role } = project;
    view! {
        <PostForm form>
            <WhichAccount organization_id id />
            <input type="hidden" name="project_id" value=project_id.to_string() />
            <div class="role-row">
                <Select
                    name="role"
                    id=format!("role-{project_id}")
                    label=format!("Role in {name}")
                    label_hidden=true
                    options=roles()
                    selected=role.as_str()
                />
                <Submit variant=Variant::Secondary size=Size::Small pending=form.pending()>
                    "Save"
                    <span class="visually-hidden">" the role in " {name}</span>
                </Submit>
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn AddProject(
    organization_id: OrganizationId,
    id: ServiceAccountId,
    projects: Vec<String>,
    no: Option<String>,
) -> impl IntoView {
    let form = Form::<EnterProject>::new();
    view! {
        <PostForm form>
            <WhichAccount organization_id id />
            <div class="form-row">
                <ProjectField
                    projects
                    value=form.typed("project_name").unwrap_or_default()
                    error=form.error(Input::ProjectName)
                />
                <ProjectRoleSelect name="role" label="Role there" />
            </div>
            <div class="form-actions">
                <Submit
                    variant=Variant::Secondary
                    icon=Glyph::Plus
                    pending=form.pending()
                    disabled_reason=no
                >
                    "Add to project"
                </Submit>
            </div>
        </PostForm>
    }
    .into_any()
}
