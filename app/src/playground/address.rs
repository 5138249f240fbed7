//! A query in an address, so that a link asks the same.

use conifer_domain::records::Search;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The query that the address asks. Where there are two, the names of one have a prefix.
pub fn use_search(prefix: &'static str) -> Memo<Search> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| read(query, prefix)))
}

fn read(query: &ParamsMap, prefix: &str) -> Search {
    let of = |name: &str| query.get_str(&format!("{prefix}{name}")).unwrap_or_default().trim().to_owned();
    Search {
        namespace: of("namespace"),
        by: of("by").parse().unwrap_or_default(),
        record: of("record"),
        vector: of("vector"),
        sparse: of("sparse"),
        weight: of("weight"),
        top_k: of("top_k"),
        filter: of("filter"),
        expected: of("expected"),
    }
}

/// The inputs of a query with their names, without those that are empty.
pub fn inputs(search: &Search) -> Vec<(&'static str, &str)> {
    let all = [
        ("namespace", &*search.namespace),
        ("by", search.by.as_str()),
        ("record", &search.record),
        ("vector", &search.vector),
        ("sparse", &search.sparse),
        ("weight", &search.weight),
        ("top_k", &search.top_k),
        ("filter", &search.filter),
        ("expected", &search.expected),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A page with these queries in its address, each with its prefix.
pub fn with_searches(path: &str, searches: &[(&str, &Search)]) -> String {
    let mut query = ParamsMap::new();
    for (prefix, search) in searches {
        for (name, value) in inputs(search) {
            query.insert(format!("{prefix}{name}"), value.to_owned());
        }
    }
    format!("{path}{}", query.to_query_string())
}

/// What it asks, in a few words.
pub fn told(search: &Search) -> String {
    use conifer_domain::records::By;
    let what = match search.by {
        By::Record => format!("like {}", search.record),
        By::Vector => "by a vector".to_owned(),
        By::Random => "by a random vector".to_owned(),
        By::Sparse => "by sparse values".to_owned(),
        By::Hybrid => "by dense and sparse values".to_owned(),
    };
    let top_k = if search.top_k.is_empty() { String::new() } else { format!(", top {}", search.top_k) };
    let filter = if search.filter.is_empty() { String::new() } else { format!(", where {}", search.filter) };
    format!("{what}{top_k}{filter}")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use conifer_domain::records::By;
    use leptos_router::location::RequestUrl;

    #[test]
    fn an_address_asks_the_same() {
        let one = Search {
            record: "a&b=c".into(),
            top_k: "5".into(),
            filter: "{\"é\": 1}".into(),
            ..Search::default()
        };
        let other = Search { by: By::Random, namespace: "x".into(), ..Search::default() };
        let address = with_searches("/p", &[("", &one), ("b_", &other)]);
        let url = RequestUrl::new(&address).parse().expect("an address");
        assert_eq!(read(url.search_params(), ""), one);
        assert_eq!(read(url.search_params(), "b_"), other);
    }

    #[test]
    fn a_query_is_told_in_a_few_words() {
        let search =
            Search { record: "film-7".into(), top_k: "5".into(), filter: "{}".into(), ..Search::default() };
        assert_eq!(told(&search), "like film-7, top 5, where {}");
    }
}
