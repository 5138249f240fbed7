//! The loops for x86. Each function checks nothing: [`Level`](super::Level) is made only of what the processor has.
#![allow(unsafe_code, reason = "wide instructions have no safe way in")]

use super::{Aim, BLOCK, Factors, portable};
use std::arch::x86_64::*;

pub fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

pub fn has_avx512() -> bool {
    has_avx2() && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw")
}

/// After so many groups the sums of 16 bits could run over.
const GROUPS_MAX: usize = 256;

#[inline]
pub fn prefetch<T>(soon: &[T]) {
    for line in soon.chunks(64 / size_of::<T>()) {
        // SAFETY: a prefetch reads nothing and may be given any address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) }
    }
}

macro_rules! compiled_for {
    ($features:literal, $sums:ident, $fine:ident, $below:ident) => {
        use super::*;

        #[inline]
        pub fn dot(a: &[f32], b: &[f32]) -> f32 {
            #[target_feature(enable = $features)]
            fn run(a: &[f32], b: &[f32]) -> f32 {
                portable::dot(a, b)
            }
            // SAFETY: the level says that the processor has the features.
            unsafe { run(a, b) }
        }

        #[inline]
        pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
            #[target_feature(enable = $features)]
            fn run(a: &[f32], b: &[f32]) -> f32 {
                portable::squared_distance(a, b)
            }
            // SAFETY: the level says that the processor has the features.
            unsafe { run(a, b) }
        }

        #[inline]
        pub fn dot_and_square(a: &[f32], b: &[f32]) -> (f32, f32) {
            #[target_feature(enable = $features)]
            fn run(a: &[f32], b: &[f32]) -> (f32, f32) {
                portable::dot_and_square(a, b)
            }
            // SAFETY: the level says that the processor has the features.
            unsafe { run(a, b) }
        }

        #[inline]
        pub fn rotate(point: &mut [f32], signs: &[f32], start: usize, count: usize) {
            #[target_feature(enable = $features)]
            fn run(point: &mut [f32], signs: &[f32], start: usize, count: usize) {
                portable::rotate(point, signs, start, count)
            }
            // SAFETY: the level says that the processor has the features.
            unsafe { run(point, signs, start, count) }
        }

        #[inline]
        pub fn sums(codes: &[u8], table: &[u8], sums: &mut [i32; BLOCK]) {
            *sums = [0; BLOCK];
            let parts = codes.chunks(16 * GROUPS_MAX).zip(table.chunks(16 * GROUPS_MAX));
            for (codes, table) in parts {
                // SAFETY: the level says that the processor has the features.
                let part = unsafe { $sums(codes, table) };
                for (sum, part) in sums.iter_mut().zip(part) {
                    *sum += i32::from(part);
                }
            }
        }

        #[inline]
        pub fn fine_product(codes: &[u8], query: &[i8]) -> i32 {
            // SAFETY: the level says that the processor has the features.
            unsafe { $fine(codes, query) }
        }

        #[inline]
        pub fn candidates(
            sums: &[i32; BLOCK],
            factors: &Factors,
            aim: Aim,
            threshold: f32,
            least: &mut [f32; BLOCK],
        ) -> u32 {
            #[target_feature(enable = $features)]
            fn run(
                sums: &[i32; BLOCK],
                factors: &Factors,
                aim: Aim,
                threshold: f32,
                least: &mut [f32; BLOCK],
            ) -> u32 {
                portable::least(sums, factors, aim, least);
                $below(least, threshold)
            }
            // SAFETY: the level says that the processor has the features.
            unsafe { run(sums, factors, aim, threshold, least) }
        }
    };
}

pub mod avx2 {
    compiled_for!("avx2,fma", sums_avx2, fine_product_avx2, below_avx2);
}

pub mod avx512 {
    compiled_for!("avx2,fma,avx512f,avx512bw", sums_avx512, fine_product_avx2, below_avx512);
}

/// Two groups at a time. A sum of 16 bits takes two neighbouring bytes: `wide` adds both as one number, `odd` the
/// upper one alone; what is left of `wide` without `odd` is the lower one.
#[target_feature(enable = "avx2")]
fn sums_avx2(codes: &[u8], table: &[u8]) -> [u16; BLOCK] {
    let low = _mm256_set1_epi8(15);
    let mut wide = [_mm256_setzero_si256(); 2];
    let mut odd = [_mm256_setzero_si256(); 2];
    let (codes, _) = codes.as_chunks::<32>();
    let (table, _) = table.as_chunks::<32>();
    for (codes, table) in codes.iter().zip(table) {
        // SAFETY: both are 32 bytes, and the load asks for no alignment.
        let (codes, table) =
            unsafe { (_mm256_loadu_si256(codes.as_ptr().cast()), _mm256_loadu_si256(table.as_ptr().cast())) };
        let halves = [_mm256_and_si256(codes, low), _mm256_and_si256(_mm256_srli_epi16::<4>(codes), low)];
        for (half, codes) in halves.into_iter().enumerate() {
            let picked = _mm256_shuffle_epi8(table, codes);
            wide[half] = _mm256_add_epi16(wide[half], picked);
            odd[half] = _mm256_add_epi16(odd[half], _mm256_srli_epi16::<8>(picked));
        }
    }
    let mut sums = [0; BLOCK];
    for half in 0..2 {
        let even = _mm256_sub_epi16(wide[half], _mm256_slli_epi16::<8>(odd[half]));
        let fold = |lanes: __m256i| {
            _mm_add_epi16(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256::<1>(lanes))
        };
        interleave(fold(even), fold(odd[half]), &mut sums[16 * half..]);
    }
    sums
}

