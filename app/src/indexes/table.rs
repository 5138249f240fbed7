//! Indexes as a table.

use super::{
    header::{Addressed, StateBadge, deployment_word},
    shown::ShownIndex,
};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn IndexTable(items: Vec<ShownIndex>) -> impl IntoView {
    let head = vec!["Index", "Dimension", "Metric", "Type", "Records", "On disk", "State", "Created"];
    view! {
        <Table caption="Indexes" head>
            {items.into_iter().map(|shown| view! { <IndexRow shown /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn IndexRow(shown: ShownIndex) -> impl IntoView {
    let ShownIndex { index, host, held, .. } = shown;
    let (vectors, href, name) = (index.vectors, index.address().to_string(), index.name.clone());
    let deployment = deployment_word(&index.deployment);
    let copy = format!("Copy the host of {}", index.name);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    view! {
        <tr>
            <Cell label="Index">
                <a href=href>{name}</a>
                <span class="cell-sub">
                    <Id id=host label=copy />
                </span>
            </Cell>
            <Cell label="Dimension">{or_dash(vectors.dimension().map(|dimension| count(dimension.into())))}</Cell>
            <Cell label="Metric">{vectors.metric().as_str()}</Cell>
            <Cell label="Type">
                {vectors.kind().as_str()} <span class="cell-sub">{deployment}</span>
            </Cell>
            <Cell label="Records">
                {or_dash(held.map(|held| count(held.records)))}
                <span class="cell-sub">
                    {held.map(|held| counted(held.namespaces, "namespace"))}
                </span>
            </Cell>
            <Cell label="On disk">{or_dash(held.map(|held| bytes(held.disk_bytes)))}</Cell>
            <Cell label="State">
                <StateBadge state=index.state />
            </Cell>
            <Cell label="Created">
                <Time at_ms=index.created_at_ms />
            </Cell>
        </tr>
    }
    .into_any()
}
