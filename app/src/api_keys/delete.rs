//! Ending a key.

use super::{functions::DeleteKey, key_settings::WhichKey};
use crate::{calls::Sending, permitted::why_not, ui::*};
use conifer_domain::{
    api_keys::ApiKey,
    ids::ProjectId,
    permissions::{Action, Role},
};
use leptos::prelude::*;

const DIALOG: &str = "delete-key";

#[component]
pub fn DeleteCard(project_id: ProjectId, access: Role, key_shown: ApiKey) -> impl IntoView {
    let action = Sending::to::<DeleteKey>();
    let no = why_not(Action::DeleteApiKeys, access);
    let ApiKey { id, name, .. } = key_shown;
    let dialog = no.is_none().then(|| {
        view! {
            <ConfirmDialog id=DIALOG title=format!("Delete {name}?") confirm="Delete key" typed=name action>
                <p>"Programs that carry it are refused from their next request on. It cannot be brought back."</p>
                <WhichKey project_id id />
            </ConfirmDialog>
        }
    });
    view! {
        <Card title="Delete key" text="Whoever has it cannot use it any more." danger=true>
            <div class="form-actions">
                <Button variant=Variant::Danger opens=DIALOG disabled_reason=no>
                    "Delete key"
                </Button>
            </div>
        </Card>
        {dialog}
    }
    .into_any()
}
