use super::{Dialog, DialogActions, FormError, Submit, Variant, close_dialog};
use crate::calls::{SendForm, Sending};
use leptos::prelude::*;

/// Asks before something that cannot be undone. The children say what will happen and hold the hidden inputs
/// of the action; it closes when the action went well and shows what went wrong otherwise.
#[component]
pub fn ConfirmDialog(
    #[prop(into)] action: Sending,
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    /// The words on the button that does it.
    #[prop(into)]
    confirm: String,
    /// A name that must be typed first. It is sent as `confirm`, so that the server can check it too.
    #[prop(optional, into)]
    typed: Option<String>,
    children: Children,
) -> impl IntoView {
    let value = action.action.value();
    let failure = Signal::derive(move || value.get()?.err().map(|failure| failure.to_string()));
    let open = failure.get_untracked().is_some();
    let dialog = id.clone();
    Effect::new(move |_| {
        if value.get().is_some_and(|outcome| outcome.is_ok()) {
            close_dialog(&dialog);
        }
    });
    view! {
        <Dialog id=id.clone() title open>
            <SendForm sending=action>
                <FormError message=failure />
                {children()}
                {typed.map(|name| view! { <TypedName name id=id.clone() /> })}
                <DialogActions dialog=id.clone()>
                    <Submit variant=Variant::Danger pending=action.pending()>
                        {confirm}
                    </Submit>
                </DialogActions>
            </SendForm>
        </Dialog>
    }
}

/// Holds the form back until the name stands in it, by the browser's own validation.
#[component]
fn TypedName(name: String, id: String) -> impl IntoView {
    let id = format!("{id}-name");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                "Type "
                <strong class="as-typed">{name.clone()}</strong>
                " to confirm"
            </label>
            <div class="input-frame">
                <input
                    class="input confirm-name"
                    id=id
                    name="confirm"
                    required=true
                    pattern=exactly(&name)
                    title=format!("Type {name}")
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    autofocus=true
                />
            </div>
        </div>
    }
}

/// A pattern that only this text matches.
fn exactly(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for char in text.chars() {
        if r"^$\.*+?()[]{}|/".contains(char) {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::exactly;

    #[test]
    fn a_name_is_no_pattern() {
        assert_eq!(exactly("my-project"), "my-project");
        assert_eq!(exactly("a.b (c)"), r"a\.b \(c\)");
    }
}
