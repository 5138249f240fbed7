//! Making a key.

use super::{
    functions::CreateKey,
    rights::{ErrorAt, RightsInputs},
};
use crate::{
    form::{Form, Input, PostForm},
    ui::*,
};
use conifer_domain::{ids::ProjectId, limits::KEY_NAME_LENGTH_MAX_CHARS};
use leptos::prelude::*;

pub const DIALOG: &str = "create-key";

#[component]
pub fn CreateDialog(project_id: ProjectId) -> impl IntoView {
    let form = Form::<CreateKey>::new();
    let typed = form.typed("name").unwrap_or_default();
    let error: ErrorAt = Callback::new(move |field| form.error(field));
    view! {
        <Dialog id=DIALOG title="New API key" wide=true open=form.failed_at_first()>
            <PostForm form>
                <input type="hidden" name="project_id" value=project_id.to_string() />
                <Field
                    name="name"
                    id="key-name"
                    label="Name"
                    required=true
                    maxlength=KEY_NAME_LENGTH_MAX_CHARS
                    autocomplete="off"
                    value=typed
                    hint="Which program carries it. People see it; the program does not."
                    error=form.error(Input::KeyName)
                />
                <RightsInputs rights=None error />
                <DialogActions dialog=DIALOG>
                    <Submit pending=form.pending()>"Create key"</Submit>
                </DialogActions>
            </PostForm>
        </Dialog>
    }
    .into_any()
}
