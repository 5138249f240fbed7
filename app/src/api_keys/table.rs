//! The list of keys.

use super::functions::key_address;
use crate::ui::*;
use conifer_domain::{
    api_keys::{ApiKey, KeyRights},
    ids::ProjectId,
};
use leptos::prelude::*;

#[component]
pub fn KeyTable(project_id: ProjectId, keys: Vec<ApiKey>) -> impl IntoView {
    let row = move |key: ApiKey| view! { <KeyRow project_id key_of_row=key /> };
    view! {
        <Table caption="API keys" head=vec!["Name", "May", "Where", "Created", "Expires", "Last used"]>
            {keys.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn KeyRow(project_id: ProjectId, key_of_row: ApiKey) -> impl IntoView {
    let ApiKey { id, name, prefix, rights, created_by, created_at_ms, last_used, .. } = key_of_row;
    let place = place(&rights);
    let roles = rights.roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ");
    let last_used = match last_used {
        Some(used) => view! {
            <Time at_ms=used.at_ms />
            <span class="cell-sub mono">{used.address}</span>
        }
        .into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    };
    view! {
        <tr>
            <Cell label="Name">
                <a href=key_address(project_id, id)>{name}</a>
                <span class="cell-sub mono">{prefix} "…"</span>
            </Cell>
            <Cell label="May">{roles}</Cell>
            <Cell label="Where">{place}</Cell>
            <Cell label="Created">
                <Time at_ms=created_at_ms />
                <span class="cell-sub">"by " {maker(created_by)}</span>
            </Cell>
            <Cell label="Expires">
                <Expiry rights />
            </Cell>
            <Cell label="Last used">{last_used}</Cell>
        </tr>
    }
    .into_any()
}

#[component]
pub fn Expiry(rights: KeyRights) -> impl IntoView {
    match rights.expires_at_ms {
        Some(at_ms) => view! { <Time at_ms /> }.into_any(),
        None => view! { <span class="muted">"Never"</span> }.into_any(),
    }
}

/// Who made it.
pub fn maker(name: Option<String>) -> String {
    name.unwrap_or_else(|| "the command line".to_owned())
}

/// Where the key counts, in a few words.
pub fn place(rights: &KeyRights) -> String {
    let few = |names: &std::collections::BTreeSet<String>, of: &str| match names.len() {
        0..=3 => names.iter().cloned().collect::<Vec<_>>().join(", "),
        many => format!("{many} {of}"),
    };
    let indexes = rights.scope.indexes.as_ref().map(|names| few(names, "indexes"));
    let namespaces = rights.scope.namespaces.as_ref().map(|names| few(names, "namespaces"));
    match (indexes, namespaces) {
        (None, None) => "All indexes".to_owned(),
        (Some(indexes), None) => indexes,
        (None, Some(namespaces)) => format!("All indexes, only in {namespaces}"),
        (Some(indexes), Some(namespaces)) => format!("{indexes}, only in {namespaces}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::api_keys::{KeyLimits, KeyRole, KeyScope};

    #[test]
    fn where_a_key_counts_is_told_in_a_few_words() {
        let told = |indexes, namespaces| {
            place(&KeyRights {
                roles: [KeyRole::ProjectEditor].into(),
                scope: KeyScope::parse(indexes, namespaces).expect("a scope"),
                limits: KeyLimits::default(),
                expires_at_ms: None,
            })
        };
        assert_eq!(told("", ""), "All indexes");
        assert_eq!(told("b, a", ""), "a, b");
        assert_eq!(told("a, b, c, d", "x"), "4 indexes, only in x");
        assert_eq!(told("", "x, y"), "All indexes, only in x, y");
    }
}
