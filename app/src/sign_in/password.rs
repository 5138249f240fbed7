//! The page that asks for e-mail and password.

use super::{House, LookAtHouse, NotSetUpYet, next::use_next};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, load, when_loaded_below_title},
    notice::DoneAlert,
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

#[server(prefix = "/fn", endpoint = "sign-in/password")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    use super::next::{safe_next, with_next};
    use conifer_services::{
        sessions,
        sign_in::{self, Verdict},
    };

    let (services, session, origin) = (server::services()?, server::session()?, server::visitor()?.origin);
    match sign_in::with_password(&services, &origin, &email, &password).await? {
        Verdict::SignedIn(verified) => {
            sessions::begin(&services, &session, &origin, verified).await?;
            leptos_axum::redirect(safe_next(&next));
        }
        Verdict::SecondFactor(half) => {
            sessions::await_second_factor(&services, &session, &origin, half).await?;
            leptos_axum::redirect(&with_next("/sign-in/second-factor", &next));
        }
    }
    Ok(())
}

pub struct SignInPage {
    next: Memo<String>,
    house: Loaded<House>,
}

impl Page for SignInPage {
    fn data() -> Self {
        let next = use_next();
        Self { next, house: load(move || LookAtHouse { next: next.get() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Sign in" />
            <AuthPage title="Sign in">
                <DoneAlert />
                {when_loaded_below_title(
                    this.house,
                    move |house| {
                        if house.founded {
                            view! { <SignInForm house next=this.next.get_untracked() /> }.into_any()
                        } else {
                            view! { <NotSetUpYet /> }.into_any()
                        }
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn SignInForm(house: House, next: String) -> impl IntoView {
    let form = Form::<SignIn>::new();
    view! {
        <PostForm form>
            <input type="hidden" name="next" value=next />
            <Field
                name="email"
                label="E-mail"
                kind="email"
                autocomplete="username"
                required=true
                value=form.typed("email")
                error=form.error(Input::Email)
            />
            <PasswordField
                name="password"
                label="Password"
                autocomplete="current-password"
                error=form.error(Input::Password)
            />
            <div class="form-actions">
                <Submit pending=form.pending() variant=Variant::Primary wide=true>
                    "Sign in"
                </Submit>
            </div>
        </PostForm>
        <div class="auth-foot spread">
            <A href="/password-reset">"Forgot your password?"</A>
            {house.sign_up_open.then(|| view! { <A href="/sign-up">"Make an account"</A> })}
        </div>
    }
}
