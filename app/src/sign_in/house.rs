//! What somebody at the door needs to know.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, ui::*};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// Whether there is an owner; before that nobody can sign in.
    pub founded: bool,
    /// Whether anybody may make an account.
    pub sign_up_open: bool,
}

/// Sends who is signed in already on to `next`.
#[server(prefix = "/fn", endpoint = "sign-in/house")]
pub async fn look_at_house(#[server(default)] next: String) -> Result<House, Failure> {
    use conifer_services::{SignUp, setup};

    if server::visitor()?.current.is_some() {
        leptos_axum::redirect(super::next::safe_next(&next));
    }
    let services = server::services()?;
    Ok(House {
        founded: setup::is_founded(&services).await?,
        sign_up_open: services.settings().sign_up == SignUp::Open,
    })
}

/// Stands in for the ways in while there is nobody who could use them.
#[component]
pub fn NotSetUpYet() -> impl IntoView {
    view! {
        <Alert kind=Kind::Info title="Conifer is not set up yet">
            "Its first owner opens the one-time link that the server printed on its console when it started. \
             Starting it again prints a fresh one."
        </Alert>
    }
}
