//! What was found, how, and what looking at every record finds.

use super::{
    address::with_searches,
    expected::ExpectedCard,
    pictures::{Pictured, pictures},
};
use crate::{
    indexes::IndexAddress,
    later::when_seen,
    records::{MetadataCell, record_address},
    snippets::query,
    ui::*,
};
use conifer_domain::records::{By, Explanation, Found, Match, Search};
use leptos::prelude::*;

#[component]
pub fn Results(
    found: Found,
    asked: Search,
    place: IndexAddress,
    host: String,
    why_not_delete: Option<String>,
) -> impl IntoView {
    if let Some(sentence) = found.refused {
        return view! {
            <Alert kind=Kind::Danger role="alert" title="This query cannot be run">
                {sentence}
            </Alert>
        }
        .into_any();
    }
    let expected = found.expected.clone().map(|expected| {
        view! { <ExpectedCard expected id=asked.expected.clone() top_k=found.matches.len() /> }
    });
    let scores: Vec<f32> = found.exact.iter().map(|found| found.score).collect();
    let snippets = query(&asked, found.vector.as_deref(), &host);
    let ids: Vec<String> = found.matches.iter().map(|found| found.id.clone()).collect();
    let namespace = asked.namespace.clone();
    let is_empty = found.matches.is_empty();
    // Of what was looked for, or else of the best of what was found.
    let around =
        if asked.by == By::Record { asked.record.clone() } else { ids.first().cloned().unwrap_or_default() };
    let table = match is_empty {
        true => view! {
            <EmptyState
                icon=Glyph::Search
                title="Nothing found"
                text="No record of this namespace passes the filter, or none shares a place with the sparse values."
            />
        }
        .into_any(),
        false => view! { <MatchTable found=found.clone() namespace=asked.namespace.clone() place /> }.into_any(),
    };
    view! {
        <Truth found=found.clone() />
        {expected}
        {table}
        <Onward asked=asked.clone() vector=found.vector.clone() place />
        {(!is_empty)
            .then(|| {
                let of = Pictured { scores, place, namespace, ids, around, why_not_delete };
                when_seen(move || pictures(of))
            })}
        <Card title="The same by an SDK">
            <Snippets id="query" label="Query" snippets />
        </Card>
    }
    .into_any()
}

/// What can be done with the query from here: all of it by links.
#[component]
fn Onward(asked: Search, vector: Option<Vec<f32>>, place: IndexAddress) -> impl IntoView {
    let save = with_searches(&place.page("playground/queries"), &[("", &asked)]);
    let compare = with_searches(&place.page("playground/compare"), &[("", &asked), ("b_", &asked)]);
    let made_up = vector.filter(|_| asked.by == By::Random).map(|vector| {
        let vector = serde_json::to_string(&vector).unwrap_or_default();
        let again = Search { by: By::Vector, vector, ..asked };
        let href = with_searches(&place.page("playground"), &[("", &again)]);
        view! { <ButtonLink href icon=Glyph::Link>"This vector again"</ButtonLink> }
    });
    view! {
        <div class="cluster">
            <ButtonLink href=save icon=Glyph::Book>
                "Save this query"
            </ButtonLink>
            <ButtonLink href=compare icon=Glyph::Rows>
                "Compare with another"
            </ButtonLink>
            {made_up}
        </div>
    }
    .into_any()
}

/// The answer beside the exact one, in numbers.
#[component]
fn Truth(found: Found) -> impl IntoView {
    let Explanation { exact, segments, cells, estimated, scored, took_us, total_us } = found.explanation;
    let recall = format!("{:.1} %", found.recall * 100.0);
    let way = if exact { "Every record was looked at" } else { "By groups of near records" };
    let more = format!("{} scored, {} estimated", count(scored as u64), count(estimated as u64));
    let fact = |term: &'static str, text: String, more: String| {
        view! {
            <div class="stat">
                <dt>{term}</dt>
                <dd>{text}</dd>
                <dd class="stat-more">{more}</dd>
            </div>
        }
    };
    let of = counted(found.exact.len() as u64, "result");
    let groups = format!("{}, {}", counted(segments as u64, "segment"), counted(cells as u64, "group"));
    view! {
        <dl class="stats" aria-label="How it was found">
            {fact("Recall", recall, format!("of {of} of the exact answer"))}
            {fact("Engine", duration_us(took_us), format!("{} in all", duration_us(total_us)))}
            {fact("Exact answer", duration_us(found.exact_us), "by looking at every record".to_owned())}
            {fact("Records", more, format!("{way}: {groups}"))}
        </dl>
    }
    .into_any()
}

