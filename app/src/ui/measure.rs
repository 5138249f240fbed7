//! Numbers as people read them.

/// `20,000`
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 record`, `20,000 records`
pub fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// `1.4 MB`: three digits say enough.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if number < 1000 {
        return format!("{number} B");
    }
    let mut size = number as f64 / 1000.0;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let places = if size < 9.995 { 2 } else { usize::from(size < 99.95) };
    format!("{size:.places$} {}", UNITS[unit])
}

/// `0.42 ms`, `1.3 s`
pub fn duration_us(microseconds: u64) -> String {
    match microseconds {
        ..1_000 => format!("{:.2} ms", microseconds as f64 / 1e3),
        1_000..1_000_000 => format!("{:.1} ms", microseconds as f64 / 1e3),
        _ => format!("{:.1} s", microseconds as f64 / 1e6),
    }
}

/// A number of any size, with no more digits than an f32 is good for.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        return "0".into();
    }
    if !(1e-4..1e9).contains(&size) {
        return format!("{value:.4e}");
    }
    let places = (5 - size.log10().floor() as i32).clamp(0, 8) as usize;
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0, 999, 1_000, 20_000, 1_234_567].map(count);
        assert_eq!(shown, ["0", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!([counted(1, "record"), counted(2_000, "record")], ["1 record", "2,000 records"]);
    }

    #[test]
    fn sizes_have_three_digits() {
        let shown = [0, 999, 1_000, 9_996, 123_456, 999_949, 999_500_000, 5_000_000_000_000].map(bytes);
        assert_eq!(shown, ["0 B", "999 B", "1.00 kB", "10.0 kB", "123 kB", "1.00 MB", "1.00 GB", "5.00 TB"]);
    }

    #[test]
    fn times_are_told_in_milliseconds_and_seconds() {
        assert_eq!([42, 4_200, 1_300_000].map(duration_us), ["0.04 ms", "4.2 ms", "1.3 s"]);
    }

    #[test]
    fn numbers_keep_what_they_are_good_for() {
        let shown = [0.0, 0.5, -1.0, 0.123_456_789, 19.0, 1234.5678, 0.000_012_3, 3e12].map(number);
        assert_eq!(shown, ["0", "0.5", "-1", "0.123457", "19", "1234.57", "1.2300e-5", "3.0000e12"]);
    }
}
