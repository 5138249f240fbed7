//! Saved queries as tests.

use super::read::list;
use crate::{Result, Services, authorize::Granted, records::console};
use conifer_domain::{
    permissions::may,
    playground::{Tested, TestedQuery},
};

/// Asks each saved query that expects something, as programs would, one after the other.
pub async fn run_tests(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
) -> Result<Vec<TestedQuery>> {
    let mut all = Vec::new();
    for query in list(services, granted).await?.into_iter().filter(|query| !query.expected.is_empty()) {
        let tested = match console::quick(services, granted, &query.search).await {
            Ok(Ok((found, took_us))) => Tested::of(&query.expected, &found, took_us),
            Ok(Err(sentence)) => Tested { refused: Some(sentence), ..Tested::of(&query.expected, &[], 0) },
            Err(error) => return Err(error),
        };
        all.push(TestedQuery { id: query.id, tested });
    }
    Ok(all)
}
