//! Every page and its address.

use crate::{
    account::{
        email::{ConfirmAddressPage, ConfirmEmailPage},
        password::PasswordPage,
        profile::ProfilePage,
        sessions::SessionsPage,
        tabs::AccountTabs,
        two_factor::{SetUpTwoFactorPage, TwoFactorPage},
    },
    api_keys::{ApiKeyPage, ApiKeysPage},
    api_reference::ApiReferencePage,
    audit::AuditPage,
    backups::BackupsPage,
    chunks::page,
    errors::NotFoundPage,
    home::HomePage,
    imports::{ImportPage, ImportsPage, UploadPage},
    indexes::{IndexPage, IndexSettingsPage, IndexesPage, NewIndexPage},
    invites::{InvitationPage, InvitesPage},
    members::MembersPage,
    notice::Changes,
    organizations::{NewOrganizationPage, OrganizationPage, OrganizationSettingsPage},
    password_reset::{NewPasswordPage, PasswordResetPage},
    playground::{ComparePage, PlaygroundPage, QueriesPage},
    projects::{ProjectPage, ProjectSettingsPage},
    records::{AddRecordsPage, LintPage, NamespacesPage, RecordPage, RecordsPage},
    service_accounts::{ServiceAccountPage, ServiceAccountsPage},
    setup::SetUpPage,
    shell::{Shell, focus_main_after_navigation},
    sign_in::{SecondFactorPage, SignInPage},
    sign_up::{CompleteSignUpPage, SignUpPage},
    ui::provide_toasts,
    usage::UsagePage,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_toasts();
    Changes::provide();
    view! {
        <Title formatter=in_title_bar />
        <Router>
            <Pages />
        </Router>
    }
}

