//! The address, and the change of it that may be on its way.

use super::confirmation::UnconfirmedAddress;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    ui::*,
};
use conifer_domain::accounts::AccountDetails;
#[cfg(feature = "ssr")]
use conifer_domain::notices::Notice;
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "account/request-email-change")]
pub async fn request_email_change(email: String, current_password: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    conifer_services::accounts::request_email_change(&services, &origin, &current, &email, &current_password)
        .await?;
    server::done("/account", Notice::EmailConfirmationSent);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "account/cancel-email-change")]
pub async fn cancel_email_change() -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    conifer_services::accounts::cancel_email_change(&server::services()?, &origin, &current).await?;
    server::done("/account", Notice::EmailChangeCancelled);
    Ok(())
}

#[component]
pub fn EmailCard(details: AccountDetails) -> impl IntoView {
    let AccountDetails { account, pending_email, confirmed, .. } = details;
    view! {
        <Card title="E-mail address" text="You sign in with it, and mail about your account goes there.">
            <div class="stack">
                <Facts>
                    <Fact term="Current address">{account.email}</Fact>
                </Facts>
                {(!confirmed).then(|| view! { <UnconfirmedAddress /> })}
                {pending_email.map(|address| view! { <PendingChange address /> })}
                <ChangeForm />
            </div>
        </Card>
    }
}

#[component]
fn PendingChange(address: String) -> impl IntoView {
    let form = Form::<CancelEmailChange>::new();
    view! {
        <Alert kind=Kind::Info title="Waiting for confirmation">
            <p>
                "A mail went to " <strong>{address}</strong>
                ". The address changes when the link in it is opened and confirmed."
            </p>
            <PostForm form>
                <div class="form-actions">
                    <Submit variant=Variant::Secondary size=Size::Small pending=form.pending()>
                        "Call off the change"
                    </Submit>
                </div>
            </PostForm>
        </Alert>
    }
}

#[component]
fn ChangeForm() -> impl IntoView {
    let form = Form::<RequestEmailChange>::new();
    view! {
        <PostForm form>
            <Field
                name="email"
                label="New address"
                kind="email"
                autocomplete="email"
                required=true
                value=form.typed("email")
                error=form.error(Input::Email)
            />
            <PasswordField
                name="current_password"
                label="Current password"
                autocomplete="current-password"
                error=form.error(Input::CurrentPassword)
            />
            <div class="form-actions">
                <Submit pending=form.pending()>"Change address"</Submit>
            </div>
        </PostForm>
    }
}
