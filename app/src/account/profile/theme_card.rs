//! Choosing the theme on the profile page.

use crate::{
    form::{Form, PostForm},
    theme::{self, SetTheme},
    ui::*,
};
use conifer_domain::theme::Theme;
use leptos::prelude::*;

#[component]
pub fn ThemeCard(theme: Theme) -> impl IntoView {
    let form = Form::<SetTheme>::new();
    // Painted as soon as it is asked for, before the server has heard.
    Effect::new(move || {
        let chosen = form.sending().last_sent("theme");
        if let Some(theme) = chosen.and_then(|theme| theme.parse().ok()) {
            theme::show(theme);
        }
    });
    view! {
        <Card title="Theme" text="How Conifer looks to you, on every device where you are signed in.">
            <PostForm form>
                <ThemePicker selected=theme />
                <div class="form-actions">
                    <Submit pending=form.pending()>"Save theme"</Submit>
                </div>
            </PostForm>
        </Card>
    }
}
