//! A secret, shown to the one who made it until they have it.

use super::{functions::ForgetSecret, key_settings::WhichKey, snippets::snippets, told_once::ToldOnce};
use crate::form::Form;
#[cfg(feature = "ssr")]
use crate::server::Fresh;
use conifer_domain::ids::{ApiKeyId, ProjectId};
use leptos::prelude::*;
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
    let FreshSecret { project_id, key_id, name, secret, api_url } = fresh;
    let programs = snippets(&api_url, &secret).collect();
    view! {
        <ToldOnce
            title="Your new API key"
            text=format!("For {name}. Copy it now: nobody can show it again, only its hash is kept.")
            told=vec![("API key", secret)]
            programs
            form
        >
            <WhichKey project_id id=key_id />
        </ToldOnce>
    }
    .into_any()
}
