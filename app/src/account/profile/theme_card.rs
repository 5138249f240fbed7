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
        if let Some(SetTheme { theme }) = form.action.input().get() {
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
