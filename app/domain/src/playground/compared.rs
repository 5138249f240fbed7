//! Two answers side by side.

use crate::records::Match;
use serde::{Deserialize, Serialize};

/// How two answers agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Which share of the ids of the shorter `top_k` both have, that is overlap@k.
    pub overlap: f64,
    /// The k of it.
    pub depth: usize,
    /// Every record that either has, in the order of its better rank.
    pub rows: Vec<ComparedRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedRow {
    pub id: String,
    pub left: Option<Placed>,
    pub right: Option<Placed>,
}

/// Where an answer has a record.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    pub rank: usize,
    pub score: f32,
}

/// What a record is to two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Same,
    /// By how many ranks it is better (above 0) or worse on the right.
    Moved(i64),
    OnlyLeft,
    OnlyRight,
}

impl ComparedRow {
    pub fn side(&self) -> Side {
        match (self.left, self.right) {
            (Some(left), Some(right)) if left.rank == right.rank => Side::Same,
            (Some(left), Some(right)) => Side::Moved(left.rank as i64 - right.rank as i64),
            (Some(_), None) => Side::OnlyLeft,
            _ => Side::OnlyRight,
        }
    }
}

pub fn compare(left: &[Match], right: &[Match]) -> Compared {
    let place = |side: &[Match], id: &str| {
        let rank = side.iter().position(|found| found.id == id)?;
        Some(Placed { rank: rank + 1, score: side[rank].score })
    };
    let mut rows: Vec<ComparedRow> = Vec::new();
    for (at, found) in left.iter().enumerate() {
        let left = Some(Placed { rank: at + 1, score: found.score });
        rows.push(ComparedRow { id: found.id.clone(), left, right: place(right, &found.id) });
    }
    for (at, found) in right.iter().enumerate() {
        if place(left, &found.id).is_none() {
            let right = Some(Placed { rank: at + 1, score: found.score });
            rows.push(ComparedRow { id: found.id.clone(), left: None, right });
        }
    }
    rows.sort_by_key(|row| {
        [row.left, row.right].into_iter().flatten().map(|placed| placed.rank).min().unwrap_or(usize::MAX)
    });
    let depth = left.len().min(right.len());
    let shared = left[..depth].iter().filter(|found| place(&right[..depth], &found.id).is_some()).count();
    let overlap = if depth == 0 { 0.0 } else { shared as f64 / depth as f64 };
    Compared { overlap, depth, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(ids: &[&str]) -> Vec<Match> {
        let found = |(at, id): (usize, &&str)| Match {
            id: (*id).into(),
            score: 1.0 - at as f32 / 10.0,
            ..Match::default()
        };
        ids.iter().enumerate().map(found).collect()
    }

    #[test]
    fn records_are_told_by_where_they_are() {
        let compared = compare(&answer(&["a", "b", "c", "d"]), &answer(&["a", "c", "b", "x"]));
        assert_eq!((compared.overlap, compared.depth), (0.75, 4));
        let told: Vec<(&str, Side)> = compared.rows.iter().map(|row| (row.id.as_str(), row.side())).collect();
        assert_eq!(
            told,
            [
                ("a", Side::Same),
                ("b", Side::Moved(-1)),
                ("c", Side::Moved(1)),
                ("d", Side::OnlyLeft),
                ("x", Side::OnlyRight)
            ]
        );
    }

    #[test]
    fn the_shorter_answer_counts() {
        let compared = compare(&answer(&["a", "b", "c"]), &answer(&["b"]));
        assert_eq!((compared.overlap, compared.depth), (0.0, 1));
        assert_eq!(compare(&answer(&["a"]), &[]).overlap, 0.0);
    }
}
