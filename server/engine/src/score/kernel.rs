//! The loops. Sums run in lanes that the compiler turns into vector instructions; their order does not depend on the
//! machine, so neither do scores.

const LANES: usize = 16;

pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    sum(a, b, |[sums], a, b| *sums += a * b)[0]
}

pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    sum(a, b, |[sums], a, b| *sums += (a - b) * (a - b))[0]
}

/// `a · b` and `b · b`.
pub fn dot_and_squares(a: &[f32], b: &[f32]) -> (f32, f32) {
    let [dot, squares] = sum(a, b, |[dot, squares], a, b| {
        *dot += a * b;
        *squares += b * b;
    });
    (dot, squares)
}

/// The direction of `values`; zeros where they have none.
pub fn normalized(values: &[f32]) -> Vec<f32> {
    let length = values.iter().map(|v| f64::from(*v) * f64::from(*v)).sum::<f64>().sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
    values.iter().map(|v| (f64::from(*v) * scale) as f32).collect()
}

#[inline(always)]
fn sum<const N: usize>(a: &[f32], b: &[f32], step: impl Fn([&mut f32; N], f32, f32)) -> [f32; N] {
    debug_assert_eq!(a.len(), b.len());
    let mut lanes = [[0.0_f32; LANES]; N];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            step(lanes.each_mut().map(|lanes| &mut lanes[lane]), a[lane], b[lane]);
        }
    }
    for (lane, (a, b)) in a_rest.iter().zip(b_rest).enumerate() {
        step(lanes.each_mut().map(|lanes| &mut lanes[lane]), *a, *b);
    }
    lanes.map(folded)
}

#[inline(always)]
fn folded(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
    }
    lanes[0]
}
