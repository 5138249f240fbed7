//! What the pages of an index share: its name, what it is, and the way between them.

use super::{address::IndexAddress, shown::ShownIndex};
use crate::ui::*;
use conifer_domain::indexes::{Deployment, Index, IndexState};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn IndexHeader(
    shown: ShownIndex,
    /// The name of the page, for the title bar.
    page: &'static str,
) -> impl IntoView {
    let ShownIndex { index, host, .. } = shown;
    let address = index.address();
    view! {
        <Title text=format!("{page} · {}", index.name) />
        <div class="index-head stack-tight">
            <PageHeader title=index.name.clone()>
                <span class="cluster">
                    <Traits index=index.clone() />
                    <StateBadge state=index.state />
                </span>
            </PageHeader>
            <p class="index-host">
                <Id id=host label="Copy the host" />
            </p>
            <Tabs label="Index">
                <Tab href=address.to_string() exact=true>
                    "Overview"
                </Tab>
                <Tab href=address.page("records")>"Records"</Tab>
                <Tab href=address.page("playground")>"Playground"</Tab>
                <Tab href=address.page("namespaces")>"Namespaces"</Tab>
                <Tab href=address.page("imports")>"Imports"</Tab>
                <Tab href=address.page("backups")>"Backups"</Tab>
                <Tab href=address.page("settings")>"Settings"</Tab>
            </Tabs>
        </div>
    }
    .into_any()
}

/// What kind of index it is, in a few words.
#[component]
pub fn Traits(index: Index) -> impl IntoView {
    let vectors = index.vectors;
    let dimension =
        vectors.dimension().map(|dimension| view! { <Badge>{count(dimension.into())} " dimensions"</Badge> });
    view! {
        <Badge>{vectors.kind().as_str()}</Badge>
        {dimension}
        <Badge>{vectors.metric().as_str()}</Badge>
        <Badge>{deployment_word(&index.deployment)}</Badge>
    }
}

pub const fn deployment_word(deployment: &Deployment) -> &'static str {
    match deployment {
        Deployment::Serverless { .. } => "serverless",
        Deployment::Pod { .. } => "pods",
        Deployment::Byoc { .. } => "own cloud",
    }
}

#[component]
pub fn StateBadge(state: IndexState) -> impl IntoView {
    let (kind, word) = match state {
        IndexState::Making => (Kind::Info, "Being made"),
        IndexState::Ready => (Kind::Success, "Ready"),
        IndexState::Deleting => (Kind::Warning, "Being deleted"),
        IndexState::Elsewhere => (Kind::Danger, "On another server"),
    };
    view! { <Badge kind>{word}</Badge> }
}

/// An index knows where its pages are.
pub trait Addressed {
    fn address(&self) -> IndexAddress;
}

impl Addressed for Index {
    fn address(&self) -> IndexAddress {
        IndexAddress { project: self.project_id, index: self.id }
    }
}
