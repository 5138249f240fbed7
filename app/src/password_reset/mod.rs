//! The way back in when a password is forgotten: first a mail …

mod new;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    mail::MailSent,
    notice::use_notice,
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
pub use new::NewPasswordPage;

#[server(prefix = "/fn", endpoint = "password-reset/request")]
pub async fn request_password_reset(email: String) -> Result<(), Failure> {
    let (services, origin) = (server::services()?, server::visitor()?.origin);
    conifer_services::passwords::request_reset(&services, &origin, &email).await?;
    server::done("/password-reset", conifer_domain::notices::Notice::ResetMailSent);
    Ok(())
}

pub struct PasswordResetPage;

impl Page for PasswordResetPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let notice = use_notice();
        view! {
            <Title text="Reset your password" />
            <AuthPage title="Reset your password">
                {move || match notice.get() {
                    Some(_) => view! { <MailSent again="/password-reset" /> }.into_any(),
                    None => view! { <AskForm /> }.into_any(),
                }}
                <p class="auth-foot">"Remembered it? " <A href="/sign-in">"Sign in"</A></p>
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn AskForm() -> impl IntoView {
    let form = Form::<RequestPasswordReset>::new();
    view! {
        <p class="auth-text">"We mail you a link to choose a new one. It works for an hour."</p>
        <PostForm form>
            <Field
                name="email"
                label="E-mail"
                kind="email"
                autocomplete="username"
                required=true
                value=form.typed("email")
                error=form.error(Input::Email)
            />
            <div class="form-actions">
                <Submit pending=form.pending() wide=true>"Send the link"</Submit>
            </div>
        </PostForm>
    }
}
