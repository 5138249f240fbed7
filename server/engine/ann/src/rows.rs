//! Vectors of one dimension, one after the other.

/// A matrix in row order.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    values: &'a [f32],
    dimension: usize,
}

impl<'a> Rows<'a> {
    /// `values` holds whole rows.
    pub fn new(values: &'a [f32], dimension: usize) -> Self {
        assert!(dimension > 0 && values.len().is_multiple_of(dimension), "rows are whole");
        Self { values, dimension }
    }

    pub fn dimension(&self) -> usize {
        self.dimension
    }

    pub fn len(&self) -> usize {
        self.values.len() / self.dimension
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn values(&self) -> &'a [f32] {
        self.values
    }

    pub fn row(&self, at: usize) -> &'a [f32] {
        &self.values[at * self.dimension..][..self.dimension]
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'a [f32]> + use<'a> {
        self.values.chunks_exact(self.dimension)
    }
}
