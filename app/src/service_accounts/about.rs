//! What is known of a service account.

use super::table::maker;
use crate::ui::*;
use conifer_domain::{api_keys::KeyUse, service_accounts::ServiceAccount};
use leptos::prelude::*;

#[component]
pub fn About(account: ServiceAccount) -> impl IntoView {
    let ServiceAccount { client_id, disabled_at_ms, created_by, created_at_ms, last_used, .. } = account;
    view! {
        <Card title="About this service account">
            <Facts>
                <Fact term="Client ID">
                    <Id id=client_id label="Copy client ID" />
                </Fact>
                {disabled_at_ms
                    .map(|at_ms| {
                        view! {
                            <Fact term="Disabled">
                                <Time at_ms />
                            </Fact>
                        }
                    })}
                <Fact term="Created">
                    <Time at_ms=created_at_ms />
                    " by "
                    {maker(created_by)}
                </Fact>
                <Fact term="Last used">
                    <LastUsed last_used />
                </Fact>
            </Facts>
        </Card>
    }
    .into_any()
}

#[component]
pub fn LastUsed(last_used: Option<KeyUse>) -> impl IntoView {
    match last_used {
        Some(used) => view! {
            <Time at_ms=used.at_ms />
            <span class="cell-sub mono">{used.address}</span>
        }
        .into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    }
}
