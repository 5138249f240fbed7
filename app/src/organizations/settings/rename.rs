#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    names::NameInputs,
    permitted::why_not,
    ui::*,
};
use conifer_domain::{organizations::OrganizationDetails, permissions::Action};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "organizations/rename")]
pub async fn rename_organization(id: String, name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, id) = (server::services()?, server::id(&id)?);
    conifer_services::organizations::rename(&services, &origin, &current, id, &name).await?;
    let settings = format!("/organizations/{id}/settings");
    server::done(&settings, conifer_domain::notices::Notice::OrganizationRenamed);
    Ok(())
}

#[component]
pub fn NameCard(organization: OrganizationDetails) -> impl IntoView {
    let form = Form::<RenameOrganization>::new();
    view! {
        <Card title="Name" text="What everybody in it calls the organization.">
            <PostForm form>
                <NameInputs
                    id=organization.id.to_string()
                    name=form.typed("name").unwrap_or(organization.name)
                    error=form.error(Input::OrganizationName)
                    pending=form.pending()
                    why_not=why_not(Action::UpdateOrganizationName, organization.access)
                />
            </PostForm>
        </Card>
    }
}
