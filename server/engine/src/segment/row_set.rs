//! A set of rows of one part: a bit for each row.

#[derive(Clone, Debug, PartialEq)]
pub struct RowSet {
    words: Vec<u64>,
    rows: u32,
}

impl RowSet {
    pub fn none(rows: u32) -> Self {
        Self { words: vec![0; rows.div_ceil(64) as usize], rows }
    }

    pub fn all(rows: u32) -> Self {
        Self::none(rows).opposite()
    }

    /// The row must be one of the part's.
    pub fn insert(&mut self, row: u32) {
        self.words[row as usize / 64] |= 1 << (row % 64);
    }

    pub fn remove(&mut self, row: u32) {
        self.words[row as usize / 64] &= !(1 << (row % 64));
    }

    pub fn contains(&self, row: u32) -> bool {
        self.words[row as usize / 64] >> (row % 64) & 1 == 1
    }

    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn words(&self) -> &[u64] {
        &self.words
    }

    pub fn opposite(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        if let Some(last) = self.words.last_mut().filter(|_| !self.rows.is_multiple_of(64)) {
            *last &= (1 << (self.rows % 64)) - 1;
        }
        self
    }

    /// With the rows of the other. Both are of one part.
    pub fn add(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Without those that the other has not.
    pub fn keep(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// The first row that is not before this one.
    pub fn next(&self, from: u32) -> Option<u32> {
        if from >= self.rows {
            return None;
        }
        let start = from as usize / 64;
        let first = self.words[start] & (u64::MAX << (from % 64));
        let rest = self.words[start + 1..].iter().copied();
        let mut words = (start..).zip(std::iter::once(first).chain(rest));
        words.find(|(_, word)| *word != 0).map(|(at, word)| at as u32 * 64 + word.trailing_zeros())
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let row = (left != 0).then(|| at as u32 * 64 + left.trailing_zeros());
                left &= left.wrapping_sub(1);
                row
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::btree_set, prelude::*};
    use std::collections::BTreeSet;

    fn set(rows: u32, members: &BTreeSet<u32>) -> RowSet {
        let mut set = RowSet::none(rows);
        members.iter().for_each(|row| set.insert(*row));
        set
    }

    proptest! {
        #[test]
        fn it_is_a_set(rows in 1_u32..200, a in btree_set(0_u32..200, 0..50), b in btree_set(0_u32..200, 0..50), from in 0_u32..201) {
            let within = |set: BTreeSet<u32>| set.into_iter().filter(|row| *row < rows).collect::<BTreeSet<_>>();
            let (a, b) = (within(a), within(b));
            let (left, right) = (set(rows, &a), set(rows, &b));
            let is = |set: &RowSet, expected: &BTreeSet<u32>| {
                set.iter().eq(expected.iter().copied())
                    && set.count() == expected.len() as u64
                    && set.is_empty() == expected.is_empty()
                    && (0..rows).all(|row| set.contains(row) == expected.contains(&row))
            };
            prop_assert!(is(&left, &a));
            let mut both = left.clone();
            both.add(&right);
            prop_assert!(is(&both, &(&a | &b)));
            let mut shared = left.clone();
            shared.keep(&right);
            prop_assert!(is(&shared, &(&a & &b)));
            prop_assert!(is(&left.clone().opposite(), &(0..rows).filter(|row| !a.contains(row)).collect()));
            prop_assert!(is(&RowSet::all(rows), &(0..rows).collect()));
            prop_assert_eq!(left.next(from), a.range(from..).next().copied());
            let mut fewer = left;
            a.iter().next().into_iter().for_each(|row| fewer.remove(*row));
            prop_assert!(is(&fewer, &a.iter().skip(1).copied().collect()));
        }
    }
}
