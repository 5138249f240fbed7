//! Where a part is large, its values are kept in the order of cells of near vectors, and an index over these is beside them.

use super::{Row, build::Layout};
use crate::{error::Result, score::is_ordinary};
use conifer_ann::{Build, Index, Rows};

/// The index, and which row belongs at each position. None where looking at every row is as good.
pub fn arrange(rows: &[Row<'_>], layout: Layout) -> Result<Option<(Index, Vec<u32>)>> {
    if layout.dimension == 0 || rows.len() < layout.near_rows.max(2) {
        return Ok(None);
    }
    let mut values = Vec::with_capacity(rows.len() * layout.dimension);
    for row in rows {
        let row = row.values()?;
        // The index reckons in `f32` alone.
        if !is_ordinary(row) {
            return Ok(None);
        }
        values.extend_from_slice(row);
    }
    Ok(Some(Index::build(Rows::new(&values, layout.dimension), Build::new(layout.metric.into()))))
}

/// For each row its position.
pub fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (row, position) in order.iter().zip(0..) {
        places[*row as usize] = position;
    }
    places
}
