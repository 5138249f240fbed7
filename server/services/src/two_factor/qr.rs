//! A QR code as the path of an SVG: no image file, no inline style.

use crate::{Error, Result};
use qrcode::{Color, QrCode};
use std::fmt::Write;

/// The light margin that readers need, in modules.
const MARGIN: usize = 4;

pub(super) struct Qr {
    pub(super) path: String,
    /// Width and height of the view box.
    pub(super) size: u32,
}

pub(super) fn qr(text: &str) -> Result<Qr> {
    let code = QrCode::new(text).map_err(Error::internal)?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        for (x, length) in dark_runs(row) {
            let (x, y) = (x + MARGIN, y + MARGIN);
            write!(path, "M{x} {y}h{length}v1h-{length}z").map_err(Error::internal)?;
        }
    }
    let size = u32::try_from(width + 2 * MARGIN).map_err(Error::internal)?;
    Ok(Qr { path, size })
}

/// Where dark runs begin and how long they are.
fn dark_runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, color) in row.iter().enumerate() {
        match (color, runs.last_mut()) {
            (Color::Light, _) => {}
            (Color::Dark, Some((start, length))) if *start + *length == x => *length += 1,
            (Color::Dark, _) => runs.push((x, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path again and compares each module with the code's own.
    #[test]
    fn the_path_is_the_code() {
        let text = "otpauth://totp/Conifer:ada%40example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Conifer";
        let drawn = qr(text).expect("a QR code");
        let code = QrCode::new(text).expect("a QR code");
        let size = code.width() + 2 * MARGIN;
        assert_eq!(drawn.size as usize, size);
        let mut dark = vec![false; size * size];
        for run in drawn.path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            let [x, y, length, ..] = numbers[..] else { panic!("{run}") };
            dark[y * size + x..][..length].fill(true);
        }
        for (i, color) in code.to_colors().iter().enumerate() {
            let (x, y) = (i % code.width() + MARGIN, i / code.width() + MARGIN);
            assert_eq!(dark[y * size + x], *color == Color::Dark, "{x} {y}");
        }
        assert_eq!(
            dark.iter().filter(|dark| **dark).count(),
            code.to_colors().iter().filter(|c| **c == Color::Dark).count()
        );
    }
}
