//! What is looked for: in the address, in the form above the list, and in the links of the list.

use super::deeds;
use crate::{
    list::{ListControls, use_parameter},
    ui::*,
};
use conifer_domain::audit::AuditSearch;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

pub fn use_search() -> Memo<AuditSearch> {
    let [actor, what, from, until] = ["actor", "what", "from", "until"].map(use_parameter);
    Memo::new(move |_| AuditSearch {
        actor: actor.get(),
        what: what.get(),
        from: from.get(),
        until: until.get(),
    })
}

/// The address's part that says so; empty for everything.
pub fn query(search: &AuditSearch) -> String {
    let AuditSearch { actor, what, from, until } = search;
    let all = [("actor", actor), ("what", what), ("from", from), ("until", until)];
    let said: ParamsMap = all.into_iter().filter(|(_, text)| !text.is_empty()).map(owned).collect();
    said.to_query_string()
}

fn owned((name, text): (&'static str, &String)) -> (&'static str, String) {
    (name, text.clone())
}

#[component]
pub fn SearchForm(search: Memo<AuditSearch>) -> impl IntoView {
    move || {
        let AuditSearch { actor, what, from, until } = search.get();
        view! {
            <ListControls label="Find entries">
                <input type="hidden" name="actor" value=actor />
                <Select name="what" label="What" options=deeds::choices() selected=what />
                <DayField name="from" label="From" value=from />
                <DayField name="until" label="Until" value=until />
            </ListControls>
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::query;
    use conifer_domain::audit::AuditSearch;

    #[test]
    fn the_address_says_what_is_looked_for_and_no_more() {
        assert_eq!(query(&AuditSearch::default()), "");
        let search = AuditSearch { what: "a&b".into(), from: "2026-11-20".into(), ..AuditSearch::default() };
        assert_eq!(query(&search), "?what=a%26b&from=2026%2D11%2D20");
    }
}
