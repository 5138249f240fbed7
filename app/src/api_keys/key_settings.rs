//! Changing a key.

use super::{
    days,
    functions::{RenameKey, RotateKey, SetKeyRights},
    rights::{ErrorAt, RightsInputs},
};
use crate::{
    form::{Form, Input, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    api_keys::ApiKey,
    ids::{ApiKeyId, ProjectId},
    limits::KEY_NAME_LENGTH_MAX_CHARS,
    permissions::{Action, Role},
};
use leptos::prelude::*;

/// Which key a form is about.
#[component]
pub fn WhichKey(project_id: ProjectId, id: ApiKeyId) -> impl IntoView {
    view! {
        <input type="hidden" name="project_id" value=project_id.to_string() />
        <input type="hidden" name="key_id" value=id.to_string() />
    }
}

#[component]
pub fn RightsCard(project_id: ProjectId, access: Role, key_shown: ApiKey) -> impl IntoView {
    let form = Form::<SetKeyRights>::new();
    let error: ErrorAt = Callback::new(move |field| form.error(field));
    let no = why_not(Action::UpdateApiKeys, access);
    let readonly = no.is_some();
    view! {
        <Card title="Rights" text="What is taken away is gone with the next request of the program.">
            <PostForm form>
                <WhichKey project_id id=key_shown.id />
                <RightsInputs rights=Some(key_shown.rights) error readonly />
                <div class="form-actions">
                    <Submit pending=form.pending() disabled_reason=no>
                        "Save rights"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
pub fn RotateCard(project_id: ProjectId, access: Role, key_shown: ApiKey) -> impl IntoView {
    let form = Form::<RotateKey>::new();
    let no = why_not(Action::UpdateApiKeys, access);
    view! {
        <Card
            title="Rotate"
            text="A new secret for the same key. For a while both can count, so that no program stops while it changes over."
        >
            <PostForm form>
                <WhichKey project_id id=key_shown.id />
                <Select
                    name="overlap_h"
                    label="The present secret counts"
                    options=days::overlaps()
                    selected="24"
                    error=form.error(Input::KeyOverlap)
                />
                <div class="form-actions">
                    <Submit
                        variant=Variant::Secondary
                        icon=Glyph::Refresh
                        pending=form.pending()
                        disabled_reason=no
                    >
                        "Make a new secret"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

#[component]
pub fn RenameCard(project_id: ProjectId, access: Role, key_shown: ApiKey) -> impl IntoView {
    let form = Form::<RenameKey>::new();
    let no = why_not(Action::UpdateApiKeys, access);
    let readonly = no.is_some();
    view! {
        <Card title="Name">
            <PostForm form>
                <WhichKey project_id id=key_shown.id />
                <Field
                    name="name"
                    label="Name"
                    required=true
                    readonly
                    maxlength=KEY_NAME_LENGTH_MAX_CHARS
                    autocomplete="off"
                    value=key_shown.name
                    error=form.error(Input::KeyName)
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
