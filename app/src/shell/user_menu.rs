//! The person's own menu: account, theme, the way out.

use crate::{
    calls::{SendForm, Sending},
    sign_in::SignOut,
    theme::{self, SetTheme},
    ui::*,
};
use conifer_domain::{accounts::Account, theme::Theme};
use leptos::prelude::*;

#[component]
pub fn UserMenu(account: Account) -> impl IntoView {
    let sign_out = Sending::to::<SignOut>();
    let name = account.name.clone();
    view! {
        <Menu label="Your account" trigger=move || view! { <Avatar name=name.clone() /> }.into_any() align_end=true>
            <MenuWho name=account.name email=account.email />
            <MenuDivider />
            <MenuList>
                <MenuLink href="/account" icon=Glyph::User>
                    "Account"
                </MenuLink>
                <MenuLink href="/account/sessions" icon=Glyph::Device>
                    "Sessions"
                </MenuLink>
            </MenuList>
            <MenuDivider />
            <MenuList heading="Theme">
                {Theme::ALL.map(|theme| view! { <ThemeItem theme current=theme == account.theme /> }).collect_view()}
            </MenuList>
            <MenuDivider />
            <MenuList>
                <li>
                    <SendForm sending=sign_out>
                        <MenuSubmit icon=Glyph::SignOut>"Sign out"</MenuSubmit>
                    </SendForm>
                </li>
            </MenuList>
        </Menu>
    }
}

/// A form, so that it also works without a script; with one the page is repainted before the server has heard.
#[component]
fn ThemeItem(theme: Theme, current: bool) -> impl IntoView {
    let set = Sending::to::<SetTheme>();
    Effect::new(move || {
        if set.pending().get() {
            theme::show(theme);
        }
    });
    view! {
        <li>
            <SendForm sending=set>
                <input type="hidden" name="theme" value=theme.as_str() />
                <MenuSubmit icon=theme_glyph(theme)>
                    {theme.label()} {current.then(|| view! { <Icon glyph=Glyph::Check /> })}
                </MenuSubmit>
            </SendForm>
        </li>
    }
}

pub fn theme_glyph(theme: Theme) -> Glyph {
    match theme {
        Theme::System => Glyph::Monitor,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
        Theme::Contrast => Glyph::Contrast,
    }
}
