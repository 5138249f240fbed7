//! Saving a query, and changing one that is saved.

use crate::{
    form::{Form, Input, PostForm},
    indexes::ShownIndex,
    permitted::why_not,
    playground::{
        address::{inputs, told},
        functions::SaveQuery,
    },
    ui::*,
};
use conifer_domain::{
    permissions::Action,
    playground::SavedQuery,
    records::{Found, Search},
};
use leptos::prelude::*;

/// How many of what it finds now are proposed as expected.
const PROPOSED: usize = 10;

#[component]
pub fn SaveCard(shown: ShownIndex, asked: Search, found: Option<Found>) -> impl IntoView {
    let found = found.map(|found| found.matches).unwrap_or_default();
    let proposed: Vec<&str> = found.iter().take(PROPOSED).map(|found| found.id.as_str()).collect();
    let expected = if asked.expected.is_empty() { proposed.join("\n") } else { asked.expected.clone() };
    let text = format!("Everybody who may query this index finds it: {}.", told(&asked));
    view! {
        <Card title="Save this query" text>
            <QueryForm shown search=asked name=String::new() expected query_id=String::new() />
        </Card>
    }
}

#[component]
pub fn ChangeCard(shown: ShownIndex, query: SavedQuery) -> impl IntoView {
    let SavedQuery { id, name, search, expected, .. } = query;
    view! {
        <Card title=format!("Change {name}") text=told(&search)>
            <QueryForm shown search name expected=expected.join("\n") query_id=id.to_string() />
        </Card>
    }
}

#[component]
fn QueryForm(
    shown: ShownIndex,
    search: Search,
    name: String,
    expected: String,
    query_id: String,
) -> impl IntoView {
    let form = Form::<SaveQuery>::new();
    let why_not = why_not(Action::SaveQueries, shown.access);
    let kept = inputs(&search)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=format!("query[{name}]") value=value.to_owned() /> })
        .collect_view();
    view! {
        <PostForm form>
            <input type="hidden" name="id" value=shown.index.id.to_string() />
            <input type="hidden" name="query_id" value=query_id />
            {kept}
            <Field
                name="name"
                label="Name"
                required=true
                autocomplete="off"
                value=form.typed("name").unwrap_or(name)
                error=form.error(Input::QueryName)
            />
            <TextArea
                name="expected"
                label="Expected records"
                rows=5
                mono=true
                value=expected
                hint="An ID a line, the best first. A test passes when all are found; leave it empty for a query that is no test."
                error=form.error(Input::ExpectedIds)
            />
            <div class="form-actions">
                <Submit pending=form.pending() disabled_reason=why_not>
                    "Save query"
                </Submit>
            </div>
        </PostForm>
    }
    .into_any()
}
