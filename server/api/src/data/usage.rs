//! What a read is said to cost. Nothing is charged: clients want the number.

use serde::Serialize;
use utoipa::ToSchema;

const RECORDS_PER_UNIT: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    pub read_units: u32,
}

impl Usage {
    /// One for a search, however much it looks at.
    pub const ONE: Self = Self { read_units: 1 };

    /// One for every ten records, and for none.
    pub fn of_records(records: usize) -> Self {
        let units = records.div_ceil(RECORDS_PER_UNIT).max(1);
        Self { read_units: u32::try_from(units).unwrap_or(u32::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_whole() {
        for (records, units) in [(0, 1), (10, 1), (11, 2)] {
            assert_eq!(Usage::of_records(records).read_units, units);
        }
    }
}
