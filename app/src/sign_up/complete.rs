//! … then, by the link that was mailed there, everything else.

use super::AccountFields;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, PostForm},
    links::{DeadLink, use_token},
    loaded::{Loaded, load, when_loaded_below_title},
    setup::OrganizationFields,
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The address that the link was mailed to, none when it is dead.
#[server(prefix = "/fn", endpoint = "sign-up/address")]
pub async fn sign_up_address(token: String) -> Result<Option<String>, Failure> {
    crate::links::alive(conifer_services::sign_up::check_link(&server::services()?, &token).await)
}

#[server(prefix = "/fn", endpoint = "sign-up/complete")]
pub async fn complete_sign_up(
    token: String,
    name: String,
    password: String,
    organization_name: String,
    project_name: String,
) -> Result<(), Failure> {
    use conifer_services::{sessions, sign_up};

    let (services, session, origin) = (server::services()?, server::session()?, server::visitor()?.origin);
    let founded =
        sign_up::complete(&services, &origin, &token, &name, &password, &organization_name, &project_name)
            .await?;
    sessions::begin(&services, &session, &origin, founded.verified()).await?;
    leptos_axum::redirect("/");
    Ok(())
}

pub struct CompleteSignUpPage {
    token: Memo<String>,
    address: Loaded<Option<String>>,
}

impl Page for CompleteSignUpPage {
    fn data() -> Self {
        let token = use_token();
        Self { token, address: load(move || SignUpAddress { token: token.get() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Sign up" />
            <AuthPage title="Make your account">
                {when_loaded_below_title(
                    this.address,
                    move |address| match address {
                        Some(email) => view! { <CompleteForm token=this.token.get_untracked() email /> }.into_any(),
                        None => view! { <DeadLink again="/sign-up" /> }.into_any(),
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn CompleteForm(token: String, email: String) -> impl IntoView {
    let form = Form::<CompleteSignUp>::new();
    view! {
        <PostForm form>
            <input type="hidden" name="token" value=token />
            <AccountFields form email />
            <OrganizationFields form />
            <div class="form-actions">
                <Submit pending=form.pending() wide=true>"Make the account"</Submit>
            </div>
        </PostForm>
    }
}
