//! One geometry for all metrics: rows and queries become points such that the nearer point is the better match.

use crate::kernels::{dot, dot_and_square, squared_distance};

/// What makes two vectors alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The smaller squared distance.
    Euclidean,
    /// The greater cosine of the angle.
    Cosine,
    /// The greater dot product.
    DotProduct,
}

/// How vectors of one metric become points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    pub metric: Metric,
    dimension: usize,
    /// The squared length of the longest row; of use for the dot product alone.
    longest: f32,
}

impl Geometry {
    pub fn of<'a>(metric: Metric, dimension: usize, rows: impl Iterator<Item = &'a [f32]>) -> Self {
        let longest = match metric {
            Metric::DotProduct => rows.map(|row| dot(row, row)).fold(0.0, f32::max),
            _ => 0.0,
        };
        Self { metric, dimension, longest }
    }

    /// One that was made before.
    pub fn known(metric: Metric, dimension: usize, longest: f32) -> Self {
        Self { metric, dimension, longest }
    }

    /// Dimensions of a row.
    pub fn row_dimension(&self) -> usize {
        self.dimension
    }

    pub fn longest(&self) -> f32 {
        self.longest
    }

    /// Dimensions of a point. The dot product takes one more, in which shorter rows stand further out:
    /// then all rows are of one length, and the nearest has the greatest product.
    pub fn dimension(&self) -> usize {
        self.dimension + usize::from(self.metric == Metric::DotProduct)
    }

    /// Writes the point of a row; `point` is zero beyond its dimensions.
    pub fn place_row(&self, row: &[f32], point: &mut [f32]) {
        point[..row.len()].copy_from_slice(row);
        match self.metric {
            Metric::Euclidean => {}
            Metric::Cosine => scale(&mut point[..row.len()], inverse_length(row)),
            Metric::DotProduct => point[self.dimension] = (self.longest - dot(row, row)).max(0.0).sqrt(),
        }
    }

    /// The same for a query; its length never matters to cosine and dot product, so it is made that of the longest row.
    pub fn place_query(&self, query: &[f32], point: &mut [f32]) {
        point[..query.len()].copy_from_slice(query);
        if self.metric != Metric::Euclidean {
            scale(&mut point[..query.len()], self.query_scale(query));
        }
    }

    fn query_scale(&self, query: &[f32]) -> f32 {
        let length = if self.metric == Metric::DotProduct { self.longest.sqrt() } else { 1.0 };
        length * inverse_length(query)
    }

    /// Measures the squared distance between the points of a query and of rows.
    pub fn ruler<'q>(&self, query: &'q [f32]) -> Ruler<'q> {
        Ruler { geometry: *self, query, scale: self.query_scale(query) }
    }
}

/// One query's exact distances.
pub struct Ruler<'q> {
    geometry: Geometry,
    query: &'q [f32],
    scale: f32,
}

impl Ruler<'_> {
    #[inline]
    pub fn squared_distance(&self, row: &[f32]) -> f32 {
        match self.geometry.metric {
            Metric::Euclidean => squared_distance(self.query, row),
            Metric::Cosine => {
                let (product, square) = dot_and_square(self.query, row);
                self.by_products(product, square)
            }
            Metric::DotProduct => self.by_products(dot(self.query, row), 0.0),
        }
    }

    /// The squared distance at which a score lies, or a little more: where it is as good, the row may count.
    pub fn at_score(&self, score: f32) -> f32 {
        const ROUNDING: f32 = 1e-5;
        match self.geometry.metric {
            Metric::Euclidean => score * (1.0 + ROUNDING),
            Metric::Cosine => 2.0 - 2.0 * score + ROUNDING,
            Metric::DotProduct => {
                2.0 * (self.geometry.longest - self.scale * score) + ROUNDING * self.geometry.longest
            }
        }
    }

    /// The same from the product of query and row and the row's with itself. Less exact where the distance is small.
    pub fn by_products(&self, product: f32, square: f32) -> f32 {
        match self.geometry.metric {
            Metric::Euclidean => (dot(self.query, self.query) - 2.0 * product + square).max(0.0),
            Metric::Cosine => {
                let length = square.sqrt();
                let cosine = if length > 0.0 { self.scale * product / length } else { 0.0 };
                2.0 - 2.0 * cosine
            }
            Metric::DotProduct => 2.0 * (self.geometry.longest - self.scale * product),
        }
    }
}

fn inverse_length(vector: &[f32]) -> f32 {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 { 1.0 / length } else { 0.0 }
}

fn scale(vector: &mut [f32], by: f32) {
    vector.iter_mut().for_each(|value| *value *= by);
}
