//! JSON: an object a line, or a list of objects, or one behind the other, or the lists of requests: `{"vectors": [‥]}`.

use super::{
    Counted, Draft, Line, ROW_BYTES_MAX, Rows,
    draft::Object,
    requests::{Ahead, Tail, request},
};
use conifer_domain::uploads::{Mapping, Reading};
use conifer_engine::{IndexSpec, Record};
use serde::de::DeserializeSeed;
use std::io::{self, BufRead, Read as _};

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
    pub(super) fn new(text: R, bytes: u64, reading: &Reading, spec: IndexSpec) -> Result<Self, String> {
        let elements = Elements::new(text, &reading.namespace)?;
        Ok(Self { elements, bytes, mapping: reading.mapping.clone(), spec, number: 0 })
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

/// What the next value is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// One stands behind the other.
    Nothing,
    List,
    Request,
}

/// Finds where values begin and end without reading what is in them.
pub(super) struct Elements<R> {
    text: Counted<Ahead<R>>,
    within: Within,
    element: Vec<u8>,
    /// Where all of it goes: requests for another one are refused.
    namespace: String,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(text: R, namespace: &str) -> Result<Self, String> {
        let text = Counted { inner: Ahead::new(text), bytes: 0 };
        let namespace = namespace.to_owned();
        let mut elements = Self { text, within: Within::Nothing, element: Vec::new(), namespace };
        if !elements.enter_request()? && elements.peek()? == Some(b'[') {
            elements.within = Within::List;
            elements.text.consume(1);
        }
        Ok(elements)
    }

    /// Up to the first value of its list, if a request comes next.
    fn enter_request(&mut self) -> Result<bool, String> {
        let head = self.text.inner.look().map_err(|error| error.to_string())?;
        let Some(begun) = request(head) else { return Ok(false) };
        begun.check(&self.namespace)?;
        self.text.consume(begun.bytes);
        self.within = Within::Request;
        Ok(true)
    }

    pub(super) fn next(&mut self) -> Option<Result<&[u8], String>> {
        match self.find() {
            Ok(true) => Some(Ok(&self.element)),
            Ok(false) => None,
            Err(reason) => Some(Err(reason)),
        }
    }

    fn find(&mut self) -> Result<bool, String> {
        loop {
            match (self.peek()?, self.within) {
                (None, Within::Nothing) => return Ok(false),
                (None, _) => return Err("the list has no end: the file may be cut off".into()),
                (Some(b']'), Within::List | Within::Request) => {
                    self.text.consume(1);
                    if !self.leave()? {
                        return Ok(false);
                    }
                }
                _ => return self.take(0).map(|()| true),
            }
        }
    }

    /// Behind the end of a list: whether another request follows. Anything else is no row of it, and must not be lost
    /// without a word.
    fn leave(&mut self) -> Result<bool, String> {
        if self.within == Within::Request {
            self.take(1)?;
            Tail::read(&self.element)?.check(&self.namespace)?;
        }
        self.within = Within::Nothing;
        match self.peek()? {
            None => Ok(false),
            Some(_) if self.enter_request()? => Ok(true),
            Some(found) => Err(format!(
                "something follows the end of the list that is no other request: it begins with {:?}",
                char::from(found)
            )),
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

    /// A value, up to where its brackets are closed, or to what cannot belong to a number or a word; of a value that
    /// is begun already, what is left up to where `depth` brackets are closed.
    fn take(&mut self, mut depth: u32) -> Result<(), String> {
        self.element.clear();
        let (mut in_text, mut escaped) = (false, false);
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

#[cfg(test)]
mod tests {
    use super::{super::samples::*, *};
    use conifer_domain::uploads::{FileFormat, Ids};

    fn lines(text: &str) -> Vec<Result<String, String>> {
        told(&mut Lines::new(text.as_bytes(), text.len() as u64, Mapping::default(), dense(2)))
    }

    fn list(text: &str) -> Vec<Result<String, String>> {
        list_into("", text)
    }

    fn list_into(namespace: &str, text: &str) -> Vec<Result<String, String>> {
        let reading = Reading {
            format: FileFormat::Json,
            namespace: namespace.into(),
            mapping: Mapping::default(),
            ids: Ids::InFile,
        };
        match List::new(text.as_bytes(), text.len() as u64, &reading, dense(2)) {
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
            list_into(
                "a\"b",
                &format!(" {{ \"namespace\" : \"a\\\"b\",\n\"vectors\":[ {A},{A} ], \"x\": 1}}")
            ),
            two
        );
        assert_eq!(list(r#"{"vectors": []}"#), []);
        let cut = list(&format!("{{\"vectors\": [{A}"));
        assert!(cut.last().is_some_and(|last| last.as_ref().is_err_and(|reason| reason.contains("no end"))));
        // A record whose values somebody calls so is a record.
        assert_eq!(list(r#"{"vectors": [1, 2], "id": "a"}"#), [Ok("1 a".into())]);
        let empty = list(&format!(r#"{{"vectors": [], "id": "a"}}{A}"#));
        assert_eq!((empty.len(), &empty[1]), (2, &Ok("2 a".into())), "{empty:?}");
        let long = format!("{{\"id\": \"a\", \"values\": [1, 2], \"x\": \"{}\"}}", "y".repeat(9_000));
        assert_eq!(list(&long), [Ok("1 a".into())]);
    }

    #[test]
    fn requests_one_behind_the_other_are_all_read() {
        let text = format!(
            "{{\"vectors\": [{A}, {A}]}}\n{{\"vectors\": []}}\n{{\"namespace\": \"\", \"vectors\": [{A}]}}\n"
        );
        assert_eq!(list(&text), [Ok("1 a".into()), Ok("2 a".into()), Ok("3 a".into())]);
        let many = format!("{{\"vectors\": [{A}], \"namespace\": \"__default__\"}}\n").repeat(3_000);
        let found = list(&many);
        assert_eq!((found.len(), found.last()), (3_000, Some(&Ok("3000 a".into()))));
    }

    #[test]
    fn what_follows_a_list_is_not_lost_without_a_word() {
        for (text, reason) in [
            (format!("[{A}] {A}"), "something follows the end of the list"),
            (format!("[{A}][{A}]"), "something follows the end of the list"),
            (format!("[{A}]]"), "something follows the end of the list"),
            (format!("{{\"vectors\": [{A}]}} {A}"), "something follows the end of the list"),
            (format!("{{\"vectors\": [{A}]"), "a value has no end"),
            (format!("{{\"vectors\": [{A}] 7}}"), "behind the list of a request"),
            (format!("{{\"vectors\": [{A}], \"vectors\": [{A}]}}"), "a request has two lists"),
            (format!("{{\"vectors\": [{A}], \"namespace\": \"b\"}}"), "a request is for the namespace \"b\""),
        ] {
            let found = list(&text);
            assert_eq!((found.len(), &found[0]), (2, &Ok("1 a".into())), "{text}: {found:?}");
            assert!(found[1].as_ref().is_err_and(|told| told.starts_with(reason)), "{text}: {found:?}");
        }
        let elsewhere = list(&format!("{{\"namespace\": \"b\", \"vectors\": [{A}]}}"));
        assert!(matches!(&elsewhere[..], [Err(told)] if told.contains("namespace \"b\"")), "{elsewhere:?}");
        assert_eq!(list(&format!("[{A}] \n, ")), [Ok("1 a".into())]);
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
