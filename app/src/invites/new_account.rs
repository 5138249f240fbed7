//! Accepting by somebody without an account.

#[cfg(feature = "ssr")]
use super::reading::place_of;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, PostForm},
    sign_up::AccountFields,
    ui::*,
};
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "invites/accept-as-new")]
pub async fn accept_as_new(token: String, name: String, password: String) -> Result<(), Failure> {
    use conifer_domain::notices::Notice;
    use conifer_services::{invites, sessions};

    let (services, session, origin) = (server::services()?, server::session()?, server::visitor()?.origin);
    let (accepted, verified) = invites::accept_as_new(&services, &origin, &token, &name, &password).await?;
    sessions::begin(&services, &session, &origin, verified).await?;
    server::done(&place_of(accepted).to_string(), Notice::Joined);
    Ok(())
}

#[component]
pub fn NewAccountForm(token: String, email: String) -> impl IntoView {
    let form = Form::<AcceptAsNew>::new();
    view! {
        <PostForm form>
            <input type="hidden" name="token" value=token />
            <AccountFields form email />
            <div class="form-actions">
                <Submit pending=form.pending() wide=true>
                    "Accept and make the account"
                </Submit>
            </div>
        </PostForm>
    }
    .into_any()
}
