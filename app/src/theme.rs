//! Choosing a theme: kept with the account, and in a cookie for the pages before sign-in.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::theme::Theme;
use leptos::prelude::*;

/// The cookie that remembers the theme of this browser.
pub const COOKIE: &str = "conifer-theme";

#[server(prefix = "/fn", endpoint = "theme/set")]
pub async fn set_theme(theme: Theme) -> Result<(), Failure> {
    let visitor = server::visitor()?;
    let services = server::services()?;
    if let Some(current) = &visitor.current {
        conifer_services::accounts::set_theme(&services, current, theme).await?;
    }
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let secure = services.settings().public_url.starts_with("https:");
        let cookie = http::HeaderValue::from_str(&cookie(theme, secure))
            .map_err(|_| conifer_domain::Problem::Unexpected)?;
        response.append_header(http::header::SET_COOKIE, cookie);
    }
    Ok(())
}

#[cfg(feature = "ssr")]
fn cookie(theme: Theme, secure: bool) -> String {
    const AGE_MAX_S: u32 = 365 * 24 * 60 * 60;
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={theme}; Path=/; Max-Age={AGE_MAX_S}; HttpOnly; SameSite=Lax{secure}")
}

/// Repaints the open page.
pub fn show(theme: Theme) {
    #[cfg(feature = "hydrate")]
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-theme", theme.as_str());
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = theme;
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_secure_where_the_console_is() {
        assert_eq!(
            cookie(Theme::Dark, true),
            "conifer-theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"
        );
        assert!(!cookie(Theme::Dark, false).contains("Secure"));
    }
}