/// The same, four groups at a time.
#[target_feature(enable = "avx2,avx512f,avx512bw")]
fn sums_avx512(codes: &[u8], table: &[u8]) -> [u16; BLOCK] {
    let low = _mm512_set1_epi8(15);
    let mut wide = [_mm512_setzero_si512(); 2];
    let mut odd = [_mm512_setzero_si512(); 2];
    let (codes, _) = codes.as_chunks::<64>();
    let (table, _) = table.as_chunks::<64>();
    for (codes, table) in codes.iter().zip(table) {
        // SAFETY: both are 64 bytes, and the load asks for no alignment.
        let (codes, table) =
            unsafe { (_mm512_loadu_si512(codes.as_ptr().cast()), _mm512_loadu_si512(table.as_ptr().cast())) };
        let halves = [_mm512_and_si512(codes, low), _mm512_and_si512(_mm512_srli_epi16::<4>(codes), low)];
        for (half, codes) in halves.into_iter().enumerate() {
            let picked = _mm512_shuffle_epi8(table, codes);
            wide[half] = _mm512_add_epi16(wide[half], picked);
            odd[half] = _mm512_add_epi16(odd[half], _mm512_srli_epi16::<8>(picked));
        }
    }
    let mut sums = [0; BLOCK];
    for half in 0..2 {
        let even = _mm512_sub_epi16(wide[half], _mm512_slli_epi16::<8>(odd[half]));
        let fold = |lanes: __m512i| {
            let halved =
                _mm256_add_epi16(_mm512_castsi512_si256(lanes), _mm512_extracti64x4_epi64::<1>(lanes));
            _mm_add_epi16(_mm256_castsi256_si128(halved), _mm256_extracti128_si256::<1>(halved))
        };
        interleave(fold(even), fold(odd[half]), &mut sums[16 * half..]);
    }
    sums
}

#[target_feature(enable = "avx2")]
fn fine_product_avx2(codes: &[u8], query: &[i8]) -> i32 {
    let (first, second) = query.split_at(codes.len());
    let (codes, _) = codes.as_chunks::<32>();
    let (first, _) = first.as_chunks::<32>();
    let (second, _) = second.as_chunks::<32>();
    let (low, ones) = (_mm256_set1_epi8(15), _mm256_set1_epi16(1));
    let mut sums = [_mm256_setzero_si256(); 2];
    for (codes, (first, second)) in codes.iter().zip(first.iter().zip(second)) {
        // SAFETY: each is 32 bytes, and the load asks for no alignment.
        let (codes, first, second) = unsafe {
            (
                _mm256_loadu_si256(codes.as_ptr().cast()),
                _mm256_loadu_si256(first.as_ptr().cast()),
                _mm256_loadu_si256(second.as_ptr().cast()),
            )
        };
        let halves = [_mm256_and_si256(codes, low), _mm256_and_si256(_mm256_srli_epi16::<4>(codes), low)];
        for ((sum, codes), query) in sums.iter_mut().zip(halves).zip([first, second]) {
            // Two products of at most 15 * 128 fit 16 bits.
            let pairs = _mm256_maddubs_epi16(codes, query);
            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
        }
    }
    let both = _mm256_add_epi32(sums[0], sums[1]);
    let four = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256::<1>(both));
    let two = _mm_add_epi32(four, _mm_shuffle_epi32::<0b01_00_11_10>(four));
    _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32::<0b10_11_00_01>(two)))
}

#[target_feature(enable = "avx2")]
fn interleave(even: __m128i, odd: __m128i, sums: &mut [u16]) {
    let sums = &mut sums[..16];
    // SAFETY: 32 bytes are written, to sixteen numbers of two.
    unsafe {
        _mm_storeu_si128(sums.as_mut_ptr().cast(), _mm_unpacklo_epi16(even, odd));
        _mm_storeu_si128(sums.as_mut_ptr().add(8).cast(), _mm_unpackhi_epi16(even, odd));
    }
}

#[target_feature(enable = "avx2")]
fn below_avx2(values: &[f32; BLOCK], threshold: f32) -> u32 {
    let threshold = _mm256_set1_ps(threshold);
    let (eights, _) = values.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |mask, (at, eight)| {
        // SAFETY: eight numbers are 32 bytes, and the load asks for no alignment.
        let eight = unsafe { _mm256_loadu_ps(eight.as_ptr()) };
        let below = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_LT_OQ>(eight, threshold)) as u32;
        mask | below << (8 * at)
    })
}

#[target_feature(enable = "avx512f")]
fn below_avx512(values: &[f32; BLOCK], threshold: f32) -> u32 {
    let threshold = _mm512_set1_ps(threshold);
    let (sixteens, _) = values.as_chunks::<16>();
    sixteens.iter().enumerate().fold(0, |mask, (at, sixteen)| {
        // SAFETY: sixteen numbers are 64 bytes, and the load asks for no alignment.
        let sixteen = unsafe { _mm512_loadu_ps(sixteen.as_ptr()) };
        mask | u32::from(_mm512_cmp_ps_mask::<_CMP_LT_OQ>(sixteen, threshold)) << (16 * at)
    })
}
