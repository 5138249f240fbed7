//! Making a project.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{ids::OrganizationId, permissions::Action};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "projects/create")]
pub async fn create_project(organization_id: String, name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, organization_id) = (server::services()?, server::id(&organization_id)?);
    let id = conifer_services::projects::create(&services, &origin, &current, organization_id, &name).await?;
    server::done(&format!("/projects/{id}"), conifer_domain::notices::Notice::ProjectCreated);
    Ok(())
}

const DIALOG: &str = "new-project";

/// The button and the dialog that it opens.
#[component]
pub fn NewProject(
    organization_id: OrganizationId,
    access: conifer_domain::permissions::Role,
) -> impl IntoView {
    let why_not = why_not(Action::CreateProjects, access);
    let may = why_not.is_none();
    view! {
        <Button variant=Variant::Primary icon=Glyph::Plus opens=DIALOG disabled_reason=why_not>
            "New project"
        </Button>
        {may.then(|| view! { <NewProjectDialog organization_id /> })}
    }
}

#[component]
fn NewProjectDialog(organization_id: OrganizationId) -> impl IntoView {
    let form = Form::<CreateProject>::new();
    view! {
        <Dialog id=DIALOG title="New project" open=form.failed_at_first()>
            <PostForm form>
                <input type="hidden" name="organization_id" value=organization_id.to_string() />
                <Field
                    name="name"
                    label="Name"
                    required=true
                    autofocus=true
                    autocomplete="off"
                    hint="In any script. No other project of this organization may have it."
                    value=form.typed("name")
                    error=form.error(Input::ProjectName)
                />
                <DialogActions dialog=DIALOG>
                    <Submit pending=form.pending()>"Create project"</Submit>
                </DialogActions>
            </PostForm>
        </Dialog>
    }
}
