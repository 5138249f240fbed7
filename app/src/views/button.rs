use super::functions::BeginView;
use crate::{members::Place, ui::*};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Shows the console as somebody would see it. A plain form, as that which ends it.
#[component]
pub fn ViewButton(
    place: Place,
    /// The name of what the form sends: `user_id` or `key_id`.
    input: &'static str,
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    why_not: Option<String>,
) -> impl IntoView {
    view! {
        <form action=BeginView::PATH method="post">
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name=input value=id />
            <Submit variant=Variant::Secondary size=Size::Small icon=Glyph::Eye disabled_reason=why_not>
                "View as"
                <span class="visually-hidden">" " {name}</span>
            </Submit>
        </form>
    }
    .into_any()
}
