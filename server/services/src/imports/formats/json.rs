//! JSON: an object a line, or a list of objects, or one behind the other, or the list of a request: `{"vectors": [‥]}`.

use super::{Counted, Draft, Line, ROW_BYTES_MAX, Rows, draft::Object};
use conifer_domain::uploads::Mapping;
use conifer_engine::{IndexSpec, Record};
use serde::de::DeserializeSeed;
use std::io::{self, BufRead, Chain, Cursor, Read};

/// One row a line. Empty lines are counted and are no rows.
pub(super) struct Lines<R> {
    text: Counted<R>,
    bytes: u64,
    mapping: Mapping,
    spec: IndexSpec,
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(text: R, bytes: u64, mapping: Mapping, spec: IndexSpec) -> Self {
        Self { text: Counted { inner: text, bytes: 0 }, bytes, mapping, spec, number: 0, line: Vec::new() }
    }
}

impl<R: BufRead> Rows for Lines<R> {
    fn next(&mut self) -> Option<Result<Line, String>> {
        loop {
            self.number += 1;
            match line(&mut self.text, &mut self.line) {
                Err(error) => return Some(Err(error.to_string())),
                Ok(false) => return None,
                Ok(true) if self.line.trim_ascii().is_empty() => {}
                Ok(true) => {
                    let record = record(&self.line, &self.mapping, self.spec);
                    return Some(Ok(Line { number: self.number, record }));
                }
            }
        }
    }

    fn share(&self) -> (u64, u64) {
        (self.text.bytes, self.bytes)
    }
}

/// The next line without its end; one that is too long loses what is too much. False after the last.
pub(super) fn line(text: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let found = text.by_ref().take(ROW_BYTES_MAX as u64 + 1).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if found > ROW_BYTES_MAX {
        text.skip_until(b'\n')?;
    }
    Ok(found > 0)
}

pub(super) fn object(text: &[u8], mapping: &Mapping) -> Result<Draft, String> {
    if text.len() > ROW_BYTES_MAX {
        return Err(format!("a row must have at most {ROW_BYTES_MAX} bytes, but this one has more"));
    }
    // What writes lines for Windows begins a file with a mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut from = serde_json::Deserializer::from_slice(text);
    let draft = Object(mapping).deserialize(&mut from).map_err(|error| error.to_string())?;
    from.end().map_err(|error| error.to_string())?;
    Ok(draft)
}

fn record(text: &[u8], mapping: &Mapping, spec: IndexSpec) -> Result<Record, String> {
    object(text, mapping)?.record(spec).map_err(|invalid| invalid.to_string())
}

/// The elements of a list, or values that stand one behind the other.
pub(super) struct List<R> {
    elements: Elements<R>,
    bytes: u64,
    mapping: Mapping,
    spec: IndexSpec,
    number: u64,
}

impl<R: BufRead> List<R> {
    pub(super) fn new(text: R, bytes: u64, mapping: Mapping, spec: IndexSpec) -> Result<Self, String> {
        Ok(Self { elements: Elements::new(text)?, bytes, mapping, spec, number: 0 })
    }
}

impl<R: BufRead> Rows for List<R> {
    fn next(&mut self) -> Option<Result<Line, String>> {
        let element = match self.elements.next()? {
            Ok(element) => element,
            Err(reason) => return Some(Err(reason)),
        };
        self.number += 1;
        let record = record(element, &self.mapping, self.spec);
        Some(Ok(Line { number: self.number, record }))
    }

    fn share(&self) -> (u64, u64) {
        (self.elements.text.bytes, self.bytes)
    }
}

