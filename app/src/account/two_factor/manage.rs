//! With the second factor on: new recovery codes, and turning it off.

#[cfg(feature = "ssr")]
use super::codes;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    ui::*,
};
#[cfg(feature = "ssr")]
use conifer_domain::notices::Notice;
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "two-factor/new-codes")]
pub async fn new_recovery_codes(current_password: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let made =
        conifer_services::two_factor::new_recovery_codes(&services, &origin, &current, &current_password)
            .await?;
    codes::FRESH.keep(&services, &server::session()?, made).await?;
    server::done("/account/two-factor", Notice::RecoveryCodesMade);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "two-factor/turn-off")]
pub async fn turn_two_factor_off(current_password: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    conifer_services::two_factor::turn_off(&services, &origin, &current, &current_password).await?;
    codes::FRESH.forget(&server::session()?).await?;
    server::done("/account/two-factor", Notice::TwoFactorOff);
    Ok(())
}

#[component]
pub fn ManageCards(recovery_codes_left: u32) -> impl IntoView {
    view! {
        <Card title="Two-factor sign-in" text="Signing in takes your password and a code from your app.">
            <Facts>
                <Fact term="State">
                    <Badge kind=Kind::Success>"On"</Badge>
                </Fact>
                <Fact term="Recovery codes left">{recovery_codes_left}</Fact>
            </Facts>
        </Card>
        <NewCodesCard />
        <TurnOffCard />
    }
}

#[component]
fn NewCodesCard() -> impl IntoView {
    let form = Form::<NewRecoveryCodes>::new();
    view! {
        <Card title="New recovery codes" text="They take the place of all earlier ones.">
            <PostForm form>
                <PasswordField
                    id="new-codes-password"
                    name="current_password"
                    label="Current password"
                    autocomplete="current-password"
                    error=form.error(Input::CurrentPassword)
                />
                <div class="form-actions">
                    <Submit variant=Variant::Secondary pending=form.pending()>
                        "Make new codes"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
}

#[component]
fn TurnOffCard() -> impl IntoView {
    let form = Form::<TurnTwoFactorOff>::new();
    view! {
        <Card
            danger=true
            title="Turn two-factor sign-in off"
            text="From then on the password alone signs you in. Your recovery codes are deleted."
        >
            <PostForm form>
                <PasswordField
                    id="turn-off-password"
                    name="current_password"
                    label="Current password"
                    autocomplete="current-password"
                    error=form.error(Input::CurrentPassword)
                />
                <div class="form-actions">
                    <Submit variant=Variant::Danger pending=form.pending()>
                        "Turn off"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
}
