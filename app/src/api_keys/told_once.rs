//! What is told once: a secret that nobody can show again.

use crate::{
    form::{Inner, PostForm},
    ui::*,
};
use leptos::{html, prelude::*};

/// Secrets to copy, with programs that have them in already. The focus goes there.
#[component]
pub fn ToldOnce(
    title: &'static str,
    text: String,
    /// Each with its name.
    told: Vec<(&'static str, String)>,
    /// Each with its language.
    programs: Vec<(&'static str, String)>,
    /// What hides it.
    #[prop(into)]
    form: Inner,
    /// The form's hidden inputs.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            _ = node.focus();
        }
    });
    let program = |(language, text): (&'static str, String)| {
        view! {
            <details class="key-program">
                <summary>{language}</summary>
                <CodeBlock text label=format!("{language} program") />
            </details>
        }
    };
    let is_one = told.len() == 1;
    let block = move |(label, text): (&'static str, String)| {
        view! {
            <div>
                {(!is_one).then(|| view! { <p class="muted">{label}</p> })} <CodeBlock text label />
            </div>
        }
    };
    view! {
        <div class="key-secret" tabindex="-1" node_ref=node>
            <Card title text>
                <div class="stack">
                    {told.into_iter().map(block).collect_view()}
                    <div>
                        <p class="muted">"Ready to paste, with the address and the secret:"</p>
                        {programs.into_iter().map(program).collect_view()}
                    </div>
                    <PostForm form>
                        {children()}
                        <div class="form-actions">
                            <Submit variant=Variant::Secondary pending=form.pending()>
                                "I have it"
                            </Submit>
                        </div>
                    </PostForm>
                </div>
            </Card>
        </div>
    }
    .into_any()
}
