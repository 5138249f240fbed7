//! Making a service account.

use super::{
    changes::CreateServiceAccount,
    projects::{ProjectField, ProjectRoleSelect},
    settings::organization_roles,
};
use crate::{
    form::{Form, Input, PostForm},
    ui::*,
};
use conifer_domain::{
    ids::OrganizationId, limits::SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS, organizations::OrganizationRole,
};
use leptos::prelude::*;

pub const DIALOG: &str = "create-service-account";

#[component]
pub fn CreateDialog(organization_id: OrganizationId, projects: Vec<String>) -> impl IntoView {
    let form = Form::<CreateServiceAccount>::new();
    view! {
        <Dialog id=DIALOG title="New service account" wide=true open=form.failed_at_first()>
            <PostForm form>
                <input type="hidden" name="organization_id" value=organization_id.to_string() />
                <Field
                    name="name"
                    id="account-name"
                    label="Name"
                    required=true
                    maxlength=SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS
                    autocomplete="off"
                    value=form.typed("name").unwrap_or_default()
                    hint="Which program it is. The audit log names it by this."
                    error=form.error(Input::ServiceAccountName)
                />
                <Select
                    name="role"
                    label="Role in the organization"
                    options=organization_roles()
                    selected=OrganizationRole::Member.as_str()
                    hint="An owner may do everything in every project, a manager makes projects, a member enters those it is let into."
                    error=form.error(Input::Role)
                />
                <div class="form-row">
                    <ProjectField
                        projects
                        value=form.typed("project_name").unwrap_or_default()
                        optional=true
                        hint="By its name. More can be added on the next page."
                        error=form.error(Input::ProjectName)
                    />
                    <ProjectRoleSelect name="project_role" label="Role in this project" />
                </div>
                <DialogActions dialog=DIALOG>
                    <Submit pending=form.pending()>"Create service account"</Submit>
                </DialogActions>
            </PostForm>
        </Dialog>
    }
    .into_any()
}
