//! The page of the API: areas, their operations, and how they are refused.

use super::{
    ADDRESS,
    functions::{Described, ReadReference},
    operation::OperationDetails,
};
use crate::{
    chunks::Page,
    list::{ListControls, use_parameter},
    loaded::{Loaded, load, when_loaded},
    ui::*,
};
use conifer_domain::api_reference::{Area, Refusal};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct ApiReferencePage {
    search: Memo<String>,
    described: Loaded<Described>,
}

impl Page for ApiReferencePage {
    fn data() -> Self {
        let search = use_parameter("search");
        let described = load(move || ReadReference { search: search.get() });
        Self { search, described }
    }

    fn view(this: Self) -> AnyView {
        let search = this.search;
        let show = move |described| view! { <Reference described search=search.get_untracked() /> };
        view! {
            <Title text="API reference" />
            {when_loaded(this.described, show)}
        }
        .into_any()
    }
}

#[component]
fn Reference(described: Described, search: String) -> impl IntoView {
    let Described { api_url, reference } = described;
    let count: usize = reference.areas.iter().map(|area| area.operations.len()).sum();
    let document = format!("{api_url}/openapi.json");
    let text =
        format!("What programs can ask at {api_url}, with an API key in the header Api-Key of each request.");
    // What is looked for and is one alone lies open.
    let open = count == 1;
    let contents = reference.areas.iter().map(|area| {
        let Area { name, operations, .. } = area;
        view! {
            <li>
                <a href=format!("#{}", slug(name)) rel="external">{name.clone()}</a>
                " "
                <span class="muted">{operations.len()}</span>
            </li>
        }
    });
    let contents = contents.collect_view();
    let list = match count {
        0 => view! {
            <EmptyState icon=Glyph::Book title="No operation is found" text="None has all these words in its path, its text or its fields.">
                <ButtonLink href=ADDRESS>"Show all operations"</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        _ => {
            let areas = reference.areas.into_iter();
            areas.map(|area| view! { <AreaSection area api_url=api_url.clone() open /> }).collect_view().into_any()
        }
    };
    view! {
        <PageHeader title="API reference" text>
            <ButtonLink href=document icon=Glyph::External attr:rel="external">
                "OpenAPI document"
            </ButtonLink>
        </PageHeader>
        <div class="reference">
            <ListControls label="Find operations">
                <SearchField label="Operation, path or field" value=search />
            </ListControls>
            <nav aria-label="Areas">
                <ul class="reference-areas">{contents}</ul>
            </nav>
            {list}
            <Refusals refusals=reference.refusals />
        </div>
    }
    .into_any()
}

#[component]
fn AreaSection(area: Area, api_url: String, open: bool) -> impl IntoView {
    let Area { name, of_index, operations } = area;
    let place = match of_index {
        true => "Asked at the host of an index, which its description tells.".to_owned(),
        false => format!("Asked at {api_url}."),
    };
    let (id, labelled_by) = (slug(&name), slug(&name));
    view! {
        <section aria-labelledby=labelled_by>
            <h2 id=id>{name}</h2>
            <p class="muted">{place}</p>
            <div class="operations">
                {operations
                    .into_iter()
                    .map(|operation| view! { <OperationDetails operation open /> })
                    .collect_view()}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Refusals(refusals: Vec<Refusal>) -> impl IntoView {
    let row = |refusal: Refusal| {
        let Refusal { status, name, number, when } = refusal;
        view! {
            <tr>
                <Cell label="Status">{status}</Cell>
                <Cell label="Control plane">
                    <Code>{name}</Code>
                </Cell>
                <Cell label="Data plane, gRPC">{number}</Cell>
                <Cell label="When">{when}</Cell>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="errors">
            <h2 id="errors">"Errors"</h2>
            <p class="muted">
                "The control plane’s bodies hold " <Code>"{\"status\", \"error\": {\"code\", \"message\"}}"</Code>
                ", those of the data plane " <Code>"{\"code\", \"message\", \"details\"}"</Code>
                "; a key that does not count is told in plain text."
            </p>
            <Table caption="Errors" head=vec!["Status", "Control plane", "Data plane, gRPC", "When"]>
                {refusals.into_iter().map(row).collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

/// The part of the address that leads to an area.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
