//! Where the link in the mail to a new address leads: opening it shows, pressing the button confirms.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, PostForm},
    loaded::{Loaded, load, when_loaded_alone},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The address that waits for this link's confirmation.
#[server(prefix = "/fn", endpoint = "account/check-email-link")]
pub async fn check_email_link(token: String) -> Result<String, Failure> {
    Ok(conifer_services::accounts::check_email_link(&server::services()?, &token).await?)
}

#[server(prefix = "/fn", endpoint = "account/confirm-email-change")]
pub async fn confirm_email_change(token: String) -> Result<(), Failure> {
    let visitor = server::visitor()?;
    conifer_services::accounts::confirm_email_change(&server::services()?, &visitor.origin, &token).await?;
    let next = if visitor.current.is_some() { "/account" } else { "/sign-in" };
    server::done(next, conifer_domain::notices::Notice::EmailChanged);
    Ok(())
}

pub struct ConfirmEmailPage {
    address: Loaded<String>,
}

impl Page for ConfirmEmailPage {
    fn data() -> Self {
        let query = use_query_map();
        let token = move || query.with(|query| query.get("token").unwrap_or_default());
        Self { address: load(move || CheckEmailLink { token: token() }) }
    }

    fn view(this: Self) -> AnyView {
        when_loaded_alone(this.address, |address| view! { <Confirm address /> }).into_any()
    }
}

#[component]
fn Confirm(address: String) -> impl IntoView {
    let form = Form::<ConfirmEmailChange>::new();
    let token = use_query_map().with_untracked(|query| query.get("token").unwrap_or_default());
    view! {
        <Title text="Confirm your new address" />
        <AuthPage
            title="Confirm your new address"
            text=format!("From now on you sign in as {address}, and mail about your account goes there.")
        >
            <PostForm form>
                <input type="hidden" name="token" value=token />
                <Submit wide=true pending=form.pending()>
                    "Confirm"
                </Submit>
            </PostForm>
        </AuthPage>
    }
}
