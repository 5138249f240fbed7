//! What came of the tests.

use crate::ui::*;
use conifer_domain::playground::{Tested, TestedQuery};
use leptos::prelude::*;

#[component]
pub fn Summary(tested: Vec<TestedQuery>) -> impl IntoView {
    let passed = tested.iter().filter(|query| query.tested.passed()).count();
    let recall = tested.iter().map(|query| query.tested.recall()).sum::<f64>() / tested.len().max(1) as f64;
    let (kind, title) = match passed == tested.len() {
        true => (Kind::Success, "All tests passed".to_owned()),
        false => (Kind::Danger, format!("{} of {} tests failed", tested.len() - passed, tested.len())),
    };
    view! {
        <Alert kind title role="status">
            {format!("{:.1} % of the expected records were found.", recall * 100.0)}
        </Alert>
    }
}

#[component]
pub fn Outcome(tested: Tested) -> impl IntoView {
    let badge = match tested.passed() {
        true => view! { <Badge kind=Kind::Success>"Passed"</Badge> },
        false => view! { <Badge kind=Kind::Danger>"Failed"</Badge> },
    };
    let lines = lines(&tested).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        {badge}
        <ul class="small query-told">{lines}</ul>
    }
    .into_any()
}

fn lines(tested: &Tested) -> Vec<String> {
    if let Some(refused) = &tested.refused {
        return vec![refused.clone()];
    }
    let mut lines =
        vec![format!("{:.0} % found in {}", tested.recall() * 100.0, duration_us(tested.took_us))];
    let missing: Vec<&str> = tested.missing().collect();
    if !missing.is_empty() {
        lines.push(format!("Missing: {}", missing.join(", ")));
    }
    let moved = tested.moved().into_iter().map(|(id, from, to)| format!("{id} {from} → {to}"));
    let moved = moved.collect::<Vec<_>>();
    if !moved.is_empty() {
        lines.push(format!("Moved: {}", moved.join(", ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_names_what_is_missing_and_what_moved() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let tested = Tested::of(&ids(&["a", "b", "c"]), &ids(&["c", "a"]), 1_500);
        assert_eq!(lines(&tested), ["67 % found in 1.5 ms", "Missing: b", "Moved: a 1 → 2, c 2 → 1"]);
        let good = Tested::of(&ids(&["a"]), &ids(&["a"]), 10);
        assert_eq!(lines(&good), ["100 % found in 0.01 ms"]);
    }
}
