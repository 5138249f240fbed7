//! Choosing a password: how strong it is shows while it is typed.

#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, ui::*};
use conifer_domain::{
    limits::{PASSWORD_LENGTH_ADVISED_CHARS, PASSWORD_LENGTH_MIN_CHARS},
    passwords::Strength,
};
use leptos::prelude::*;
use std::time::Duration;

/// Judged where the dictionary is; neither kept nor logged.
#[server(prefix = "/fn", endpoint = "passwords/judge")]
pub async fn judge_password(password: String) -> Result<Strength, Failure> {
    let account = server::visitor()?.current.map(|current| current.account);
    let hints =
        account.as_ref().map_or(vec![], |account| vec![account.name.as_str(), account.email.as_str()]);
    Ok(conifer_services::passwords::strength_of(&server::services()?, &password, &hints).await?)
}

/// So long must the typing pause before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// The field for a new password, with its meter.
#[component]
pub fn NewPasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] error: MaybeProp<String>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let judge = ServerAction::<JudgePassword>::new();
    Effect::new(move || {
        let password = typed.get();
        if password.is_empty() {
            return;
        }
        let ask = move || {
            judge.dispatch(JudgePassword { password: password.clone() });
        };
        let timer = set_timeout_with_handle(ask, PAUSE).ok();
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
        });
    });
    let verdict = Memo::new(move |_| {
        let is_typed = !typed.with(String::is_empty);
        judge.value().get().and_then(Result::ok).filter(|_| is_typed)
    });
    let hint = format!("{PASSWORD_LENGTH_MIN_CHARS} characters or more; a few unrelated words are best.");
    view! {
        <div class="stack-tight">
            <PasswordField
                name
                label
                autocomplete="new-password"
                hint
                error
                on_input=Callback::new(move |text| typed.set(text))
            />
            <StrengthMeter
                score=Signal::derive(move || verdict.get().map(|verdict| verdict.score))
                text=Signal::derive(move || verdict.get().map(advice).unwrap_or_default())
            />
        </div>
    }
}

/// What the meter says: the verdict, and how to do better.
fn advice(strength: Strength) -> String {
    match strength.label() {
        label if !strength.is_accepted() => format!("{label}. Use a few unrelated words."),
        label if !strength.advised_length => {
            format!("{label}. With {PASSWORD_LENGTH_ADVISED_CHARS} characters or more it is safer still.")
        }
        label => format!("{label}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_ends_when_there_is_nothing_to_better() {
        assert_eq!(advice(Strength::new(0, "short")), "Too short. Use a few unrelated words.");
        assert_eq!(
            advice(Strength::new(3, "nine.nine")),
            "Good. With 15 characters or more it is safer still."
        );
        assert_eq!(advice(Strength::new(4, "correct horse battery")), "Strong.");
    }
}
