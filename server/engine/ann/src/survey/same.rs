//! Rows that are the same.

use crate::Rows;
use std::collections::HashMap;

/// Groups of rows with equal values, each in order; rows that are like no other are in none.
pub fn duplicates(rows: Rows<'_>) -> Vec<Vec<usize>> {
    let mut groups: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        groups.entry(row.iter().map(|value| bits(*value)).collect()).or_default().push(at);
    }
    let mut same: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    same.sort_unstable();
    same
}

/// Both zeros are the same number.
fn bits(value: f32) -> u32 {
    if value == 0.0 { 0 } else { value.to_bits() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_stand_together() {
        let values = [[1.0, 2.0], [0.0, 1.0], [1.0, 2.0], [3.0, 3.0], [-0.0, 1.0], [1.0, 2.0]].concat();
        assert_eq!(duplicates(Rows::new(&values, 2)), [vec![0, 2, 5], vec![1, 4]]);
        assert!(duplicates(Rows::new(&[1.0], 1)).is_empty());
    }
}
