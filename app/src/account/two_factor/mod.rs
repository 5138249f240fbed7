//! The second factor: turned on with an app and its first right code, turned off with the password.

mod codes;
mod manage;
mod set_up;

pub use set_up::SetUpTwoFactorPage;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    loaded::{Loaded, load, when_loaded},
    ui::*,
};
use codes::RecoveryCodesCard;
use conifer_domain::accounts::RecoveryCodes;
use leptos::prelude::*;
use leptos_meta::Title;
use manage::ManageCards;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TwoFactorState {
    on: bool,
    recovery_codes_left: u32,
    /// Codes just made, until the person has kept them.
    fresh_codes: Option<RecoveryCodes>,
}

#[server(prefix = "/fn", endpoint = "two-factor/state")]
pub async fn fetch_two_factor() -> Result<TwoFactorState, Failure> {
    let (current, _) = server::signed_in()?;
    let services = server::services()?;
    let details = conifer_services::accounts::details(&services, &current).await?;
    let fresh_codes = codes::FRESH.kept(&services, &server::session()?).await?;
    Ok(TwoFactorState {
        on: details.account.two_factor,
        recovery_codes_left: details.recovery_codes_left,
        fresh_codes,
    })
}

pub struct TwoFactorPage {
    state: Loaded<TwoFactorState>,
}

impl Page for TwoFactorPage {
    fn data() -> Self {
        Self { state: load(|| FetchTwoFactor {}) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Two-factor" />
            {when_loaded(this.state, |state| view! { <State state /> })}
        }
        .into_any()
    }
}

#[component]
fn State(state: TwoFactorState) -> impl IntoView {
    let TwoFactorState { on, recovery_codes_left, fresh_codes } = state;
    view! {
        <div class="stack">
            {fresh_codes.map(|codes| view! { <RecoveryCodesCard codes /> })}
            {if on {
                view! { <ManageCards recovery_codes_left /> }.into_any()
            } else {
                view! { <OffCard /> }.into_any()
            }}
        </div>
    }
}

#[component]
fn OffCard() -> impl IntoView {
    view! {
        <Card
            title="Two-factor sign-in"
            text="With it on, signing in takes your password and a code from an app on your phone. A stolen password alone is then worth nothing."
        >
            <div class="spread">
                <Badge kind=Kind::Neutral>"Off"</Badge>
                <ButtonLink href="/account/two-factor/set-up" variant=Variant::Primary icon=Glyph::Shield>
                    "Set up"
                </ButtonLink>
            </div>
        </Card>
    }
}