/// Finds where values begin and end without reading what is in them.
pub(super) struct Elements<R> {
    text: Counted<Chain<Cursor<Vec<u8>>, R>>,
    in_list: bool,
    element: Vec<u8>,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(mut text: R) -> Result<Self, String> {
        let mut head = Vec::new();
        text.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| error.to_string())?;
        let list = request(&head);
        let text = Counted { inner: Cursor::new(head).chain(text), bytes: 0 };
        let mut elements = Self { text, in_list: false, element: Vec::new() };
        elements.text.consume(list.unwrap_or(0));
        elements.in_list = elements.peek()? == Some(b'[');
        if elements.in_list {
            elements.text.consume(1);
        }
        Ok(elements)
    }

    pub(super) fn next(&mut self) -> Option<Result<&[u8], String>> {
        match self.find() {
            Ok(true) => Some(Ok(&self.element)),
            Ok(false) => None,
            Err(reason) => Some(Err(reason)),
        }
    }

    fn find(&mut self) -> Result<bool, String> {
        match self.peek()? {
            None if self.in_list => Err("the list has no end: the file may be cut off".into()),
            None => Ok(false),
            Some(b']') if self.in_list => Ok(false),
            Some(_) => self.take().map(|()| true),
        }
    }

    /// The next byte that is no blank, no comma and no mark of its kind of text.
    fn peek(&mut self) -> Result<Option<u8>, String> {
        loop {
            let next = self.text.fill_buf().map_err(|error| error.to_string())?.first().copied();
            match next {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf) => self.text.consume(1),
                next => return Ok(next),
            }
        }
    }

    /// A value, up to where its brackets are closed, or to what cannot belong to a number or a word.
    fn take(&mut self) -> Result<(), String> {
        self.element.clear();
        let (mut depth, mut in_text, mut escaped) = (0_u32, false, false);
        loop {
            let buffer = self.text.fill_buf().map_err(|error| error.to_string())?;
            if buffer.is_empty() {
                let is_whole = depth == 0 && !in_text;
                return if is_whole {
                    Ok(())
                } else {
                    Err("a value has no end: the file may be cut off".into())
                };
            }
            let (mut used, mut ended) = (0, false);
            for byte in buffer {
                match (*byte, in_text) {
                    _ if escaped => escaped = false,
                    (b'\\', true) => escaped = true,
                    (b'"', _) => in_text = !in_text,
                    (b'{' | b'[', false) => depth += 1,
                    (b'}' | b']', false) if depth > 0 => {
                        depth -= 1;
                        ended = depth == 0;
                    }
                    // Behind a number or a word; it belongs to the list.
                    (b',' | b'}' | b']' | b'\n' | b'\r' | b'\t' | b' ', false) if depth == 0 => {
                        ended = true;
                        break;
                    }
                    _ => {}
                }
                used += 1;
                if ended {
                    break;
                }
            }
            // Of what is too long no more is kept than it takes to see that.
            let room = (ROW_BYTES_MAX + 1).saturating_sub(self.element.len());
            self.element.extend_from_slice(&buffer[..used.min(room)]);
            self.text.consume(used);
            if ended {
                if used == 0 && self.element.is_empty() {
                    return Err("there is a bracket too many".into());
                }
                return Ok(());
            }
        }
    }
}

/// As far as what stands before a request's list is looked for.
const HEAD_BYTES: u64 = 4 << 10;

/// Where the list begins of what programs send to be written: `{"vectors": [{`, with the namespace before it at most.
/// A record has no objects in a list, so it is never taken for one.
fn request(head: &[u8]) -> Option<usize> {
    let rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut rest = rest.trim_ascii_start().strip_prefix(b"{")?;
    loop {
        let key = text(rest)?;
        rest = key.1.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        match key.0 {
            b"vectors" => break,
            b"namespace" => rest = text(rest)?.1.trim_ascii_start().strip_prefix(b",")?,
            _ => return None,
        }
    }
    let first = rest.strip_prefix(b"[")?.trim_ascii_start().first();
    matches!(first, Some(b'{' | b']')).then_some(head.len() - rest.len())
}

