//! Vector lint: what may be wrong with the records of a namespace, as counts that open them.

use super::{
    find::NamespaceField,
    functions::{LintRecords, ListNamespaces, address},
};
use crate::{
    chunks::Page,
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    ui::*,
};
use conifer_domain::{
    indexes::Metric,
    lint::{DUPLICATES_RECORDS_MAX, Finding, Lint, Mixed},
    namespaces::Namespace,
};
use leptos::prelude::*;

pub struct LintPage {
    index: Loaded<ShownIndex>,
    namespaces: Loaded<Vec<Namespace>>,
    lint: Loaded<Lint>,
    namespace: Memo<String>,
}

impl Page for LintPage {
    fn data() -> Self {
        let (ids, namespace) = (use_ids(), use_parameter("namespace"));
        let id = move || ids.with(|(_, id)| id.clone());
        Self {
            index: load_index(),
            namespaces: load(move || ListNamespaces { id: id() }),
            lint: load(move || LintRecords { id: id(), namespace: namespace.get() }),
            namespace,
        }
    }

    fn view(this: Self) -> AnyView {
        let Self { namespaces, lint, namespace, .. } = this;
        when_loaded(this.index, move |shown| {
            let (head, place) = (shown.clone(), shown.index.address());
            let (records, page) = (place.page("records"), place.page("lint"));
            let is_cosine = shown.index.vectors.metric() == Metric::Cosine;
            view! {
                <IndexHeader shown=head page="Vector lint" />
                <div class="records">
                    {when_loaded_below_title(
                        namespaces,
                        move |namespaces| {
                            view! { <Which namespaces page=page.clone() current=namespace.get_untracked() /> }
                        },
                    )}
                    {when_loaded_below_title(
                        lint,
                        move |lint| {
                            let namespace = namespace.get_untracked();
                            view! { <Found lint records=records.clone() namespace is_cosine /> }
                        },
                    )}
                </div>
            }
        })
        .into_any()
    }
}

#[component]
fn Which(namespaces: Vec<Namespace>, page: String, current: String) -> impl IntoView {
    view! {
        <form method="get" action=page class="list-controls-row">
            <NamespaceField namespaces current />
            <Submit variant=Variant::Secondary>"Look"</Submit>
        </form>
    }
    .into_any()
}

#[component]
fn Found(lint: Lint, records: String, namespace: String, is_cosine: bool) -> impl IntoView {
    let told = match (lint.looked_at < lint.records, lint.cut_short) {
        (_, true) => format!(
            "Time was over after {} of {}: the counts are of these.",
            count(lint.looked_at),
            counted(lint.records, "record")
        ),
        (true, _) => format!(
            "{} of {} were looked at, spread evenly: the counts are of these. Duplicates are counted among all, up to {}.",
            count(lint.looked_at),
            counted(lint.records, "record"),
            count(DUPLICATES_RECORDS_MAX)
        ),
        _ => format!("All {} were looked at.", counted(lint.records, "record")),
    };
    let lengths = lint.lengths.map_or(String::new(), |(least, most)| {
        format!(" Lengths are {} to {}.", number(least), number(most))
    });
    let harm = if is_cosine {
        "With the metric cosine it makes no difference."
    } else {
        "It weighs in every score."
    };
    let mut told_lines = vec![
        line("Zero vectors", "Too short to have a direction.", Some(lint.zero)),
        line("NaN and infinity", "None: they are refused when records are written.", None),
        line("Not of length 1", &format!("{harm}{lengths}"), Some(lint.unnormalised)),
        match lint.duplicates {
            Some(found) => line(
                "Duplicates",
                "Values that another record has as well; the first of each is not counted.",
                Some(found),
            ),
            None => line("Duplicates", "Not looked for: vectors are sparse, or they are too many.", None),
        },
    ];
    told_lines.extend(lint.mixed.into_iter().flat_map(lines));
    let rows: Vec<_> = told_lines
        .into_iter()
        .map(|line| view! { <Row line records=records.clone() namespace=namespace.clone() /> })
        .collect();
    view! {
        <p class="muted" role="status">
            {told}
        </p>
        <Table caption="Findings" head=vec!["What", "Records", ""]>
            {rows}
        </Table>
    }
    .into_any()
}

/// What was looked for, why it matters, and what was found; None where nobody looked.
struct Told {
    what: String,
    why: String,
    found: Option<Finding>,
}

fn line(what: &str, why: &str, found: Option<Finding>) -> Told {
    Told { what: what.to_owned(), why: why.to_owned(), found }
}

/// Of a field of several kinds, those that are rarer than the most frequent.
fn lines(mixed: Mixed) -> Vec<Told> {
    let Mixed { field, kinds } = mixed;
    let most = kinds.first().map(|(kind, _)| kind.clone()).unwrap_or_default();
    let told = |(kind, found): (String, Finding)| {
        let why = format!("Most records have a {most} there: filters treat them as different.");
        Told { what: format!("{field} is a {kind}"), why, found: Some(found) }
    };
    kinds.into_iter().skip(1).map(told).collect()
}

#[component]
fn Row(line: Told, records: String, namespace: String) -> impl IntoView {
    let Told { what, why, found } = line;
    let number = found.as_ref().map_or_else(|| "–".to_owned(), |found| count(found.count));
    let of = what.clone();
    let link = found.filter(|found| found.count > 0).map(|found| {
        let ids = serde_json::to_string(&found.ids).unwrap_or_default();
        let href = address(&records, &[("namespace", &namespace), ("ids", &ids)]);
        let shown = found.ids.len() as u64;
        let word = if shown < found.count { format!("Show the first {shown}") } else { "Show".to_owned() };
        view! {
            <a href=href>
                {word} <span class="visually-hidden">": " {of}</span>
            </a>
        }
    });
    view! {
        <tr>
            <Cell label="What">
                <strong class="strong">{what}</strong>
                <div class="muted">{why}</div>
            </Cell>
            <Cell label="Records">{number}</Cell>
            <ActionCell>{link}</ActionCell>
        </tr>
    }
    .into_any()
}
