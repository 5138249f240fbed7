//! What the pages of the account share: their heading and the way between them.

use crate::ui::*;
use leptos::prelude::*;
use leptos_router::{LazyRoute, components::Outlet, lazy_route};

pub struct AccountTabs;

#[lazy_route]
impl LazyRoute for AccountTabs {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <PageHeader title="Account" text="Who you are here, and how you get in." />
            <Tabs label="Account">
                <Tab href="/account" exact=true>
                    "Profile"
                </Tab>
                <Tab href="/account/password">"Password"</Tab>
                <Tab href="/account/two-factor">"Two-factor"</Tab>
                <Tab href="/account/sessions">"Sessions"</Tab>
            </Tabs>
            <Outlet />
        }
        .into_any()
    }
}