/// What is between quotes, and what follows.
fn text(from: &[u8]) -> Option<(&[u8], &[u8])> {
    let inside = from.trim_ascii_start().strip_prefix(b"\"")?;
    let mut escaped = false;
    let end = inside.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some((&inside[..end], &inside[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{super::samples::*, *};

    fn lines(text: &str) -> Vec<Result<String, String>> {
        told(&mut Lines::new(text.as_bytes(), text.len() as u64, Mapping::default(), dense(2)))
    }

    fn list(text: &str) -> Vec<Result<String, String>> {
        match List::new(text.as_bytes(), text.len() as u64, Mapping::default(), dense(2)) {
            Ok(mut list) => told(&mut list),
            Err(reason) => vec![Err(reason)],
        }
    }

    const A: &str = r#"{"id": "a", "vector": [1, 2.5], "year": 1999, "sparse": null}"#;

    #[test]
    fn each_line_is_a_row_and_a_wrong_one_is_told() {
        let text =
            format!("{A}\n\n{{\"id\": 7, \"values\": [0, 1]}}\r\nno JSON\n{{\"values\": [1, 2]}}\n{A}");
        let found = lines(&text);
        assert_eq!(found[0], Ok("1 a".into()));
        assert_eq!(found[1], Ok("3 7".into()));
        assert!(found[2].as_ref().is_err_and(|reason| reason.starts_with("4 expected")), "{found:?}");
        assert_eq!(found[3], Err("5 id: is required: each record has one".into()));
        assert_eq!(found[4], Ok("6 a".into()));
    }

    #[test]
    fn what_is_wrong_in_a_row_is_named() {
        for (row, reason) in [
            (r#"{"id": "a", "values": [1, "x"]}"#, "1 values: invalid type: string \"x\", expected f32"),
            (r#"{"id": "a", "values": [1, NaN]}"#, "1 values: "),
            (r#"{"id": "a", "values": [1, 1e300]}"#, "1 values: "),
            (r#"{"id": "a", "values": [1, 2, 3]}"#, "1 values: must have 2 numbers"),
            (r#"{"id": "a", "values": [0, 0]}"#, "1 values: must have at least one number"),
            (r#"{"id": "", "values": [1, 0]}"#, "1 id: must"),
            (r#"{"id": "a", "values": [1, 0], "metadata": 3}"#, "1 metadata: invalid type"),
            (r#"{"id": "a", "values": [1, 0], "deep": {"a": 1}}"#, "1 metadata"),
            (r#"["a"]"#, "1 invalid type: sequence, expected an object"),
        ] {
            let found = lines(row);
            assert!(matches!(&found[..], [Err(told)] if told.starts_with(reason)), "{row}: {found:?}");
        }
    }

    #[test]
    fn a_line_without_end_takes_no_memory() {
        let text = format!("{}\n{A}", "[1,".repeat(ROW_BYTES_MAX));
        let found = lines(&text);
        assert!(
            found[0].as_ref().is_err_and(|reason| reason.contains("at most 2097152 bytes")),
            "{:?}",
            found[0]
        );
        assert_eq!(found[1], Ok("2 a".into()));
    }

    #[test]
    fn a_list_is_read_element_by_element() {
        let tricky = r#"{"id": "}\"]", "values": [1, 0], "tags": ["a", "b"]}"#;
        let text = format!("[\n  {A},\n {tricky} , 3, {{\"id\": 1}}\n]\n");
        let found = list(&text);
        assert_eq!(found[0], Ok("1 a".into()));
        assert_eq!(found[1], Ok("2 }\"]".into()));
        assert!(
            found[2].as_ref().is_err_and(|reason| reason.starts_with("3 invalid type: integer")),
            "{found:?}"
        );
        assert!(
            found[3].as_ref().is_err_and(|reason| reason.starts_with("4 values: is required")),
            "{found:?}"
        );
        assert_eq!(found.len(), 4);
        assert_eq!(list(&format!("{A} {A}")), [Ok("1 a".into()), Ok("2 a".into())]);
        assert_eq!(list("[]"), []);
        assert_eq!(list(""), []);
    }

    #[test]
    fn what_programs_send_is_read_as_its_list() {
        let two = [Ok("1 a".into()), Ok("2 a".into())];
        assert_eq!(list(&format!("{{\"vectors\": [{A}, {A}]}}")), two);
        assert_eq!(
            list(&format!(" {{ \"namespace\" : \"a\\\"b\",\n\"vectors\":[ {A},{A} ], \"x\": 1}}")),
            two
        );
        assert_eq!(list(r#"{"vectors": []}"#), []);
        let cut = list(&format!("{{\"vectors\": [{A}"));
        assert!(cut.last().is_some_and(|last| last.as_ref().is_err_and(|reason| reason.contains("no end"))));
        // A record whose values somebody calls so is a record.
        assert_eq!(list(r#"{"vectors": [1, 2], "id": "a"}"#), [Ok("1 a".into())]);
        let long = format!("{{\"id\": \"a\", \"values\": [1, 2], \"x\": \"{}\"}}", "y".repeat(9_000));
        assert_eq!(list(&long), [Ok("1 a".into())]);
    }

    #[test]
    fn a_list_that_is_cut_off_says_so() {
        for text in [format!("[{A}"), format!("[{A},"), format!("[{A}, {{\"id\": \"b"), "[".into()] {
            let found = list(&text);
            assert!(
                found.last().is_some_and(|last| last.as_ref().is_err_and(|reason| reason.contains("no end")))
            );
        }
    }
}
