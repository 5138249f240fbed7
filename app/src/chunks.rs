//! What travels together. The front end comes in a main part and a chunk for each group of pages that are
//! visited one after the other; a chunk is loaded with the first of its pages.
//!
//! Few and large chunks: what several chunks use becomes a file of its own for each set of its users, and
//! small files compress badly. A page's loading code belongs to its chunk, so `Page::data` runs there too.

use crate::{
    account::{
        email::{ConfirmAddressPage, ConfirmEmailPage},
        password::PasswordPage,
        profile::ProfilePage,
        sessions::SessionsPage,
        tabs::AccountTabs,
        two_factor::{SetUpTwoFactorPage, TwoFactorPage},
    },
    audit::AuditPage,
    home::HomePage,
    invites::{InvitationPage, InvitesPage},
    members::MembersPage,
    organizations::{NewOrganizationPage, OrganizationPage, OrganizationSettingsPage},
    password_reset::{NewPasswordPage, PasswordResetPage},
    projects::{ProjectPage, ProjectSettingsPage},
    setup::SetUpPage,
    shell::Shell,
    sign_in::{SecondFactorPage, SignInPage},
    sign_up::{CompleteSignUpPage, SignUpPage},
};
use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute};
use std::marker::PhantomData;

/// A page, or the frame of several.
pub trait Page: Sized + 'static {
    /// What it starts to load.
    fn data() -> Self;
    /// What it shows.
    fn view(this: Self) -> AnyView;
}

/// A route's view: the page, once its chunk is there.
pub fn page<P: Page>() -> Lazy<InChunk<P>>
where
    InChunk<P>: LazyRoute,
{
    Lazy::new()
}

/// A page that is loaded with its chunk.
pub struct InChunk<P>(PhantomData<fn() -> P>);

macro_rules! chunk {
    ($chunk:ident: $($page:ident),* $(,)?) => {
        #[allow(clippy::enum_variant_names, reason = "they are named for their pages")]
        mod $chunk {
            use super::*;

            #[derive(Clone, Copy)]
            pub enum Which { $($page),* }

            #[lazy($chunk)]
            pub fn render(which: Which) -> AnyView {
                match which { $(Which::$page => $page::view($page::data())),* }
            }

            $(impl LazyRoute for InChunk<$page> {
                fn data() -> Self {
                    Self(PhantomData)
                }

                async fn view(_this: Self) -> AnyView {
                    render(Which::$page).await
                }

                async fn preload() {
                    #[cfg(feature = "hydrate")]
                    __preload_render().await;
                }
            })*
        }
    };
}

// By itself: it is what most people load first.
chunk! { sign_in: SignInPage }

chunk! { ways_in:
    CompleteSignUpPage, ConfirmAddressPage, ConfirmEmailPage, InvitationPage, NewPasswordPage, PasswordResetPage, SecondFactorPage, SetUpPage, SignUpPage,
}

chunk! { console:
    Shell, HomePage, OrganizationPage, ProjectPage,
    AccountTabs, PasswordPage, ProfilePage, SessionsPage, SetUpTwoFactorPage, TwoFactorPage,
}

// Organizations, projects and the people in them.
chunk! { people:
    AuditPage, InvitesPage, MembersPage, NewOrganizationPage, OrganizationSettingsPage, ProjectSettingsPage,
}
