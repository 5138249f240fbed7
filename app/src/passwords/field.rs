use super::judge::{advice, judge_password, score};
use crate::ui::*;
use conifer_domain::limits::PASSWORD_LENGTH_MIN_CHARS;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// So long must the typing pause before the server is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// The field for a new password, with its meter. A password must not lean on `person_name` and `email`:
/// others know them. For who is signed in the server knows both.
#[component]
pub fn NewPasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] error: MaybeProp<String>,
    #[prop(optional, into)] person_name: Signal<String>,
    #[prop(optional, into)] email: Signal<String>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let verdict = RwSignal::new(None);
    // False for an older text, and for a page that was left.
    let still_typed = move |password: &str| typed.try_get_untracked().is_some_and(|now| now == password);
    let ask = move |(password, name, email): (String, String, String)| {
        if !still_typed(&password) {
            return;
        }
        spawn_local(async move {
            let answer = judge_password(password.clone(), name, email).await.ok();
            if still_typed(&password) {
                verdict.set(answer);
            }
        });
    };
    // What was wrong with the password that was sent is not said of the next one.
    let edited = RwSignal::new(false);
    Effect::new(move || {
        _ = error.get();
        edited.set(false);
    });
    let type_on = move |text| {
        typed.set(text);
        edited.set(true);
    };
    let mut ask_after_pause = debounce(PAUSE, ask);
    Effect::new(move || {
        let password = typed.get();
        if password.is_empty() {
            verdict.set(None);
        } else {
            ask_after_pause((password, person_name.get(), email.get()));
        }
    });
    let hint = format!("{PASSWORD_LENGTH_MIN_CHARS} characters or more; a few unrelated words are best.");
    view! {
        <div class="stack-tight">
            <PasswordField
                name
                label
                autocomplete="new-password"
                hint=Signal::derive(move || verdict.get().is_none().then(|| hint.clone()))
                error=Signal::derive(move || error.get().filter(|_| !edited.get()))
                on_input=Callback::new(type_on)
            />
            <StrengthMeter
                score=Signal::derive(move || verdict.get().map(score))
                text=Signal::derive(move || verdict.get().map(advice).unwrap_or_default())
            />
        </div>
    }
}
