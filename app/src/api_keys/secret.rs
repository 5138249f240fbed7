//! A secret, shown to the one who made it until they have it.

use super::{functions::ForgetSecret, snippets::snippets};
#[cfg(feature = "ssr")]
use crate::server::Fresh;
use crate::{
    form::{Form, PostForm},
    ui::*,
};
use conifer_domain::ids::{ApiKeyId, ProjectId};
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FreshSecret {
    pub project_id: ProjectId,
    pub key_id: ApiKeyId,
    pub name: String,
    pub secret: String,
    /// Where programs reach the API.
    pub api_url: String,
}

#[cfg(feature = "ssr")]
pub const FRESH: Fresh<FreshSecret> = Fresh::new("fresh-api-key");

#[component]
pub fn SecretCard(fresh: FreshSecret) -> impl IntoView {
    let form = Form::<ForgetSecret>::new();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            _ = node.focus();
        }
    });
    let FreshSecret { project_id, key_id, name, secret, api_url } = fresh;
    let snippet = |(language, text): (&'static str, String)| {
        view! {
            <details class="key-program">
                <summary>{language}</summary>
                <CodeBlock text label=format!("{language} program") />
            </details>
        }
    };
    view! {
        <div class="key-secret" tabindex="-1" node_ref=node>
            <Card
                title="Your new API key"
                text=format!("For {name}. Copy it now: nobody can show it again, only its hash is kept.")
            >
                <div class="stack">
                    <CodeBlock text=secret.clone() label="API key" />
                    <div>
                        <p class="muted">"Ready to paste, with the address and the key:"</p>
                        {snippets(&api_url, &secret).map(snippet).collect_view()}
                    </div>
                    <PostForm form>
                        <input type="hidden" name="project_id" value=project_id.to_string() />
                        <input type="hidden" name="key_id" value=key_id.to_string() />
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
