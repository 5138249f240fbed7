//! How two answers differ.

use crate::{playground::functions::Answers, ui::*};
use conifer_domain::{
    playground::{Compared, ComparedRow, Placed, Side, compare},
    records::Found,
};
use leptos::prelude::*;

#[component]
pub fn Sides(answers: Answers) -> impl IntoView {
    let Answers { left, right } = answers;
    let refused: Vec<_> = [("Left", &left), ("Right", &right)]
        .into_iter()
        .filter_map(|(side, found)| Some((side, found.refused.clone()?)))
        .map(|(side, sentence)| {
            view! {
                <Alert kind=Kind::Danger role="alert" title=format!("{side}: this query cannot be run")>
                    {sentence}
                </Alert>
            }
        })
        .collect();
    if !refused.is_empty() {
        return refused.into_any();
    }
    let Compared { overlap, depth, rows } = compare(&left.matches, &right.matches);
    let count_of = |is: fn(Side) -> bool| rows.iter().filter(|row| is(row.side())).count() as u64;
    let moved = count_of(|side| matches!(side, Side::Moved(_)));
    let (only_left, only_right) =
        (count_of(|side| side == Side::OnlyLeft), count_of(|side| side == Side::OnlyRight));
    let fact = |term: &'static str, text: String, more: String| {
        view! {
            <div class="stat">
                <dt>{term}</dt>
                <dd>{text}</dd>
                <dd class="stat-more">{more}</dd>
            </div>
        }
    };
    let time = |found: &Found| duration_us(found.explanation.took_us);
    view! {
        <dl class="stats" aria-label="How they differ">
            {fact("Overlap", format!("{:.1} %", overlap * 100.0), format!("of the best {}", count(depth as u64)))}
            {fact("Moved", count(moved), "in both, at another rank".to_owned())}
            {fact(
                "In one alone",
                count(only_left + only_right),
                format!("{} only left, {} only right", count(only_left), count(only_right)),
            )}
            {fact("Engine", format!("{} · {}", time(&left), time(&right)), "left · right".to_owned())}
        </dl>
        <Table caption="Compared" head=vec!["ID", "Left", "Right", "Left score", "Right score", "Difference"]>
            {rows.into_iter().map(|row| view! { <Line row /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Line(row: ComparedRow) -> impl IntoView {
    let (kind, words) = match row.side() {
        Side::Same => (Kind::Neutral, "same".to_owned()),
        Side::Moved(by) if by > 0 => (Kind::Info, format!("up {by}")),
        Side::Moved(by) => (Kind::Info, format!("down {}", -by)),
        Side::OnlyLeft => (Kind::Warning, "only left".to_owned()),
        Side::OnlyRight => (Kind::Success, "only right".to_owned()),
    };
    let rank = |placed: Option<Placed>| placed.map_or("–".to_owned(), |placed| placed.rank.to_string());
    let score =
        |placed: Option<Placed>| placed.map_or("–".to_owned(), |placed| number(placed.score.into()));
    view! {
        <tr>
            <Cell label="ID">
                <span class="mono record-id">{row.id.clone()}</span>
            </Cell>
            <Cell label="Left">{rank(row.left)}</Cell>
            <Cell label="Right">{rank(row.right)}</Cell>
            <Cell label="Left score">{score(row.left)}</Cell>
            <Cell label="Right score">{score(row.right)}</Cell>
            <Cell label="Difference">
                <Badge kind>{words}</Badge>
            </Cell>
        </tr>
    }
    .into_any()
}
