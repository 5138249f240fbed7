//! "Why not found?": where an expected record went.

use crate::ui::*;
use conifer_domain::records::Expected;
use leptos::prelude::*;

#[component]
pub fn ExpectedCard(expected: Expected, id: String, top_k: usize) -> impl IntoView {
    let (kind, title, text) = told(&expected, top_k);
    let clauses = match expected {
        Expected::Excluded { clauses, metadata } => Some(view! {
            <ul>{clauses.into_iter().map(|clause| view! { <li><Code>{clause}</Code></li> }).collect_view()}</ul>
            <p>"It has " <Code>{serde_json::Value::Object(metadata).to_string()}</Code></p>
        }),
        _ => None,
    };
    view! {
        <Alert kind title>
            <p>
                <strong class="as-typed">{id}</strong>
                {text}
            </p>
            {clauses}
        </Alert>
    }
    .into_any()
}

fn told(expected: &Expected, top_k: usize) -> (Kind, &'static str, String) {
    match expected {
        Expected::Missing => (
            Kind::Danger,
            "It is not in this namespace",
            " is no record here. Was it written into another?".into(),
        ),
        Expected::Excluded { .. } => {
            (Kind::Warning, "The filter excludes it", " fails what the filter asks for:".into())
        }
        Expected::Ranked { rank: Some(rank), score, .. } => {
            let score =
                score.map_or_else(String::new, |score| format!(", with a score of {}", number(score.into())));
            let text = format!(" has rank {} among all that pass the filter{score}.", count(*rank as u64));
            match *rank <= top_k {
                true => (Kind::Success, "It is among the best", text),
                false => (Kind::Info, "It is further down", text),
            }
        }
        Expected::Ranked { looked_at, .. } => {
            let text = format!(" is not among the best {} that pass the filter.", count(*looked_at as u64));
            (Kind::Info, "It is far down, or shares nothing", text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_told_as_in_or_out() {
        let title =
            |rank| told(&Expected::Ranked { rank: Some(rank), score: Some(0.5), looked_at: 99 }, 10).1;
        assert_eq!(title(10), "It is among the best");
        assert_eq!(title(11), "It is further down");
    }
}
