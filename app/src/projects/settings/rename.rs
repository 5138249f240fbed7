#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    names::NameInputs,
    permitted::why_not,
    ui::*,
};
use conifer_domain::{permissions::Action, projects::ProjectDetails};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "projects/rename")]
pub async fn rename_project(id: String, name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, id) = (server::services()?, server::id(&id)?);
    conifer_services::projects::rename(&services, &origin, &current, id, &name).await?;
    let settings = format!("/projects/{id}/settings");
    server::done(&settings, conifer_domain::notices::Notice::ProjectRenamed);
    Ok(())
}

#[component]
pub fn NameCard(project: ProjectDetails) -> impl IntoView {
    let form = Form::<RenameProject>::new();
    view! {
        <Card title="Name" text="No other project of its organization may have it.">
            <PostForm form>
                <NameInputs
                    id=project.id.to_string()
                    name=form.typed("name").unwrap_or(project.name)
                    error=form.error(Input::ProjectName)
                    pending=form.pending()
                    why_not=why_not(Action::UpdateProjectName, project.access)
                />
            </PostForm>
        </Card>
    }
}
