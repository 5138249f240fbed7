use super::{Alert, Kind};
use leptos::prelude::*;

/// What went wrong with a form as a whole, at its top.
#[component]
pub fn FormError(#[prop(into)] message: MaybeProp<String>) -> impl IntoView {
    move || {
        message.get().map(|text| {
            view! {
                <Alert kind=Kind::Danger role="alert">
                    {text}
                </Alert>
            }
        })
    }
}
