//! Tags as they are typed: one a line, `team = search`.

pub fn read(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (key, value) = line.split_once(['=', ':']).unwrap_or((line, ""));
        (key.trim().to_owned(), value.trim().to_owned())
    };
    lines.map(pair).collect()
}

pub fn written<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    tags.map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_line_is_a_tag() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(read("team = search\n\n stage:a=b "), [pair("team", "search"), pair("stage", "a=b")]);
        assert_eq!(read("alone"), [pair("alone", "")]);
    }
}