/// A page's title may hold a name that somebody chose. In the browser it is text; on the server it becomes
/// markup, and what renders it does not escape.
fn in_title_bar(title: String) -> String {
    let title = if title.is_empty() { "Conifer".into() } else { format!("{title} · Conifer") };
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

/// The whole page is rendered before it is sent, so that it is complete without scripts.
const WHOLE: SsrMode = SsrMode::Async;

#[component]
fn Pages() -> impl IntoView {
    focus_main_after_navigation();
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/setup") view={page::<SetUpPage>()} ssr=WHOLE />
            <Route path=path!("/sign-in") view={page::<SignInPage>()} ssr=WHOLE />
            <Route path=path!("/sign-in/second-factor") view={page::<SecondFactorPage>()} ssr=WHOLE />
            <Route path=path!("/sign-up") view={page::<SignUpPage>()} ssr=WHOLE />
            <Route path=path!("/sign-up/complete") view={page::<CompleteSignUpPage>()} ssr=WHOLE />
            <Route path=path!("/password-reset") view={page::<PasswordResetPage>()} ssr=WHOLE />
            <Route path=path!("/password-reset/new") view={page::<NewPasswordPage>()} ssr=WHOLE />
            <Route path=path!("/confirm-email") view={page::<ConfirmEmailPage>()} ssr=WHOLE />
            <Route path=path!("/confirm-address") view={page::<ConfirmAddressPage>()} ssr=WHOLE />
            <Route path=path!("/invite") view={page::<InvitationPage>()} ssr=WHOLE />
            <ParentRoute path=path!("") view={page::<Shell>()} ssr=WHOLE>
                <Route path=path!("/") view={page::<HomePage>()} ssr=WHOLE />
                <Route path=path!("/api-reference") view={page::<ApiReferencePage>()} ssr=WHOLE />
                <Route path=path!("/organizations/new") view={page::<NewOrganizationPage>()} ssr=WHOLE />
                <Route path=path!("/organizations/:organization_id") view={page::<OrganizationPage>()} ssr=WHOLE />
                <Route path=path!("/organizations/:organization_id/audit") view={page::<AuditPage>()} ssr=WHOLE />
                <Route path=path!("/organizations/:organization_id/members") view={page::<MembersPage>()} ssr=WHOLE />
                <Route path=path!("/organizations/:organization_id/invites") view={page::<InvitesPage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/invites") view={page::<InvitesPage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/members") view={page::<MembersPage>()} ssr=WHOLE />
                <Route
                    path=path!("/organizations/:organization_id/settings")
                    view={page::<OrganizationSettingsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/organizations/:organization_id/service-accounts")
                    view={page::<ServiceAccountsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/organizations/:organization_id/service-accounts/:account_id")
                    view={page::<ServiceAccountPage>()}
                    ssr=WHOLE
                />
                <Route path=path!("/organizations/:organization_id/usage") view={page::<UsagePage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/usage") view={page::<UsagePage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id") view={page::<ProjectPage>()} ssr=WHOLE />
                    <Route path=path!("/projects/:project_id/api-keys") view={page::<ApiKeysPage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/api-keys/:key_id") view={page::<ApiKeyPage>()} ssr=WHOLE />
                    <Route path=path!("/projects/:project_id/indexes") view={page::<IndexesPage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/indexes/new") view={page::<NewIndexPage>()} ssr=WHOLE />
                <Route path=path!("/projects/:project_id/indexes/:index_id") view={page::<IndexPage>()} ssr=WHOLE />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/records")
                    view={page::<RecordsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/records/new")
                    view={page::<AddRecordsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/record")
                    view={page::<RecordPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/imports")
                    view={page::<ImportsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/imports/file")
                    view={page::<UploadPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/imports/one")
                    view={page::<ImportPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/lint")
                    view={page::<LintPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/namespaces")
                    view={page::<NamespacesPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/playground")
                    view={page::<PlaygroundPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/playground/queries")
                    view={page::<QueriesPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/playground/compare")
                    view={page::<ComparePage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/backups")
                    view={page::<BackupsPage>()}
                    ssr=WHOLE
                />
                <Route
                    path=path!("/projects/:project_id/indexes/:index_id/settings")
                    view={page::<IndexSettingsPage>()}
                    ssr=WHOLE
                />
                    <Route path=path!("/projects/:project_id/settings") view={page::<ProjectSettingsPage>()} ssr=WHOLE />
                <ParentRoute path=path!("/account") view={page::<AccountTabs>()} ssr=WHOLE>
                    <Route path=path!("") view={page::<ProfilePage>()} ssr=WHOLE />
                    <Route path=path!("/password") view={page::<PasswordPage>()} ssr=WHOLE />
                    <Route path=path!("/two-factor") view={page::<TwoFactorPage>()} ssr=WHOLE />
                    <Route path=path!("/two-factor/set-up") view={page::<SetUpTwoFactorPage>()} ssr=WHOLE />
                    <Route path=path!("/sessions") view={page::<SessionsPage>()} ssr=WHOLE />
                </ParentRoute>
            </ParentRoute>
        </Routes>
    }
}

/// Whether a page may be seen by somebody who is not signed in.
pub fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 6] =
        ["/setup", "/sign-in", "/sign-up", "/password-reset", "/confirm-email", "/invite"];
    PUBLIC
        .iter()
        .any(|page| path == *page || path.strip_prefix(page).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "ssr")]
    use super::in_title_bar;
    use super::is_public;

    #[test]
    fn only_the_ways_in_are_public() {
        for path in ["/sign-in", "/sign-in/second-factor", "/setup", "/password-reset/new", "/invite"] {
            assert!(is_public(path), "{path}");
        }
        for path in ["/", "/account", "/sign-inn", "/confirm-address", "/projects/x", ""] {
            assert!(!is_public(path), "{path}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_title_cannot_end_its_element() {
        assert_eq!(in_title_bar("R&D</title><meta>".into()), "R&amp;D&lt;/title>&lt;meta> · Conifer");
        assert_eq!(in_title_bar(String::new()), "Conifer");
    }
}
