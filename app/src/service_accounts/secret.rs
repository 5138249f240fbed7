//! Id and secret, shown to the one who made them until they have them.

use super::{changes::ForgetServiceSecret, settings::WhichAccount, snippets::snippets};
#[cfg(feature = "ssr")]
use crate::server::Fresh;
use crate::{api_keys::ToldOnce, form::Form};
use conifer_domain::ids::{OrganizationId, ServiceAccountId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FreshAccount {
    pub organization_id: OrganizationId,
    pub account_id: ServiceAccountId,
    pub name: String,
    pub client_id: String,
    pub secret: String,
    /// Where programs reach the API.
    pub api_url: String,
}

#[cfg(feature = "ssr")]
pub const FRESH: Fresh<FreshAccount> = Fresh::new("fresh-service-account");

#[component]
pub fn SecretCard(fresh: FreshAccount) -> impl IntoView {
    let form = Form::<ForgetServiceSecret>::new();
    let FreshAccount { organization_id, account_id, name, client_id, secret, api_url } = fresh;
    let programs = snippets(&api_url, &client_id, &secret).collect();
    view! {
        <ToldOnce
            title="Client ID and secret"
            text=format!("For {name}. Copy the secret now: nobody can show it again, only its hash is kept.")
            told=vec![("Client ID", client_id), ("Client secret", secret)]
            programs
            form
        >
            <WhichAccount organization_id id=account_id />
        </ToldOnce>
    }
    .into_any()
}
