//! The first page of an index: how much it holds, and how programs reach it.

use super::{
    address::use_ids,
    cards::Tag,
    header::{Addressed, IndexHeader, deployment_word},
    shown::{Held, ShownIndex, load_index},
};
use crate::{
    chunks::Page,
    loaded::{Loaded, when_loaded},
    snippets::connection,
    ui::*,
    usage::{IndexPast, IndexUsage, load_index_usage},
};
use conifer_domain::indexes::{Deployment, Index};
use leptos::prelude::*;

pub struct IndexPage {
    index: Loaded<ShownIndex>,
    past: Loaded<IndexPast>,
}

impl Page for IndexPage {
    fn data() -> Self {
        let ids = use_ids();
        Self { index: load_index(), past: load_index_usage(move || ids.get().1) }
    }

    fn view(this: Self) -> AnyView {
        let past = this.past;
        when_loaded(this.index, move |shown| view! { <Overview shown past /> }).into_any()
    }
}

#[component]
fn Overview(shown: ShownIndex, past: Loaded<IndexPast>) -> impl IntoView {
    let snippets = connection(&shown.index, &shown.host);
    view! {
        <IndexHeader shown=shown.clone() page="Overview" />
        <Numbers held=shown.held />
        <IndexUsage past />
        <Card
            title="Connect"
            text="A first write and a first query. The key is made on the page of API keys; the host is this index's own."
        >
            <Snippets id="connect" label="Connect" snippets />
        </Card>
        <About index=shown.index />
    }
    .into_any()
}

#[component]
fn Numbers(held: Option<Held>) -> impl IntoView {
    let Some(held) = held else {
        return view! {
            <Alert kind=Kind::Warning title="Its vectors are not here">
                "This server cannot say how much it holds. The server that made it can."
            </Alert>
        }
        .into_any();
    };
    let number = |term: &'static str, text: String, more: String| {
        view! {
            <div class="stat">
                <dt>{term}</dt>
                <dd>{text}</dd>
                <dd class="stat-more">{more}</dd>
            </div>
        }
    };
    let each = held.disk_bytes.checked_div(held.records).map(|each| format!("{} a record", bytes(each)));
    view! {
        <dl class="stats" aria-label="How much it holds">
            {number("Records", count(held.records), format!("in {}", counted(held.namespaces, "namespace")))}
            {number("On disk", bytes(held.disk_bytes), each.unwrap_or_else(|| "nothing stored yet".to_owned()))}
            {number("In memory", bytes(held.memory_bytes), "for search and new records".to_owned())}
            {number("Segments", count(held.segments), "files searched side by side".to_owned())}
        </dl>
    }
    .into_any()
}

#[component]
fn About(index: Index) -> impl IntoView {
    let tags =
        index.tags.iter().map(|(key, value)| view! { <Tag key=key.to_owned() value=value.to_owned() /> });
    let tags = match index.tags.is_empty() {
        true => view! { <span class="muted">"None"</span> }.into_any(),
        false => view! { <span class="cluster">{tags.collect_view()}</span> }.into_any(),
    };
    let settings = index.address().page("settings");
    view! {
        <Card title="About this index">
            <Facts>
                <Fact term="Index ID">
                    <Id id=index.id.to_string() label="Copy index ID" />
                </Fact>
                <Fact term="Deployment">{deployment(&index.deployment)}</Fact>
                <Fact term="Tags">{tags}</Fact>
                <Fact term="Deletion protection">
                    <a href=settings>{if index.deletion_protection { "On" } else { "Off" }}</a>
                </Fact>
                {index
                    .restored_from
                    .map(|backup| {
                        view! {
                            <Fact term="Made from backup">
                                <Id id=backup.to_string() label="Copy backup ID" />
                            </Fact>
                        }
                    })}
                <Fact term="Created">
                    <Time at_ms=index.created_at_ms />
                </Fact>
            </Facts>
        </Card>
    }
    .into_any()
}

fn deployment(deployment: &Deployment) -> String {
    let word = deployment_word(deployment);
    match deployment {
        Deployment::Serverless { cloud, region, .. } => format!("{word}, asked for in {cloud} {region}"),
        Deployment::Pod { pod_type, replicas, shards, environment, .. } => {
            let (replicas, shards) =
                (counted((*replicas).into(), "replica"), counted((*shards).into(), "shard"));
            format!("{word}: {pod_type}, {replicas}, {shards}, asked for in {environment}")
        }
        Deployment::Byoc { environment, .. } => format!("{word}: {environment}"),
    }
}
