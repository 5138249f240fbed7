//! The saved queries of an index.

use super::outcome::Outcome;
use crate::{
    form::Form,
    indexes::IndexAddress,
    playground::{
        address::{told, with_searches},
        functions::DeleteQuery,
    },
    ui::*,
};
use conifer_domain::playground::{SavedQuery, Tested, TestedQuery};
use leptos::prelude::*;

#[component]
pub fn SavedTable(
    saved: Vec<SavedQuery>,
    tested: Vec<TestedQuery>,
    place: IndexAddress,
    why_not: Option<String>,
) -> impl IntoView {
    let row = move |query: SavedQuery| {
        let tested = tested.iter().find(|tested| tested.id == query.id).map(|found| found.tested.clone());
        view! { <SavedRow query tested place why_not=why_not.clone() /> }
    };
    view! {
        <Table caption="Saved queries" head=vec!["Name", "Asks", "Must find", "Saved", ""]>
            {saved.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn SavedRow(
    query: SavedQuery,
    tested: Option<Tested>,
    place: IndexAddress,
    why_not: Option<String>,
) -> impl IntoView {
    let SavedQuery { id, index_id, name, search, expected, saved_by, saved_at_ms } = query;
    let open = with_searches(&place.page("playground"), &[("", &search)]);
    let compare = with_searches(&place.page("playground/compare"), &[("", &search), ("b_", &search)]);
    let change = format!("{}?change={id}", place.page("playground/queries"));
    let must_find = match (tested, expected.is_empty()) {
        (Some(tested), _) => view! { <Outcome tested /> }.into_any(),
        (None, true) => view! { <span class="faint">"No test"</span> }.into_any(),
        (None, false) => counted(expected.len() as u64, "record").into_any(),
    };
    let dialog = format!("delete-query-{id}");
    let of = StoredValue::new(name.clone());
    let of = move || of.get_value();
    let ask = why_not.is_none().then(|| {
        let form = Form::<DeleteQuery>::in_row();
        view! {
            <ConfirmDialog
                id=dialog.clone()
                title=format!("Delete {name}?")
                confirm="Delete query"
                action=form
            >
                <p>"It is gone for everybody in the project. Records stay as they are."</p>
                <input type="hidden" name="id" value=index_id.to_string() />
                <input type="hidden" name="query_id" value=id.to_string() />
            </ConfirmDialog>
        }
    });
    view! {
        <tr>
            <Cell label="Name">
                <a href=open>{name.clone()}</a>
            </Cell>
            <Cell label="Asks">
                <span class="query-told">{told(&search)}</span>
            </Cell>
            <Cell label="Must find">{must_find}</Cell>
            <Cell label="Saved">
                <Time at_ms=saved_at_ms />
                {saved_by.map(|who| view! { <span class="muted small">" by " {who}</span> })}
            </Cell>
            <ActionCell>
                <ButtonLink href=compare size=Size::Small>
                    "Compare"
                    <span class="visually-hidden">" " {of()}</span>
                </ButtonLink>
                <ButtonLink href=change size=Size::Small disabled_reason=why_not.clone()>
                    "Change"
                    <span class="visually-hidden">" " {of()}</span>
                </ButtonLink>
                <Button size=Size::Small opens=dialog disabled_reason=why_not>
                    "Delete"
                    <span class="visually-hidden">" the query " {of()}</span>
                </Button>
                {ask}
            </ActionCell>
        </tr>
    }
    .into_any()
}
