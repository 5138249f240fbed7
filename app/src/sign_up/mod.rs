//! Making an account without an invitation, where that is allowed: first an address …

mod account_fields;
mod complete;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, load, when_loaded_below_title},
    mail::MailSent,
    notice::use_notice,
    sign_in::{House, LookAtHouse, NotSetUpYet},
    ui::*,
};
pub use account_fields::AccountFields;
pub use complete::CompleteSignUpPage;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

#[server(prefix = "/fn", endpoint = "sign-up/request")]
pub async fn request_sign_up(email: String) -> Result<(), Failure> {
    let (services, origin) = (server::services()?, server::visitor()?.origin);
    conifer_services::sign_up::request(&services, &origin, &email).await?;
    server::done("/sign-up", conifer_domain::notices::Notice::SignUpMailSent);
    Ok(())
}

pub struct SignUpPage {
    house: Loaded<House>,
}

impl Page for SignUpPage {
    fn data() -> Self {
        Self { house: load(|| LookAtHouse { next: String::new() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Sign up" />
            <AuthPage title="Make an account">
                {when_loaded_below_title(
                    this.house,
                    |house| match house {
                        House { founded: false, .. } => view! { <NotSetUpYet /> }.into_any(),
                        House { sign_up_open: false, .. } => view! { <ByInvitation /> }.into_any(),
                        House { .. } => view! { <SignUpSteps /> }.into_any(),
                    },
                )}
                <p class="auth-foot">"You have an account? " <A href="/sign-in">"Sign in"</A></p>
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn SignUpSteps() -> impl IntoView {
    let notice = use_notice();
    move || match notice.get() {
        Some(_) => view! { <MailSent again="/sign-up" /> }.into_any(),
        None => view! { <SignUpForm /> }.into_any(),
    }
}

#[component]
fn ByInvitation() -> impl IntoView {
    view! {
        <Alert kind=Kind::Info title="By invitation">
            "New accounts are made by invitation here. Ask an owner of your organization to invite you."
        </Alert>
    }
}

#[component]
fn SignUpForm() -> impl IntoView {
    let form = Form::<RequestSignUp>::new();
    view! {
        <p class="auth-text">"We mail you a link, to be sure that the address is yours."</p>
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
