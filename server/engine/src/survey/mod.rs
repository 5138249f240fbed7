//! A set of records as a whole: where they lie, which are the same, and which stand alone.

mod same;
mod selection;

pub use same::duplicates;
pub use selection::Selection;

use crate::{error::Result, index::IndexSpec, namespace::Namespace, records::RecordId};
use conifer_ann::{Rows, survey};
use selection::Selected;

/// Records as points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapped {
    pub points: Vec<(RecordId, Vec<f32>)>,
    /// What share of all difference each dimension shows, falling.
    pub shares: Vec<f32>,
}

/// How far a record stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlier {
    pub id: RecordId,
    pub distance: f32,
}

pub fn project(
    namespace: &Namespace,
    selection: &Selection,
    dimension: usize,
    dimensions: usize,
) -> Result<Mapped> {
    let Selected { ids, values } = selection.of(namespace)?;
    if ids.is_empty() {
        return Ok(Mapped::default());
    }
    let shown = survey::project(Rows::new(&values, dimension), dimensions);
    Ok(Mapped { points: ids.into_iter().zip(shown.points).collect(), shares: shown.shares })
}

pub fn outliers(
    namespace: &Namespace,
    selection: &Selection,
    spec: IndexSpec,
    neighbours: usize,
) -> Result<Vec<Outlier>> {
    let Selected { ids, values } = selection.of(namespace)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let distances = survey::outliers(Rows::new(&values, spec.dimension()), spec.metric().into(), neighbours);
    let found = ids.into_iter().zip(distances);
    let mut found: Vec<Outlier> = found.map(|(id, distance)| Outlier { id, distance }).collect();
    found.sort_by(|a, b| b.distance.total_cmp(&a.distance));
    Ok(found)
}
