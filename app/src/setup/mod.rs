//! The first owner's way in: by the link on the server's console.

mod founding;
mod organization;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    links::use_token,
    loaded::{Loaded, load, when_loaded_below_title},
    ui::*,
};
use founding::FoundingForm;
use leptos::prelude::*;
use leptos_meta::Title;
pub use organization::OrganizationFields;
use serde::{Deserialize, Serialize};

/// What a set-up link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetUpLink {
    Usable,
    /// Replaced by a newer one, too old, or never ours.
    Dead,
    /// Conifer has its owner.
    NotNeeded,
}

#[server(prefix = "/fn", endpoint = "setup/link")]
pub async fn check_set_up_link(token: String) -> Result<SetUpLink, Failure> {
    use conifer_services::setup;

    let services = server::services()?;
    if setup::is_founded(&services).await? {
        return Ok(SetUpLink::NotNeeded);
    }
    let alive = crate::links::alive(setup::check_link(&services, &token).await)?;
    Ok(alive.map_or(SetUpLink::Dead, |()| SetUpLink::Usable))
}

pub struct SetUpPage {
    token: Memo<String>,
    link: Loaded<SetUpLink>,
}

impl Page for SetUpPage {
    fn data() -> Self {
        let token = use_token();
        Self { token, link: load(move || CheckSetUpLink { token: token.get() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Set up" />
            <AuthPage title="Set up Conifer">
                {when_loaded_below_title(
                    this.link,
                    move |link| match link {
                        SetUpLink::Usable => view! { <FoundingForm token=this.token.get_untracked() /> }.into_any(),
                        SetUpLink::Dead => view! { <NotInForce /> }.into_any(),
                        SetUpLink::NotNeeded => view! { <NotNeeded /> }.into_any(),
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn NotInForce() -> impl IntoView {
    view! {
        <Alert kind=Kind::Warning title="This link does not work">
            "The one that does is the last that the server printed on its console. Starting the server again \
             prints a fresh one."
        </Alert>
    }
}

#[component]
fn NotNeeded() -> impl IntoView {
    view! {
        <Alert kind=Kind::Info title="Conifer is set up already">
            "The link has done its work. Sign in, or ask an owner to invite you."
        </Alert>
        <ButtonLink href="/sign-in" variant=Variant::Primary>"Sign in"</ButtonLink>
    }
}
