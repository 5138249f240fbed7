//! The loops as any processor runs them. The others are these, compiled for more; only `sums` they write anew.

use super::{Aim, BLOCK, Factors};

/// Enough independent sums to keep the widest processor busy.
const LANES: usize = 64;

#[inline(always)]
fn fold(a: &[f32], b: &[f32], term: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let (a_whole, a_rest) = a.as_chunks::<LANES>();
    let (b_whole, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_whole.iter().zip(b_whole) {
        for i in 0..LANES {
            lanes[i] += term(a[i], b[i]);
        }
    }
    let (a_some, a_few) = a_rest.as_chunks::<16>();
    let (b_some, b_few) = b_rest.as_chunks::<16>();
    for (a, b) in a_some.iter().zip(b_some) {
        for i in 0..16 {
            lanes[i] += term(a[i], b[i]);
        }
    }
    let few: f32 = a_few.iter().zip(b_few).map(|(a, b)| term(*a, *b)).sum();
    sum(&lanes) + few
}

#[inline(always)]
fn sum(lanes: &[f32; LANES]) -> f32 {
    let mut folded = [0.0f32; 16];
    for i in 0..16 {
        folded[i] = (lanes[i] + lanes[i + 16]) + (lanes[i + 32] + lanes[i + 48]);
    }
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            folded[i] += folded[i + width];
        }
    }
    folded[0]
}

#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    fold(a, b, |a, b| a * b)
}

#[inline(always)]
pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    fold(a, b, |a, b| (a - b) * (a - b))
}

#[inline(always)]
pub fn dot_and_square(a: &[f32], b: &[f32]) -> (f32, f32) {
    (dot(a, b), dot(b, b))
}

/// One round of a rotation: signs, a Hadamard transform of the dimensions from `start` on, and a turn of the halves.
#[inline(always)]
pub fn rotate(point: &mut [f32], signs: &[f32], start: usize, count: usize) {
    point.iter_mut().zip(signs).for_each(|(value, sign)| *value *= sign);
    hadamard(&mut point[start..start + count]);
    if count < point.len() {
        turn_halves(point);
    }
}

#[inline(always)]
fn hadamard(point: &mut [f32]) {
    // Steps that are narrower than what a processor takes at once, of which the compiler makes shuffles.
    let (eights, _) = point.as_chunks_mut::<8>();
    for eight in eights {
        for half in [1, 2, 4] {
            let before = *eight;
            for (at, value) in eight.iter_mut().enumerate() {
                let other = before[at ^ half];
                *value = if at & half == 0 { before[at] + other } else { other - before[at] };
            }
        }
    }
    let mut half = 8;
    while half < point.len() {
        for pair in point.chunks_exact_mut(2 * half) {
            let (left, right) = pair.split_at_mut(half);
            for (a, b) in left.iter_mut().zip(right) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half *= 2;
    }
    let scale = 1.0 / (point.len() as f32).sqrt();
    point.iter_mut().for_each(|value| *value *= scale);
}

#[inline(always)]
fn turn_halves(point: &mut [f32]) {
    let (left, right) = point.split_at_mut(point.len() / 2);
    for (a, b) in left.iter_mut().zip(right) {
        const HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
        (*a, *b) = ((*a + *b) * HALF, (*a - *b) * HALF);
    }
}

pub fn sums(codes: &[u8], table: &[u8], sums: &mut [i32; BLOCK]) {
    *sums = [0; BLOCK];
    let (codes, _) = codes.as_chunks::<16>();
    let (table, _) = table.as_chunks::<16>();
    for (codes, table) in codes.iter().zip(table) {
        for (at, code) in codes.iter().enumerate() {
            sums[at] += i32::from(table[usize::from(code & 15)]);
            sums[at + 16] += i32::from(table[usize::from(code >> 4)]);
        }
    }
}

#[inline(always)]
pub fn fine_product(codes: &[u8], query: &[i8]) -> i32 {
    let (first, second) = query.split_at(codes.len());
    let mut sum = 0;
    for (code, (first, second)) in codes.iter().zip(first.iter().zip(second)) {
        sum += i32::from(code & 15) * i32::from(*first) + i32::from(code >> 4) * i32::from(*second);
    }
    sum
}

/// The least that the squared distances of the rows can be.
#[inline(always)]
pub fn least(sums: &[i32; BLOCK], factors: &Factors, aim: Aim, least: &mut [f32; BLOCK]) {
    for i in 0..BLOCK {
        let product = aim.step * sums[i] as f32 + aim.bias;
        let estimate = aim.base + factors.offset[i] - factors.slope[i] * product;
        least[i] = estimate - factors.error[i] * aim.slack;
    }
}

pub fn candidates(
    sums: &[i32; BLOCK],
    factors: &Factors,
    aim: Aim,
    threshold: f32,
    into: &mut [f32; BLOCK],
) -> u32 {
    least(sums, factors, aim, into);
    into.iter().enumerate().fold(0, |mask, (at, least)| mask | u32::from(*least < threshold) << at)
}
