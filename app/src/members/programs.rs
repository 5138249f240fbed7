//! The service accounts of a place, below its people. They are changed on pages of their own.

use super::functions::Programs;
use crate::ui::*;
use conifer_domain::{invites::InvitedRole, service_accounts::ServiceMember};
use leptos::prelude::*;

#[component]
pub fn ProgramTable(
    programs: Programs,
    /// Where each has its page, for those who may see that.
    pages: Option<String>,
) -> impl IntoView {
    let Programs { items, has_more } = programs;
    (!items.is_empty()).then(|| {
        let row = move |program| view! { <ProgramRow program pages=pages.clone() /> };
        view! {
            <section>
                <h2 class="section-title">"Service accounts"</h2>
                <Table caption="Service accounts" head=vec!["Name", "Role", "Since", "Last used"]>
                    {items.into_iter().map(row).collect_view()}
                </Table>
                {has_more.then(|| view! { <p class="muted">"There are more: look for one by its name."</p> })}
            </section>
        }
    })
}

#[component]
fn ProgramRow(program: ServiceMember<InvitedRole>, pages: Option<String>) -> impl IntoView {
    let ServiceMember { id, name, role, since_ms, last_used_ms, disabled } = program;
    let name = match pages {
        Some(pages) => view! { <a href=format!("{pages}/{id}")>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let last_used = match last_used_ms {
        Some(at_ms) => view! { <Time at_ms /> }.into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    };
    view! {
        <tr>
            <Cell label="Name">
                <span class="cluster">
                    <Icon glyph=Glyph::Bot />
                    <span class="member-name">{name}</span>
                    {disabled.then(|| view! { <Badge kind=Kind::Warning>"Disabled"</Badge> })}
                </span>
            </Cell>
            <Cell label="Role">
                <Badge>{role.label()}</Badge>
            </Cell>
            <Cell label="Since">
                <Time at_ms=since_ms />
            </Cell>
            <Cell label="Last used">{last_used}</Cell>
        </tr>
    }
    .into_any()
}
