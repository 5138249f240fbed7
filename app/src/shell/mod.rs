//! What stands around every page of somebody who is signed in.

mod focus;
mod here;
mod overview;
mod rooms;
mod sidebar;
mod switcher;
mod topbar;
mod user_menu;

pub use focus::focus_main_after_navigation;
pub use here::Here;
#[cfg(test)]
pub use here::tests::overview as example_overview;
pub use overview::{Overview, part, use_overview};
pub use rooms::{Rooms, rooms};
pub use user_menu::theme_glyph;

use crate::{
    chunks::Page, loaded::Loaded, notice::DoneToast, palette::Palette, theme, ui::Toasts, views::ViewBanner,
};
use conifer_domain::theme::Theme;
use leptos::prelude::*;
use leptos_router::components::Outlet;

pub struct Shell {
    overview: Loaded<Overview>,
}

impl Page for Shell {
    fn data() -> Self {
        Self { overview: overview::load_overview() }
    }

    fn view(this: Self) -> AnyView {
        let overview = this.overview;
        provide_context(overview);
        show_own_theme(overview);
        view! {
            // The router would only scroll; the browser also moves the focus.
            <a class="skip-link" href="#main" rel="external">
                "Skip to content"
            </a>
            <div class="shell">
                <sidebar::Sidebar overview />
                <div class="shell-body">
                    <topbar::Topbar overview />
                    {part(overview, || (), |overview| overview.viewed.map(|viewed| view! { <ViewBanner viewed /> }))}
                    <main class="main" id="main" tabindex="-1">
                        <div class="page">
                            <DoneToast />
                            <Outlet />
                        </div>
                    </main>
                </div>
            </div>
            <Palette overview />
            <Toasts />
        }
        .into_any()
    }
}

/// Whoever signs in without a new page load sees their own theme at once.
fn show_own_theme(overview: Loaded<Overview>) {
    Effect::new(move |before: Option<Option<Theme>>| {
        let own = overview.get().and_then(Result::ok).map(|overview| overview.account.theme);
        if let Some(own) = own.filter(|own| before.flatten() != Some(*own)) {
            theme::show(own);
        }
        own.or(before.flatten())
    });
}
