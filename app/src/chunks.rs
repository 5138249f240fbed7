//! What travels together. The front end comes in a main part and a chunk for each group of pages that are
//! visited one after the other; a chunk is loaded with the first of its pages.
//!
//! A large page has a chunk of its own. What several chunks use arrives with each of them, and is kept but once.
//! A page's loading code belongs to its chunk, so `Page::data` runs there too.

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
    home::HomePage,
    imports::{ImportPage, ImportsPage, UploadPage},
    indexes::{IndexPage, IndexSettingsPage, IndexesPage, NewIndexPage},
    invites::{InvitationPage, InvitesPage},
    members::MembersPage,
    organizations::{NewOrganizationPage, OrganizationPage, OrganizationSettingsPage},
    password_reset::{NewPasswordPage, PasswordResetPage},
    playground::{ComparePage, PlaygroundPage, QueriesPage},
    projects::{ProjectPage, ProjectSettingsPage},
    records::{AddRecordsPage, LintPage, NamespacesPage, RecordPage, RecordsPage},
    service_accounts::{ServiceAccountPage, ServiceAccountsPage},
    setup::SetUpPage,
    shell::Shell,
    sign_in::{SecondFactorPage, SignInPage},
    sign_up::{CompleteSignUpPage, SignUpPage},
    usage::UsagePage,
};
use leptos::prelude::*;
use leptos_router::ChooseView;

/// A page, or the frame of several.
pub trait Page: Sized + 'static {
    /// What it starts to load.
    fn data() -> Self;
    /// What it shows.
    fn view(this: Self) -> AnyView;
}

/// A route's view: the page, once its chunk is there.
pub fn page<P: InChunk>() -> Screen {
    P::SCREEN
}

/// A page that travels in a chunk.
pub trait InChunk: Page {
    const SCREEN: Screen;
}

macro_rules! chunks {
    ($($name:ident $chunk:ident: $($page:ident),* $(,)?;)*) => {
        /// Which page of which chunk. One type for all routes: the router is compiled once for each type of view.
        #[derive(Clone, Copy)]
        pub enum Screen { $($name($chunk::Which)),* }

        impl ChooseView for Screen {
            async fn choose(self) -> AnyView {
                match self { $(Self::$name(which) => $chunk::render(which).await),* }
            }

            async fn preload(&self) {
                match self { $(Self::$name(_) => $chunk::preload().await),* }
            }
        }

        $(
            #[allow(clippy::enum_variant_names, reason = "they are named for their pages")]
            mod $chunk {
                use super::*;

                #[derive(Clone, Copy)]
                pub enum Which { $($page),* }

                #[lazy($chunk)]
                pub fn render(which: Which) -> AnyView {
                    match which { $(Which::$page => $page::view($page::data())),* }
                }

                pub async fn preload() {
                    #[cfg(feature = "hydrate")]
                    __preload_render().await;
                }

                $(impl InChunk for $page {
                    const SCREEN: Screen = Screen::$name(Which::$page);
                })*
            }
        )*
    };
}

chunks! {
    // By itself: it is what most people load first.
    SignIn sign_in: SignInPage;

    WaysIn ways_in:
        CompleteSignUpPage, ConfirmAddressPage, ConfirmEmailPage, InvitationPage, NewPasswordPage, PasswordResetPage,
        SecondFactorPage, SetUpPage, SignUpPage;

    // Around all pages of the console.
    Shell shell: Shell;

    Home home: HomePage, OrganizationPage, ProjectPage;

    // Of an organization or a project.
    Members members: MembersPage;

    Invites invites: InvitesPage;

    Audit audit: AuditPage;

    Settings settings: NewOrganizationPage, OrganizationSettingsPage, ProjectSettingsPage;

    // What everybody has, whatever they belong to.
    Account account: AccountTabs, PasswordPage, ProfilePage, SessionsPage, SetUpTwoFactorPage, TwoFactorPage;

    ApiReference api_reference: ApiReferencePage;

    ApiKeys api_keys: ApiKeysPage;

    ApiKey api_key: ApiKeyPage;

    ServiceAccounts service_accounts: ServiceAccountPage, ServiceAccountsPage;

    Indexes indexes: IndexesPage;

    Index index: IndexPage;

    NewIndex new_index: NewIndexPage;

    IndexSettings index_settings: IndexSettingsPage;

    Backups backups: BackupsPage;

    Records records: RecordsPage;

    Record record: RecordPage;

    AddRecords add_records: AddRecordsPage;

    Namespaces namespaces: NamespacesPage;

    Usage usage: UsagePage;

    Imports imports: ImportPage, ImportsPage;

    Upload upload: UploadPage;

    Lint lint: LintPage;

    Playground playground: PlaygroundPage;

    Compare compare: ComparePage;

    Queries queries: QueriesPage;
}
