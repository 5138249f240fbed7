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

/// Codes just made, until the person has kept them.
#[cfg(feature = "ssr")]
pub const FRESH: server::Fresh<RecoveryCodes> = server::Fresh::new("fresh-recovery-codes");

#[server(prefix = "/fn", endpoint = "two-factor/keep-codes")]
pub async fn keep_recovery_codes() -> Result<(), Failure> {
    server::signed_in()?;
    FRESH.forget(&server::session()?).await?;
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
