//! Changing a service account.

use super::changes::{
    DeleteServiceAccount, DisableServiceAccount, EnableServiceAccount, RenameServiceAccount,
    RotateServiceAccount, SetServiceRole,
};
use crate::{
    calls::Sending,
    form::{Form, Input, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    ids::{OrganizationId, ServiceAccountId},
    limits::SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS,
    organizations::OrganizationRole,
    permissions::{Action, Role},
    service_accounts::ServiceAccount,
};
use leptos::prelude::*;

/// Which service account a form is about.
#[component]
pub fn WhichAccount(organization_id: OrganizationId, id: ServiceAccountId) -> impl IntoView {
    view! {
        <input type="hidden" name="organization_id" value=organization_id.to_string() />
        <input type="hidden" name="account_id" value=id.to_string() />
    }
}

/// What it can be in the organization, with nothing last.
pub fn organization_roles() -> Vec<(String, String)> {
    let roles = OrganizationRole::ALL.map(|role| (role.as_str().to_owned(), role.label().to_owned()));
    roles.into_iter().chain([(String::new(), "None: it only enters projects".to_owned())]).collect()
}

#[component]
pub fn RoleCard(organization_id: OrganizationId, access: Role, account: ServiceAccount) -> impl IntoView {
    let form = Form::<SetServiceRole>::new();
    let no = why_not(Action::UpdateServiceAccounts, access);
    view! {
        <Card title="Role in the organization" text="What is taken away is gone with its next request.">
            <PostForm form>
                <WhichAccount organization_id id=account.id />
                <Select
                    name="role"
                    label="Role in the organization"
                    label_hidden=true
                    options=organization_roles()
                    selected=account.role.map_or("", OrganizationRole::as_str)
                    error=form.error(Input::Role)
                />
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=no>
                        "Save role"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
pub fn RotateCard(organization_id: OrganizationId, access: Role, account: ServiceAccount) -> impl IntoView {
    const DIALOG: &str = "rotate-service-account";
    let action = Sending::to::<RotateServiceAccount>();
    let no = why_not(Action::UpdateServiceAccounts, access);
    let may = no.is_none();
    let (id, title) = (account.id, format!("A new secret for {}?", account.name));
    view! {
        <Card title="Secret" text="A new one for the same client ID, when the one before may be known to others.">
            <div class="form-actions">
                <Button icon=Glyph::Refresh opens=DIALOG disabled_reason=no>
                    "Make a new secret"
                </Button>
            </div>
        </Card>
        {may
            .then(|| {
                view! {
                    <ConfirmDialog id=DIALOG title confirm="Make a new secret" action>
                        <p>
                            "The present secret and all tokens it got end at once. The program stops until it has the new one."
                        </p>
                        <WhichAccount organization_id id />
                    </ConfirmDialog>
                }
            })}
    }
    .into_any()
}

#[component]
pub fn RenameCard(organization_id: OrganizationId, access: Role, account: ServiceAccount) -> impl IntoView {
    let form = Form::<RenameServiceAccount>::new();
    let no = why_not(Action::UpdateServiceAccounts, access);
    let readonly = no.is_some();
    view! {
        <Card title="Name">
            <PostForm form>
                <WhichAccount organization_id id=account.id />
                <Field
                    name="name"
                    label="Name"
                    required=true
                    readonly
                    maxlength=SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS
                    autocomplete="off"
                    value=form.typed("name").unwrap_or(account.name)
                    error=form.error(Input::ServiceAccountName)
                />
                <div class="form-actions">
                    <Submit variant=Variant::Secondary pending=form.pending() disabled_reason=no>
                        "Save name"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
pub fn EnabledCard(organization_id: OrganizationId, access: Role, account: ServiceAccount) -> impl IntoView {
    let no = why_not(Action::UpdateServiceAccounts, access);
    let (disable, enable) = (Form::<DisableServiceAccount>::new(), Form::<EnableServiceAccount>::new());
    let is_disabled = account.disabled_at_ms.is_some();
    let (text, label) = match is_disabled {
        true => ("It is refused. Enabled, it gets tokens again by its present secret.", "Enable"),
        false => ("Its tokens end at once and it gets none, until it is enabled again.", "Disable"),
    };
    let pending = if is_disabled { enable.pending() } else { disable.pending() };
    let inputs = move || {
        view! {
            <WhichAccount organization_id id=account.id />
            <div class="form-actions">
                <Submit variant=Variant::Secondary pending disabled_reason=no.clone()>
                    {label}
                </Submit>
            </div>
        }
        .into_any()
    };
    let form = match is_disabled {
        true => view! { <PostForm form=enable>{inputs()}</PostForm> }.into_any(),
        false => view! { <PostForm form=disable>{inputs()}</PostForm> }.into_any(),
    };
    view! {
        <Card title=label text>
            {form}
        </Card>
    }
    .into_any()
}

#[component]
pub fn DeleteCard(organization_id: OrganizationId, access: Role, account: ServiceAccount) -> impl IntoView {
    const DIALOG: &str = "delete-service-account";
    let action = Sending::to::<DeleteServiceAccount>();
    let no = why_not(Action::DeleteServiceAccounts, access);
    let ServiceAccount { id, name, .. } = account;
    let dialog = no.is_none().then(|| {
        view! {
            <ConfirmDialog
                id=DIALOG
                title=format!("Delete {name}?")
                confirm="Delete service account"
                typed=name
                action
            >
                <p>
                    "Its tokens end at once. It cannot be brought back; what it did stays in the audit log, under its name."
                </p>
                <WhichAccount organization_id id />
            </ConfirmDialog>
        }
    });
    view! {
        <Card title="Delete service account" text="Its roles end with it." danger=true>
            <div class="form-actions">
                <Button variant=Variant::Danger opens=DIALOG disabled_reason=no>
                    "Delete service account"
                </Button>
            </div>
        </Card>
        {dialog}
    }
    .into_any()
}
