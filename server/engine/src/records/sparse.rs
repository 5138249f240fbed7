//! Sparse values.

use super::values::check_finite;
use crate::{
    invalid::{Invalid, Rule, check_length},
    limits,
};
use std::sync::Arc;

/// 1 to 2,048 pairs of a place and a finite number, held in the order of the places.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseValues {
    indices: Arc<[u32]>,
    values: Arc<[f32]>,
}

impl SparseValues {
    pub fn new(indices: &[u32], values: &[f32]) -> Result<Self, Invalid> {
        let bounds = (1, limits::SPARSE_NON_ZEROS);
        check_length("sparse_values.indices", "places", bounds, indices.len())?;
        if values.len() != indices.len() {
            let rule = Rule::SameLength { with: "indices", expected: indices.len(), found: values.len() };
            return Err(Invalid::new("sparse_values.values", rule));
        }
        check_finite("sparse_values.values", values)?;
        let mut pairs: Vec<(u32, f32)> = indices.iter().copied().zip(values.iter().copied()).collect();
        pairs.sort_unstable_by_key(|(index, _)| *index);
        if let Some(twice) = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let found = twice[0].0.to_string();
            return Err(Invalid::new("sparse_values.indices", Rule::Repeated { found }));
        }
        let (indices, values): (Vec<u32>, Vec<f32>) = pairs.into_iter().unzip();
        Ok(Self { indices: indices.into(), values: values.into() })
    }

    pub fn indices(&self) -> &[u32] {
        &self.indices
    }

    pub fn values(&self) -> &[f32] {
        &self.values
    }

    pub fn pairs(&self) -> impl Iterator<Item = (u32, f32)> {
        self.indices.iter().copied().zip(self.values.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_held_in_order_of_their_places() {
        let sparse = SparseValues::new(&[9, 0, u32::MAX], &[1.0, 2.0, 3.0]).expect("valid");
        assert_eq!(sparse.pairs().collect::<Vec<_>>(), [(0, 2.0), (9, 1.0), (u32::MAX, 3.0)]);
    }

    #[test]
    fn places_and_numbers_belong_together() {
        let refused = |indices: &[u32], values: &[f32]| {
            SparseValues::new(indices, values).expect_err("must be refused").to_string()
        };
        assert_eq!(
            refused(&[1, 2], &[1.0]),
            "sparse_values.values: must be as long as indices, which has 2, but has 1"
        );
        assert_eq!(
            refused(&[7, 7], &[1.0, 2.0]),
            "sparse_values.indices: must not repeat, but has 7 more than once"
        );
        assert_eq!(refused(&[], &[]), "sparse_values.indices: must be 1 to 2048 places, but is 0");
        assert!(refused(&[1], &[f32::INFINITY]).contains("has inf at position 0"));
        let many: Vec<u32> = (0..2_049).collect();
        assert!(refused(&many, &vec![1.0; 2_049]).ends_with("but is 2049"));
    }
}