#[component]
fn MatchTable(found: Found, namespace: String, place: IndexAddress) -> impl IntoView {
    let exact_rank = |id: &str| found.exact.iter().position(|exact| exact.id == id).map(|rank| rank + 1);
    let scores = || found.matches.iter().map(|found| found.score);
    let (low, high) = (scores().fold(f32::INFINITY, f32::min), scores().fold(f32::NEG_INFINITY, f32::max));
    let columns = columns_of(&found.matches);
    let one = place.page("record");
    let row = |(nth, found): (usize, &Match)| {
        let share = if high > low { f64::from((found.score - low) / (high - low)) } else { 1.0 };
        let href = record_address(&one, &namespace, &found.id);
        let rank = exact_rank(&found.id);
        view! { <MatchRow rank=nth + 1 exact=rank found=found.clone() share href columns=columns.clone() /> }
    };
    let rows = found.matches.iter().enumerate().map(row).collect_view();
    let missed: Vec<Match> = found
        .exact
        .iter()
        .filter(|exact| !found.matches.iter().any(|found| found.id == exact.id))
        .cloned()
        .collect();
    let head = columns.iter().map(|column| view! { <th scope="col">{column.clone()}</th> }).collect_view();
    view! {
        <div class="table-frame table-wide" role="region" aria-label="Results" tabindex="0">
            <table class="table">
                <caption class="visually-hidden">"Results"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Rank"</th>
                        <th scope="col">"Exact"</th>
                        <th scope="col">"ID"</th>
                        <th scope="col">"Score"</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(!missed.is_empty()).then(|| view! { <Missed missed /> })}
    }
    .into_any()
}

#[component]
fn MatchRow(
    rank: usize,
    exact: Option<usize>,
    found: Match,
    share: f64,
    href: String,
    columns: Vec<String>,
) -> impl IntoView {
    let moved = match exact {
        Some(exact) if exact == rank => view! { <span class="faint">{exact}</span> }.into_any(),
        Some(exact) => view! { <Badge kind=Kind::Info>{exact}</Badge> }.into_any(),
        None => view! { <Badge kind=Kind::Warning>"beyond"</Badge> }.into_any(),
    };
    let cells = columns
        .iter()
        .map(|column| view! { <td><MetadataCell value=found.metadata.get(column).cloned() /></td> })
        .collect_view();
    view! {
        <tr>
            <td>{rank}</td>
            <td>{moved}</td>
            <td>
                <a class="mono record-id" href=href>
                    {found.id}
                </a>
            </td>
            <td class="cell-score">
                {number(found.score.into())}
                <ShareBar share />
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

/// What the exact answer has and the quick one has not.
#[component]
fn Missed(missed: Vec<Match>) -> impl IntoView {
    let line = |found: Match| view! { <li><span class="mono">{found.id}</span> " " {number(found.score.into())}</li> };
    view! {
        <Alert kind=Kind::Warning title="The quick answer missed">
            <ul>{missed.into_iter().map(line).collect_view()}</ul>
        </Alert>
    }
}

/// The fields that most results have.
fn columns_of(matches: &[Match]) -> Vec<String> {
    const COLUMNS_MAX: usize = 4;
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for name in matches.iter().flat_map(|found| found.metadata.keys()) {
        *seen.entry(name).or_default() += 1;
    }
    let mut names: Vec<_> = seen.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names.into_iter().take(COLUMNS_MAX).map(|(name, _)| name.to_owned()).collect()
}
