//! Recovery codes, shown to the person they were made for until they say that they have kept them.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    form::{Form, PostForm},
    ui::*,
};
use conifer_domain::accounts::RecoveryCodes;
use leptos::prelude::*;

/// Where fresh codes wait in the session: also without scripts they must outlive the redirect after the
/// form, and they go with the session, or when their time is over.
#[cfg(feature = "ssr")]
const FRESH: &str = "fresh-recovery-codes";
#[cfg(feature = "ssr")]
const SHOWN_MAX_MS: i64 = 10 * conifer_domain::limits::MINUTE_MS;

/// Keeps codes just made for the page that the redirect leads to.
#[cfg(feature = "ssr")]
pub async fn show(
    services: &conifer_services::Services,
    session: &tower_sessions::Session,
    codes: RecoveryCodes,
) -> Result<(), Failure> {
    let until_ms = services.clock().now_ms() + SHOWN_MAX_MS;
    session.insert(FRESH, (until_ms, codes)).await.map_err(server::unexpected)
}

/// The codes that are still to be shown. Those whose time is over are forgotten.
#[cfg(feature = "ssr")]
pub async fn fresh(
    services: &conifer_services::Services,
    session: &tower_sessions::Session,
) -> Result<Option<RecoveryCodes>, Failure> {
    let kept = session.get::<(i64, RecoveryCodes)>(FRESH).await.map_err(server::unexpected)?;
    match kept {
        Some((until_ms, codes)) if services.clock().now_ms() < until_ms => Ok(Some(codes)),
        Some(_) => forget(session).await.map(|()| None),
        None => Ok(None),
    }
}

#[cfg(feature = "ssr")]
pub async fn forget(session: &tower_sessions::Session) -> Result<(), Failure> {
    session.remove_value(FRESH).await.map(|_| ()).map_err(server::unexpected)
}

#[server(prefix = "/fn", endpoint = "two-factor/keep-codes")]
pub async fn keep_recovery_codes() -> Result<(), Failure> {
    server::signed_in()?;
    forget(&server::session()?).await?;
    server::done("/account/two-factor", conifer_domain::notices::Notice::RecoveryCodesKept);
    Ok(())
}

#[component]
pub fn RecoveryCodesCard(codes: RecoveryCodes) -> impl IntoView {
    let form = Form::<KeepRecoveryCodes>::new();
    let lines = codes.0.join("\n");
    view! {
        <Card
            title="Your recovery codes"
            text="Each signs you in once when your phone is out of reach. Keep them where the phone is not: Conifer shows them only now."
        >
            <div class="stack">
                <CodeBlock text=lines.clone() label="Recovery codes" columns=true />
                <PostForm form>
                    <div class="form-actions">
                        <Submit pending=form.pending()>"I have kept them"</Submit>
                        <ButtonLink
                            href=download(&lines)
                            icon=Glyph::Download
                            attr:download="conifer-recovery-codes.txt"
                        >
                            "Download"
                        </ButtonLink>
                    </div>
                </PostForm>
            </div>
        </Card>
    }
}

/// A link whose target is the text itself: it works without a script and asks no server.
fn download(lines: &str) -> String {
    let escaped: String = lines
        .chars()
        .map(|char| match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => char.to_string(),
            other => other.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
        })
        .collect();
    format!("data:text/plain;charset=utf-8,{escaped}%0A")
}

#[cfg(test)]
mod tests {
    use super::download;

    #[test]
    fn the_download_holds_one_code_a_line() {
        assert_eq!(download("abcd-1234\nefgh"), "data:text/plain;charset=utf-8,abcd-1234%0Aefgh%0A");
    }
}
