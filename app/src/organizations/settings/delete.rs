#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, calls::Sending, permitted::why_not, ui::*};
use conifer_domain::{Problem, organizations::OrganizationDetails, permissions::Action};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "organizations/delete")]
pub async fn delete_organization(id: String, confirm: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, id) = (server::services()?, server::id(&id)?);
    conifer_services::organizations::delete(&services, &origin, &current, id, &confirm).await?;
    server::done("/", conifer_domain::notices::Notice::OrganizationDeleted);
    Ok(())
}

const DIALOG: &str = "delete-organization";

#[component]
pub fn DeleteCard(organization: OrganizationDetails) -> impl IntoView {
    let action = Sending::to::<DeleteOrganization>();
    let denied = why_not(Action::DeleteOrganization, organization.access);
    let may = denied.is_none();
    let why_not = denied.or_else(|| has_projects(&organization));
    let dialog = may.then(|| {
        let name = organization.name;
        view! {
            <ConfirmDialog
                id=DIALOG
                title=format!("Delete {name}?")
                confirm="Delete organization"
                typed=name
                action
            >
                <p>"Its members, invites and roles go with it. Nobody can bring it back."</p>
                <input type="hidden" name="id" value=organization.id.to_string() />
            </ConfirmDialog>
        }
    });
    view! {
        <Card title="Delete organization" text="Only when it has no projects any more." danger=true>
            <div class="form-actions">
                <Button variant=Variant::Danger opens=DIALOG disabled_reason=why_not>
                    "Delete organization"
                </Button>
            </div>
        </Card>
        {dialog}
    }
}

/// What the service would answer, told before anybody types the name.
fn has_projects(organization: &OrganizationDetails) -> Option<String> {
    let count = organization.projects;
    (count > 0).then(|| Problem::HasProjects { count }.to_string())
}
