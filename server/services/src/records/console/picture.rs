//! Records as points in two dimensions.

use super::{
    super::{at_hand, read::see},
    read, shown,
};
use crate::{Error, Result, Services, authorize::Granted};
use conifer_domain::{
    Problem,
    permissions::may,
    records::{PICTURE_OTHERS_MAX, Picture, Point, TOP_K_SHOWN_MAX},
};
use conifer_engine::{IndexName, Mapped, NamespaceName, RecordId, Selection, VectorEngine};
use std::collections::HashSet;

/// These records, and others spread evenly over their namespace. Sparse vectors have no picture.
pub async fn picture(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: &str,
    ids: &[String],
) -> Result<Picture> {
    let namespace = read::namespace(namespace).map_err(Problem::from)?;
    let ids: Result<Vec<_>, _> = ids.iter().take(TOP_K_SHOWN_MAX).map(|id| read::id(id)).collect();
    let ids = ids.map_err(Problem::from)?;
    let index = at_hand(services, granted, &namespace)?;
    let seen =
        see(services, "picture", index, move |engine, index| draw(engine, index, &namespace, ids)).await;
    match seen {
        Ok(seen) => Ok(seen.value),
        Err(Error::Invalid(_) | Error::Missing { .. }) => Ok(Picture::default()),
        Err(error) => Err(error),
    }
}

fn draw(
    engine: &dyn VectorEngine,
    index: &IndexName,
    namespace: &NamespaceName,
    mut ids: Vec<RecordId>,
) -> conifer_engine::Result<Picture> {
    let wanted: HashSet<RecordId> = ids.iter().cloned().collect();
    let others = Selection::Sample { filter: None, limit: PICTURE_OTHERS_MAX };
    let others = engine.project(index, namespace, &others, 1)?.points;
    ids.extend(others.into_iter().map(|(id, _)| id).filter(|id| !wanted.contains(id)));
    let Mapped { points, shares } = engine.project(index, namespace, &Selection::Ids(ids), 2)?;
    let drawn: Vec<RecordId> = points.iter().map(|(id, _)| id.clone()).collect();
    let mut metadata = Vec::with_capacity(drawn.len());
    for some in drawn.chunks(conifer_engine::limits::FETCH_IDS) {
        metadata
            .extend(engine.fetch(index, namespace, some)?.iter().map(|record| shown::record(record, false)));
    }
    let of = |id: &RecordId| metadata.iter().find(|record| record.id == id.as_str());
    let point = |(id, at): (RecordId, Vec<f32>)| Point {
        x: at.first().copied().unwrap_or_default(),
        y: at.get(1).copied().unwrap_or_default(),
        found: wanted.contains(&id),
        metadata: of(&id).map(|record| record.metadata.clone()).unwrap_or_default(),
        id: id.to_string(),
    };
    let mut points: Vec<Point> = points.into_iter().map(point).collect();
    points.sort_by_key(|point| !point.found);
    Ok(Picture { points, shares })
}
