//! Every way the processor can do it gives what the portable one gives.

use conifer_ann::kernels::{Aim, BLOCK, Factors, Level};
use rand::{Rng, SeedableRng, rngs::SmallRng};

/// An interpreter takes a thousand times as long: it is given what shows each part of a loop once.
fn sizes<const N: usize, const M: usize>(all: [usize; N], interpreted: [usize; M]) -> Vec<usize> {
    if cfg!(miri) { interpreted.to_vec() } else { all.to_vec() }
}

fn numbers(random: &mut SmallRng, count: usize) -> Vec<f32> {
    (0..count).map(|_| random.random::<f32>() * 4.0 - 2.0).collect()
}

fn assert_near(a: f32, b: f32, scale: f32) {
    assert!((a - b).abs() <= 1e-5 * scale.max(1.0), "{a} {b}");
}

#[test]
fn products_and_distances() {
    let mut random = SmallRng::seed_from_u64(1);
    for length in sizes([1, 2, 15, 16, 17, 63, 64, 65, 100, 384, 1000], [1, 15, 81, 130]) {
        let (a, b) = (numbers(&mut random, length), numbers(&mut random, length));
        let (mut dot, mut square, mut distance) = (0.0f64, 0.0f64, 0.0f64);
        for (a, b) in a.iter().zip(&b) {
            let (a, b) = (f64::from(*a), f64::from(*b));
            dot += a * b;
            square += b * b;
            distance += (a - b) * (a - b);
        }
        for level in Level::available() {
            assert_near(level.dot(&a, &b), dot as f32, length as f32);
            assert_near(level.squared_distance(&a, &b), distance as f32, length as f32);
            let both = level.dot_and_square(&a, &b);
            assert_near(both.0, dot as f32, length as f32);
            assert_near(both.1, square as f32, length as f32);
        }
    }
}

#[test]
fn rotations() {
    let mut random = SmallRng::seed_from_u64(5);
    for length in sizes([16, 48, 128, 384, 992], [16, 48]) {
        let power = 1 << length.ilog2();
        let (point, signs) = (numbers(&mut random, length), numbers(&mut random, length));
        for start in [0, length - power] {
            let mut expected: Vec<f64> =
                point.iter().zip(&signs).map(|(a, b)| f64::from(*a) * f64::from(*b)).collect();
            let part: Vec<f64> = expected[start..start + power].to_vec();
            for (row, value) in expected[start..start + power].iter_mut().enumerate() {
                let sign =
                    |column: usize| if (row & column).count_ones().is_multiple_of(2) { 1.0 } else { -1.0 };
                let sum: f64 = part.iter().enumerate().map(|(column, value)| sign(column) * value).sum();
                *value = sum / (power as f64).sqrt();
            }
            if power < length {
                for at in 0..length / 2 {
                    let (a, b) = (expected[at], expected[at + length / 2]);
                    (expected[at], expected[at + length / 2]) =
                        ((a + b) / 2f64.sqrt(), (a - b) / 2f64.sqrt());
                }
            }
            for level in Level::available() {
                let mut turned = point.clone();
                level.rotate(&mut turned, &signs, start, power);
                for (turned, expected) in turned.iter().zip(&expected) {
                    assert_near(*turned, *expected as f32, 10.0);
                }
            }
        }
    }
}

#[test]
fn sums_of_codes() {
    let mut random = SmallRng::seed_from_u64(2);
    // The last are more than sums of 16 bits can hold.
    for groups in sizes([4, 8, 96, 256, 260, 1024], [4, 260]) {
        let mut bytes = || (0..16 * groups).map(|_| random.random()).collect::<Vec<u8>>();
        let (codes, table, full) = (bytes(), bytes(), vec![255; 16 * groups]);
        for table in [&table, &full] {
            let mut expected = [0; BLOCK];
            for (at, code) in codes.iter().enumerate() {
                let row = &table[at / 16 * 16..][..16];
                expected[at % 16] += i32::from(row[usize::from(code & 15)]);
                expected[at % 16 + 16] += i32::from(row[usize::from(code >> 4)]);
            }
            for level in Level::available() {
                let mut sums = [-1; BLOCK];
                level.sums(&codes, table, &mut sums);
                assert_eq!(sums, expected, "{level:?} {groups}");
            }
        }
    }
}

#[test]
fn products_of_fine_codes() {
    let mut random = SmallRng::seed_from_u64(4);
    for length in sizes([32, 64, 192, 4096], [32, 96]) {
        let codes: Vec<u8> = (0..length).map(|_| random.random()).collect();
        let query: Vec<i8> = (0..2 * length).map(|_| random.random()).collect();
        for (codes, query) in [(&codes, &query), (&vec![255; length], &vec![-128; 2 * length])] {
            let low = codes.iter().map(|code| i32::from(code & 15));
            let values = low.chain(codes.iter().map(|code| i32::from(code >> 4)));
            let expected: i32 = values.zip(query).map(|(code, value)| code * i32::from(*value)).sum();
            for level in Level::available() {
                assert_eq!(level.fine_product(codes, query), expected, "{level:?} {length}");
            }
        }
    }
}

#[test]
fn candidates() {
    let mut random = SmallRng::seed_from_u64(3);
    let mut column = || -> [f32; BLOCK] { std::array::from_fn(|_| random.random()) };
    let factors = Factors { offset: column(), slope: column(), error: column() };
    let sums = std::array::from_fn(|at| (at as i32 * 37) % 101);
    let aim = Aim { base: 1.5, step: 0.01, bias: -0.3, slack: 0.2 };
    for threshold in [f32::NEG_INFINITY, 1.0, 1.5, 2.0, f32::INFINITY] {
        for level in Level::available() {
            let mut least = [0.0; BLOCK];
            let mask = level.candidates(&sums, &factors, aim, threshold, &mut least);
            for (at, least) in least.into_iter().enumerate() {
                let product = 0.01 * sums[at] as f32 - 0.3;
                let expected =
                    1.5 + factors.offset[at] - factors.slope[at] * product - factors.error[at] * 0.2;
                assert_near(least, expected, 1.0);
                assert_eq!(mask >> at & 1 == 1, least < threshold, "{level:?} {at}");
            }
        }
    }
}

#[test]
fn what_is_not_a_number_is_no_candidate() {
    let mut factors = Factors::ZERO;
    factors.offset[3] = f32::NAN;
    let aim = Aim { base: 1.0, step: 0.0, bias: 0.0, slack: 0.0 };
    for level in Level::available() {
        let mask = level.candidates(&[0; BLOCK], &factors, aim, f32::INFINITY, &mut [0.0; BLOCK]);
        assert_eq!(mask, !(1 << 3), "{level:?}");
    }
}
