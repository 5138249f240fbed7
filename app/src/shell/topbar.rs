//! The bar above a page: the way here, the palette and the person.

use super::{
    here::trail,
    overview::{Overview, part},
    user_menu::UserMenu,
};
use crate::{loaded::Loaded, palette::PaletteTrigger, ui::*};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

#[component]
pub fn Topbar(overview: Loaded<Overview>) -> impl IntoView {
    view! {
        <header class="topbar">
            <button class="topbar-menu" type="button" popovertarget="sidebar" aria-label="Open navigation">
                <Icon glyph=Glyph::Menu />
            </button>
            {part(overview, || (), move |overview| view! { <Trail overview /> })}
            <div class="topbar-end">
                <PaletteTrigger />
                {part(
                    overview,
                    || view! { <Avatar name="" /> },
                    |overview| view! { <UserMenu account=overview.account /> },
                )}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Trail(overview: Overview) -> impl IntoView {
    let path = use_location().pathname;
    let items = Signal::derive(move || {
        let crumb = |(name, address)| match address {
            Some(address) => Crumb::link(name, address),
            None => Crumb::here(name),
        };
        path.with(|path| trail(path, &overview)).into_iter().map(crumb).collect::<Vec<_>>()
    });
    view! { <Breadcrumbs items /> }
}
