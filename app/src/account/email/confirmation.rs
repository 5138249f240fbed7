//! An address that no mailed link has proven yet, and proving it.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    account::load_details,
    chunks::Page,
    form::{Form, PostForm},
    links::use_token,
    loaded::{Loaded, when_loaded_alone},
    ui::*,
};
use conifer_domain::accounts::AccountDetails;
#[cfg(feature = "ssr")]
use conifer_domain::notices::Notice;
#[cfg(feature = "ssr")]
use conifer_services::accounts;
use leptos::prelude::*;
use leptos_meta::Title;

#[server(prefix = "/fn", endpoint = "account/request-confirmation")]
pub async fn request_confirmation() -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    accounts::request_confirmation(&server::services()?, &origin, &current).await?;
    server::done("/account", Notice::AddressConfirmationSent);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "account/confirm-address")]
pub async fn confirm_address(token: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    accounts::confirm_address(&server::services()?, &origin, &current, &token).await?;
    server::done("/account", Notice::AddressConfirmed);
    Ok(())
}

/// Stands on the account page until the address is proven.
#[component]
pub fn UnconfirmedAddress() -> impl IntoView {
    let form = Form::<RequestConfirmation>::new();
    view! {
        <Alert kind=Kind::Warning title="Your address is not confirmed">
            <p>
                "Your account was made with a copied link, so nobody knows yet that this address is yours. \
                 Until a mailed link confirms it, the account counts only in the organization that invited you."
            </p>
            <PostForm form>
                <div class="form-actions">
                    <Submit variant=Variant::Secondary size=Size::Small pending=form.pending()>
                        "Mail the link"
                    </Submit>
                </div>
            </PostForm>
        </Alert>
    }
    .into_any()
}

/// Where the mailed link leads: opening it shows, pressing the button confirms.
pub struct ConfirmAddressPage {
    details: Loaded<AccountDetails>,
}

impl Page for ConfirmAddressPage {
    fn data() -> Self {
        Self { details: load_details() }
    }

    fn view(this: Self) -> AnyView {
        when_loaded_alone(this.details, |details| view! { <Confirm email=details.account.email /> })
            .into_any()
    }
}

#[component]
fn Confirm(email: String) -> impl IntoView {
    let form = Form::<ConfirmAddress>::new();
    let token = use_token().get_untracked();
    view! {
        <Title text="Confirm your address" />
        <AuthPage
            title="Confirm your address"
            text=format!("You are signed in as {email}. Confirming proves that this address is yours.")
        >
            <PostForm form>
                <input type="hidden" name="token" value=token />
                <Submit wide=true pending=form.pending()>
                    "Confirm"
                </Submit>
            </PostForm>
        </AuthPage>
    }
    .into_any()
}
