//! Which port a new index gets.

use super::Ports;
use crate::{Result, db::Tx, vectors::NodeId};
use std::collections::HashMap;

/// One that no index had yet, or else the one that is free for longest; none that another program has.
pub(super) async fn free_port(tx: &mut Tx, node: NodeId, ports: Option<&dyn Ports>) -> Result<Option<u16>> {
    let Some(ports) = ports else { return Ok(None) };
    let node = node.to_string();
    let had: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT p.port, p.turn, (SELECT COUNT(*) FROM indexes i WHERE i.node_id = p.node_id AND i.port = p.port)
         FROM index_ports p WHERE p.node_id = $1",
    )
    .bind(&node)
    .fetch_all(&mut *tx)
    .await?;
    let had: HashMap<i64, (i64, i64)> =
        had.into_iter().map(|(port, turn, holders)| (port, (turn, holders))).collect();
    let turn = |port: &u16| had.get(&i64::from(*port)).map_or(0, |(turn, _)| *turn);
    let is_held = |port: &u16| had.get(&i64::from(*port)).is_some_and(|(_, holders)| *holders > 0);
    let mut free: Vec<u16> = ports.range().filter(|port| !is_held(port)).collect();
    free.sort_by_key(turn);
    let port = free.into_iter().find(|port| ports.is_free(*port));
    if let Some(port) = port {
        note_turn(tx, &node, port.into()).await?;
    }
    Ok(port)
}

/// It was given, or became free, after all others.
pub(super) async fn note_turn(tx: &mut Tx, node: &str, port: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO index_ports (node_id, port, turn)
         VALUES ($1, $2, (SELECT COALESCE(MAX(turn), 0) + 1 FROM index_ports WHERE node_id = $1))
         ON CONFLICT (node_id, port) DO UPDATE SET turn = excluded.turn",
    )
    .bind(node.to_owned())
    .bind(port)
    .execute(tx)
    .await?;
    Ok(())
}
