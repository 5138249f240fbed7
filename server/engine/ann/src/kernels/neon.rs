//! The loops for ARM. All its processors of 64 bits have these instructions, and of plain arithmetic the compiler makes
//! them by itself: only the table look-ups and the products of bytes are written out.
#![allow(unsafe_code, reason = "wide instructions have no safe way in")]

use super::BLOCK;
pub use super::portable::{candidates, dot, dot_and_square, rotate, squared_distance};
use std::arch::aarch64::*;

/// After so many groups the sums of 16 bits could run over.
const GROUPS_MAX: usize = 256;

#[inline]
pub fn sums(codes: &[u8], table: &[u8], sums: &mut [i32; BLOCK]) {
    *sums = [0; BLOCK];
    let parts = codes.chunks(16 * GROUPS_MAX).zip(table.chunks(16 * GROUPS_MAX));
    for (codes, table) in parts {
        // SAFETY: all processors of this kind have the feature.
        let part = unsafe { sums_neon(codes, table) };
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += i32::from(part);
        }
    }
}

#[inline]
pub fn fine_product(codes: &[u8], query: &[i8]) -> i32 {
    // SAFETY: all processors of this kind have the feature.
    unsafe { fine_product_neon(codes, query) }
}

#[target_feature(enable = "neon")]
fn sums_neon(codes: &[u8], table: &[u8]) -> [u16; BLOCK] {
    let low = vdupq_n_u8(15);
    let mut sums = [vdupq_n_u16(0); 4];
    let (codes, _) = codes.as_chunks::<16>();
    let (table, _) = table.as_chunks::<16>();
    for (codes, table) in codes.iter().zip(table) {
        // SAFETY: both are 16 bytes, and the load asks for no alignment.
        let (codes, table) = unsafe { (vld1q_u8(codes.as_ptr()), vld1q_u8(table.as_ptr())) };
        for (half, codes) in [vandq_u8(codes, low), vshrq_n_u8::<4>(codes)].into_iter().enumerate() {
            let picked = vqtbl1q_u8(table, codes);
            sums[2 * half] = vaddw_u8(sums[2 * half], vget_low_u8(picked));
            sums[2 * half + 1] = vaddw_high_u8(sums[2 * half + 1], picked);
        }
    }
    let mut all = [0; BLOCK];
    for (eight, sums) in all.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
        // SAFETY: eight numbers of two bytes are written, to as many.
        unsafe { vst1q_u16(eight.as_mut_ptr(), sums) }
    }
    all
}

#[target_feature(enable = "neon")]
fn fine_product_neon(codes: &[u8], query: &[i8]) -> i32 {
    let (first, second) = query.split_at(codes.len());
    let (codes, _) = codes.as_chunks::<16>();
    let (first, _) = first.as_chunks::<16>();
    let (second, _) = second.as_chunks::<16>();
    let low = vdupq_n_u8(15);
    let mut sums = [vdupq_n_s32(0); 2];
    for (codes, (first, second)) in codes.iter().zip(first.iter().zip(second)) {
        // SAFETY: each is 16 bytes, and the load asks for no alignment.
        let (codes, first, second) =
            unsafe { (vld1q_u8(codes.as_ptr()), vld1q_s8(first.as_ptr()), vld1q_s8(second.as_ptr())) };
        let halves = [vandq_u8(codes, low), vshrq_n_u8::<4>(codes)];
        for ((sum, codes), query) in sums.iter_mut().zip(halves).zip([first, second]) {
            // Codes are at most 15, so they are the same with a sign.
            let codes = vreinterpretq_s8_u8(codes);
            for pairs in [vmull_s8(vget_low_s8(codes), vget_low_s8(query)), vmull_high_s8(codes, query)] {
                *sum = vaddw_high_s16(vaddw_s16(*sum, vget_low_s16(pairs)), pairs);
            }
        }
    }
    vaddvq_s32(vaddq_s32(sums[0], sums[1]))
}
