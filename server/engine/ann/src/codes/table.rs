//! A query as codes see it: for each four dimensions, what each way of their signs adds to the product.

use crate::kernels::Aim;

pub struct Table {
    bytes: Vec<u8>,
    step: f32,
    bias: f32,
    /// How far rounding to bytes may put the product off.
    noise: f32,
}

impl Table {
    /// Of a rotated query.
    pub fn new(query: &[f32]) -> Self {
        let root = (query.len() as f32).sqrt();
        let (groups, _) = query.as_chunks::<4>();
        let reach = |group: &[f32; 4]| group.iter().map(|value| value.abs()).sum::<f32>() / root;
        let widest = groups.iter().map(reach).fold(0.0, f32::max);
        let step = if widest > 0.0 { 2.0 * widest / 255.0 } else { 1.0 };
        let mut bytes = vec![0; groups.len() * 16];
        let (rows, _) = bytes.as_chunks_mut::<16>();
        let mut bias = 0.0;
        for (group, row) in groups.iter().zip(rows) {
            let least = -reach(group);
            bias += least;
            let scale = 1.0 / (root * step);
            let mut sums = [0.0f32; 16];
            sums[0] = -group.iter().sum::<f32>() * scale;
            for (at, value) in group.iter().enumerate() {
                let flip = 2.0 * value * scale;
                for way in 0..1 << at {
                    sums[way | 1 << at] = sums[way] + flip;
                }
            }
            let floor = least / step - 0.5;
            for (byte, sum) in row.iter_mut().zip(sums) {
                *byte = (sum - floor) as u8;
            }
        }
        let noise = step * (groups.len() as f32 / 12.0).sqrt();
        Self { bytes, step, bias, noise }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// At a cell whose centroid is so far from the query; `errors` says how many errors a row is given.
    pub fn aim(&self, base: f32, errors: f32) -> Aim {
        let bias = self.bias + errors * self.noise;
        Aim { base, step: self.step, bias, slack: errors * base.sqrt() }
    }
}
