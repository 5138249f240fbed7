//! The pages of the playground.

use crate::{indexes::IndexAddress, ui::*};
use leptos::prelude::*;

#[component]
pub fn Ways(place: IndexAddress) -> impl IntoView {
    view! {
        <Tabs label="Playground">
            <Tab href=place.page("playground") exact=true>
                "One query"
            </Tab>
            <Tab href=place.page("playground/queries")>"Saved queries"</Tab>
            <Tab href=place.page("playground/compare")>"Compare"</Tab>
        </Tabs>
    }
    .into_any()
}
