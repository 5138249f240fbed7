//! Every page and its address. Each page is a chunk of its own, loaded when it is first visited.

use crate::{
    account::{
        email::ConfirmEmailPage,
        password::PasswordPage,
        profile::ProfilePage,
        sessions::SessionsPage,
        tabs::AccountTabs,
        two_factor::{SetUpTwoFactorPage, TwoFactorPage},
    },
    errors::NotFoundPage,
    home::HomePage,
    notice::Changes,
    organizations::OrganizationPage,
    password_reset::{NewPasswordPage, PasswordResetPage},
    projects::ProjectPage,
    setup::SetUpPage,
    shell::{Shell, focus_main_after_navigation},
    sign_in::{SecondFactorPage, SignInPage},
    sign_up::{CompleteSignUpPage, SignUpPage},
    ui::{Toasts, provide_toasts},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_toasts();
    Changes::provide();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Conifer".into() } else { format!("{title} · Conifer") } />
        <Router>
            <Pages />
        </Router>
        <Toasts />
    }
}

/// The whole page is rendered before it is sent, so that it is complete without scripts.
const WHOLE: SsrMode = SsrMode::Async;

#[component]
fn Pages() -> impl IntoView {
    focus_main_after_navigation();
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/setup") view={Lazy::<SetUpPage>::new()} ssr=WHOLE />
            <Route path=path!("/sign-in") view={Lazy::<SignInPage>::new()} ssr=WHOLE />
            <Route path=path!("/sign-in/second-factor") view={Lazy::<SecondFactorPage>::new()} ssr=WHOLE />
            <Route path=path!("/sign-up") view={Lazy::<SignUpPage>::new()} ssr=WHOLE />
            <Route path=path!("/sign-up/complete") view={Lazy::<CompleteSignUpPage>::new()} ssr=WHOLE />
            <Route path=path!("/password-reset") view={Lazy::<PasswordResetPage>::new()} ssr=WHOLE />
            <Route path=path!("/password-reset/new") view={Lazy::<NewPasswordPage>::new()} ssr=WHOLE />
            <Route path=path!("/confirm-email") view={Lazy::<ConfirmEmailPage>::new()} ssr=WHOLE />
            <ParentRoute path=path!("") view={Lazy::<Shell>::new()} ssr=WHOLE>
                <Route path=path!("/") view={Lazy::<HomePage>::new()} ssr=WHOLE />
                <Route path=path!("/organizations/:organization_id") view={Lazy::<OrganizationPage>::new()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id") view={Lazy::<ProjectPage>::new()} ssr=WHOLE />
                <ParentRoute path=path!("/account") view={Lazy::<AccountTabs>::new()} ssr=WHOLE>
                    <Route path=path!("") view={Lazy::<ProfilePage>::new()} ssr=WHOLE />
                    <Route path=path!("/password") view={Lazy::<PasswordPage>::new()} ssr=WHOLE />
                    <Route path=path!("/two-factor") view={Lazy::<TwoFactorPage>::new()} ssr=WHOLE />
                    <Route path=path!("/two-factor/set-up") view={Lazy::<SetUpTwoFactorPage>::new()} ssr=WHOLE />
                    <Route path=path!("/sessions") view={Lazy::<SessionsPage>::new()} ssr=WHOLE />
                </ParentRoute>
            </ParentRoute>
        </Routes>
    }
}

/// Whether a page may be seen by somebody who is not signed in.
pub fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 5] = ["/setup", "/sign-in", "/sign-up", "/password-reset", "/confirm-email"];
    PUBLIC
        .iter()
        .any(|page| path == *page || path.strip_prefix(page).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn only_the_ways_in_are_public() {
        for path in ["/sign-in", "/sign-in/second-factor", "/setup", "/password-reset/new"] {
            assert!(is_public(path), "{path}");
        }
        for path in ["/", "/account", "/sign-inn", "/projects/x", ""] {
            assert!(!is_public(path), "{path}");
        }
    }
}
