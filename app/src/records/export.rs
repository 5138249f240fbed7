//! Taking records away as a file. A plain form: the answer is no page, so the browser asks for it by itself.

use crate::ui::*;
use conifer_domain::{exports::ExportFormat, namespaces::Namespace, records::Browse};
use leptos::prelude::*;

/// Of the records that are shown, all pages.
#[component]
pub fn ExportRecords(
    /// Where it is asked for.
    action: String,
    asked: Browse,
) -> impl IntoView {
    let formats = ExportFormat::ALL.map(|format| (format.as_str().to_owned(), format.label().to_owned()));
    let included = [("with", "With values"), ("without", "IDs and metadata")]
        .map(|(name, label)| (name.to_owned(), label.to_owned()));
    let Browse { namespace, prefix, filter, .. } = asked;
    let of = Namespace { name: namespace.clone(), records: 0 };
    let narrowed = !prefix.is_empty() || !filter.is_empty();
    let which = if narrowed { "what is found above" } else { "all records" };
    let text = format!("A file of {which} in {}, read while it is sent.", of.label());
    view! {
        <details class="find-more export-records">
            <summary>"Export"</summary>
            <form method="get" action=action class="stack-tight">
                <p class="muted">{text}</p>
                <input type="hidden" name="namespace" value=namespace />
                <input type="hidden" name="prefix" value=prefix />
                <input type="hidden" name="filter" value=filter />
                <div class="list-controls-row">
                    <Select name="format" label="Format" options=formats.to_vec() selected="jsonl" />
                    <Select name="values" label="Contents" options=included.to_vec() selected="with" />
                    <Submit variant=Variant::Secondary icon=Glyph::Download>
                        "Export"
                    </Submit>
                </div>
            </form>
        </details>
    }
    .into_any()
}
