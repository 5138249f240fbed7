//! What the pages of the account share: their heading and the way between them.

use crate::{chunks::Page, ui::*};
use leptos::prelude::*;
use leptos_router::components::Outlet;

pub struct AccountTabs;

impl Page for AccountTabs {
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
            <div class="page-narrow">
                <Outlet />
            </div>
        }
        .into_any()
    }
}
