//! Turning the second factor on: scan or type the secret, then prove it with a code.

#[cfg(feature = "ssr")]
use super::codes;
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, Input, PostForm},
    loaded::{Loaded, load, when_loaded},
    ui::*,
};
use conifer_domain::accounts::TwoFactorSetup;
use leptos::prelude::*;
use leptos_meta::Title;

/// The secret that waits in the session for its first code; nothing is in force before that.
#[server(prefix = "/fn", endpoint = "two-factor/start")]
pub async fn start_two_factor() -> Result<TwoFactorSetup, Failure> {
    let (current, _) = server::signed_in()?;
    Ok(conifer_services::two_factor::start(&server::services()?, &server::session()?, &current).await?)
}

#[server(prefix = "/fn", endpoint = "two-factor/confirm")]
pub async fn confirm_two_factor(current_password: String, code: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, session) = (server::services()?, server::session()?);
    let made = conifer_services::two_factor::confirm(
        &services,
        &origin,
        &session,
        &current,
        &current_password,
        &code,
    )
    .await?;
    codes::FRESH.keep(&services, &session, made).await?;
    server::done("/account/two-factor", conifer_domain::notices::Notice::TwoFactorOn);
    Ok(())
}

pub struct SetUpTwoFactorPage {
    setup: Loaded<TwoFactorSetup>,
}

impl Page for SetUpTwoFactorPage {
    fn data() -> Self {
        Self { setup: load(|| StartTwoFactor {}) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Set up two-factor" />
            {when_loaded(this.setup, |setup| view! { <SetUpCard setup /> })}
        }
        .into_any()
    }
}

#[component]
fn SetUpCard(setup: TwoFactorSetup) -> impl IntoView {
    let form = Form::<ConfirmTwoFactor>::new();
    let qr = qr_svg(&setup);
    let TwoFactorSetup { secret, link, .. } = setup;
    let readable = grouped(&secret);
    view! {
        <Card
            title="Set up two-factor sign-in"
            text="Scan this with an authenticator app, or type the secret into it. Then enter the code the app shows, and your password."
        >
            <div class="stack">
                <Qr svg=qr label="QR code for your authenticator app" />
                <Facts>
                    <Fact term="Secret">
                        <Code>{readable}</Code>
                        <CopyButton text=secret label="Copy secret" />
                    </Fact>
                    <Fact term="On this device">
                        <a href=link rel="external">
                            "Open in an authenticator app"
                        </a>
                    </Fact>
                </Facts>
                <PostForm form>
                    <CodeField error=form.error(Input::Code) />
                    <PasswordField
                        name="current_password"
                        label="Current password"
                        autocomplete="current-password"
                        error=form.error(Input::CurrentPassword)
                    />
                    <div class="form-actions">
                        <Submit pending=form.pending()>"Turn on"</Submit>
                        <ButtonLink href="/account/two-factor">"Cancel"</ButtonLink>
                    </div>
                </PostForm>
            </div>
        </Card>
    }
}

fn qr_svg(setup: &TwoFactorSetup) -> String {
    let TwoFactorSetup { qr_path, qr_size, .. } = setup;
    format!(
        r#"<svg viewBox="0 0 {qr_size} {qr_size}" shape-rendering="crispEdges"><path d="{qr_path}"/></svg>"#
    )
}

/// In groups of four, as people read and type it.
fn grouped(secret: &str) -> String {
    let chars: Vec<char> = secret.chars().collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_secret_is_read_in_fours() {
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
        assert_eq!(grouped(""), "");
    }
}
