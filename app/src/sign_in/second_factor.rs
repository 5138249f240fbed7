//! The page that asks for the second factor.

use super::{
    SignOut,
    next::{use_next, with_next},
};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, load, when_loaded_below_title},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

/// Whether a right password waits here for its code.
#[server(prefix = "/fn", endpoint = "sign-in/waits-for-code")]
pub async fn waits_for_code(#[server(default)] next: String) -> Result<bool, Failure> {
    use super::next::safe_next;
    use conifer_services::sessions;

    if server::visitor()?.current.is_some() {
        leptos_axum::redirect(safe_next(&next));
    }
    Ok(sessions::awaiting_second_factor(&server::services()?, &server::session()?).await?.is_some())
}

#[server(prefix = "/fn", endpoint = "sign-in/code")]
pub async fn sign_in_with_code(code: String, #[server(default)] next: String) -> Result<(), Failure> {
    use super::next::safe_next;
    use conifer_domain::Problem;
    use conifer_services::{sessions, sign_in};

    let (services, session, origin) = (server::services()?, server::session()?, server::visitor()?.origin);
    let half = sessions::awaiting_second_factor(&services, &session).await?.ok_or(Problem::SignedOut)?;
    let verified = sign_in::with_code(&services, &origin, half, &code).await?;
    sessions::begin(&services, &session, &origin, verified).await?;
    leptos_axum::redirect(safe_next(&next));
    Ok(())
}

pub struct SecondFactorPage {
    next: Memo<String>,
    waits: Loaded<bool>,
}

impl Page for SecondFactorPage {
    fn data() -> Self {
        let next = use_next();
        Self { next, waits: load(move || WaitsForCode { next: next.get() }) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Two-factor sign-in" />
            <AuthPage title="Two-factor sign-in">
                {when_loaded_below_title(
                    this.waits,
                    move |waits| {
                        let next = this.next.get_untracked();
                        if waits {
                            view! { <CodeForm next /> }.into_any()
                        } else {
                            view! { <WaitedTooLong next /> }.into_any()
                        }
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn CodeForm(next: String) -> impl IntoView {
    let form = Form::<SignInWithCode>::new();
    let cancel = Form::<SignOut>::new();
    let query = use_query_map();
    let by_recovery_code =
        Memo::new(move |_| query.with(|query| query.get_str("by") == Some("recovery-code")));
    // What was wrong with one kind of code is not said of the other.
    Effect::new(move |before: Option<bool>| {
        let now = by_recovery_code.get();
        if before.is_some_and(|before| before != now) {
            form.sending().action.clear();
        }
        now
    });
    let error = form.error(Input::Code);
    let hidden_next = next.clone();
    view! {
        <PostForm form>
            <input type="hidden" name="next" value=hidden_next />
            {move || if by_recovery_code.get() {
                view! { <RecoveryCodeField error /> }.into_any()
            } else {
                view! {
                    <CodeField
                        name="code"
                        label="Code"
                        hint="The six digits that your authenticator app shows now."
                        error
                    />
                }.into_any()
            }}
            <div class="form-actions">
                <Submit pending=form.pending() variant=Variant::Primary wide=true>"Sign in"</Submit>
            </div>
        </PostForm>
        <div class="auth-foot spread">
            {move || other_way(by_recovery_code.get(), &next)}
            <PostForm form=cancel>
                <Submit pending=cancel.pending() variant=Variant::Ghost>"Cancel"</Submit>
            </PostForm>
        </div>
    }
}

#[component]
fn RecoveryCodeField(error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <Field
            name="code"
            label="Recovery code"
            hint="One of the codes you kept when you turned two-factor sign-in on. Each works once."
            autocomplete="off"
            mono=true
            required=true
            error
        />
    }
}

/// A link between the app's code and a recovery code, so that both work without scripts.
fn other_way(by_recovery_code: bool, next: &str) -> AnyView {
    let here = with_next("/sign-in/second-factor", next);
    if by_recovery_code {
        return view! { <A href=here>"Use a code from the app"</A> }.into_any();
    }
    let joint = if here.contains('?') { '&' } else { '?' };
    view! { <A href=format!("{here}{joint}by=recovery-code")>"Use a recovery code"</A> }.into_any()
}

#[component]
fn WaitedTooLong(next: String) -> impl IntoView {
    view! {
        <Alert kind=Kind::Info title="Start again">
            "No sign-in waits for a code here, or it waited too long."
        </Alert>
        <ButtonLink href=with_next("/sign-in", &next) variant=Variant::Primary>"Sign in"</ButtonLink>
    }
}
