//! … then, by its link, a new password.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    links::{DeadLink, use_token},
    loaded::{Loaded, load, when_loaded_below_title},
    passwords::NewPasswordField,
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// Whether the link still works.
#[server(prefix = "/fn", endpoint = "password-reset/link")]
pub async fn check_password_reset_link(token: String) -> Result<bool, Failure> {
    let checked = conifer_services::passwords::check_reset_link(&server::services()?, &token).await;
    Ok(crate::links::alive(checked)?.is_some())
}

#[server(prefix = "/fn", endpoint = "password-reset/new")]
pub async fn reset_password(token: String, new_password: String) -> Result<(), Failure> {
    let (services, origin) = (server::services()?, server::visitor()?.origin);
    conifer_services::passwords::reset(&services, &origin, &token, &new_password).await?;
    server::done("/sign-in", conifer_domain::notices::Notice::PasswordReset);
    Ok(())
}

pub struct NewPasswordPage {
    token: Memo<String>,
    works: Loaded<bool>,
}

impl Page for NewPasswordPage {
    fn data() -> Self {
        let token = use_token();
        Self { token, works: load(move || CheckPasswordResetLink { token: token.get() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="New password" />
            <AuthPage title="Choose a new password">
                {when_loaded_below_title(
                    this.works,
                    move |works| {
                        if works {
                            view! { <ResetForm token=this.token.get_untracked() /> }.into_any()
                        } else {
                            view! { <DeadLink again="/password-reset" /> }.into_any()
                        }
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let form = Form::<ResetPassword>::new();
    view! {
        <p class="auth-text">"You are signed out everywhere, and sign in again with the new one."</p>
        <PostForm form>
            <input type="hidden" name="token" value=token />
            <NewPasswordField name="new_password" label="New password" error=form.error(Input::NewPassword) />
            <div class="form-actions">
                <Submit pending=form.pending() wide=true>"Change the password"</Submit>
            </div>
        </PostForm>
    }
}
