//! Which metadata the records of a namespace have, for those who write filters.

use crate::{Error, Result, Services, authorize::Granted, records::console};
use conifer_domain::{permissions::may, playground::MetadataKey, records::BROWSE_LENGTHS, records::Browse};

/// The keys of its first records with their most frequent values: enough to choose from, at the price of one page.
pub async fn metadata_keys(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: &str,
) -> Result<Vec<MetadataKey>> {
    let [.., length] = BROWSE_LENGTHS;
    let asked = Browse { namespace: namespace.to_owned(), length, ..Browse::default() };
    match console::browse(services, granted, &asked).await {
        Ok(browsed) => Ok(MetadataKey::of(browsed.records.iter().map(|record| &record.metadata))),
        Err(Error::Missing { .. }) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
