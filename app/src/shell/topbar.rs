//! The bar above a page: the way here, the palette and the person.

use super::{
    here::{Here, trail},
    overview::{Overview, part},
    user_menu::UserMenu,
};
use crate::{loaded::Loaded, palette::PaletteTrigger, ui::*};
use leptos::prelude::*;

#[component]
pub fn Topbar(overview: Loaded<Overview>) -> impl IntoView {
    let here = Here::track();
    view! {
        <header class="topbar">
            <button class="topbar-menu" type="button" popovertarget="sidebar" aria-label="Open navigation">
                <Icon glyph=Glyph::Menu />
            </button>
            {part(overview, || (), move |overview| view! { <Trail overview here /> })}
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
fn Trail(overview: Overview, here: Memo<Here>) -> impl IntoView {
    let items = Signal::derive(move || {
        let crumb = |(name, address)| match address {
            Some(address) => Crumb::link(name, address),
            None => Crumb::here(name),
        };
        trail(here.get(), &overview).into_iter().map(crumb).collect::<Vec<_>>()
    });
    view! { <Breadcrumbs items /> }
}
