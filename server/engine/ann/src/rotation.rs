//! A random rotation that costs n log n: signs, a Hadamard transform of as many dimensions as a power of two allows
//! (now the first, now the last ones), and a turn of the halves against each other.

use crate::kernels::Level;

/// Dimensions come in multiples of this.
pub const STEP: usize = 16;
const ROUNDS: usize = 4;

#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    dimension: usize,
    seed: u64,
    /// One or minus one, for each round and dimension.
    signs: Vec<f32>,
}

impl Rotation {
    /// Of at least so many dimensions; points are filled up with zeros.
    pub fn random(dimension_min: usize, seed: u64) -> Self {
        let dimension = dimension_min.next_multiple_of(STEP);
        let signs = (0..(ROUNDS * dimension) as u64).map(|at| sign(seed, at)).collect();
        Self { dimension, seed, signs }
    }

    pub fn dimension(&self) -> usize {
        self.dimension
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn apply(&self, point: &mut [f32]) {
        let (power, level) = (1 << self.dimension.ilog2(), Level::best());
        for (round, signs) in self.signs.chunks_exact(self.dimension).enumerate() {
            let from = if round % 2 == 0 { 0 } else { self.dimension - power };
            level.rotate(point, signs, from, power);
        }
    }
}

/// Stays what it is for ever: what was built with a seed is read with it. (SplitMix64)
fn sign(seed: u64, at: u64) -> f32 {
    let mut bits = seed.wrapping_add((at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    if (bits ^ bits >> 31) & 1 == 0 { 1.0 } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{dot, squared_distance};
    use rand::{Rng, SeedableRng, rngs::SmallRng};

    #[test]
    fn it_keeps_all_distances() {
        for dimension in [1, 7, 16, 100, 384, 1536] {
            let rotation = Rotation::random(dimension, 7);
            let mut random = SmallRng::seed_from_u64(1);
            let mut point = || {
                let mut point: Vec<f32> = (0..dimension).map(|_| random.random::<f32>() - 0.5).collect();
                point.resize(rotation.dimension(), 0.0);
                point
            };
            let (mut a, mut b) = (point(), point());
            let (distance, square) = (squared_distance(&a, &b), dot(&a, &a));
            rotation.apply(&mut a);
            rotation.apply(&mut b);
            assert!((squared_distance(&a, &b) - distance).abs() < 1e-4 * distance.max(1.0), "{dimension}");
            assert!((dot(&a, &a) - square).abs() < 1e-4 * square.max(1.0), "{dimension}");
        }
    }

    #[test]
    fn it_stays_what_it_was() {
        let signs =
            |seed| Rotation::random(16, seed).signs[..16].iter().map(|sign| *sign as i8).collect::<Vec<_>>();
        assert_eq!(signs(7), [-1, 1, 1, -1, 1, -1, 1, 1, -1, -1, -1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn it_spreads_one_dimension_over_all() {
        let rotation = Rotation::random(384, 7);
        for at in [0, 100, 191, 192, 383] {
            let mut point = vec![0.0; 384];
            point[at] = 1.0;
            rotation.apply(&mut point);
            let greatest = point.iter().fold(0.0f32, |greatest, value| greatest.max(value.abs()));
            assert!(greatest < 0.35, "{at}: {greatest}");
        }
    }
}
