//! What programs send to be written, in a file: `{"vectors": [‥], "namespace": "‥"}`, one or many.

use conifer_domain::namespaces::DEFAULT_NAMESPACE;
use serde::{Deserialize, de::IgnoredAny};
use std::io::{self, BufRead, Read};

/// As far as what stands before a request's list is looked for.
const HEAD_BYTES: u64 = 4 << 10;

/// Text that can be looked into before it is read.
pub(super) struct Ahead<R> {
    head: Vec<u8>,
    read: usize,
    rest: R,
}

impl<R: BufRead> Ahead<R> {
    pub(super) fn new(rest: R) -> Self {
        Self { head: Vec::new(), read: 0, rest }
    }

    /// What comes next, as far as a request's list is looked for at least.
    pub(super) fn look(&mut self) -> io::Result<&[u8]> {
        self.head.drain(..self.read);
        self.read = 0;
        let wanted = HEAD_BYTES.saturating_sub(self.head.len() as u64);
        self.rest.by_ref().take(wanted).read_to_end(&mut self.head)?;
        Ok(&self.head)
    }
}

impl<R: BufRead> Read for Ahead<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Ahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read < self.head.len() { Ok(&self.head[self.read..]) } else { self.rest.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.read < self.head.len() { self.read += amount } else { self.rest.consume(amount) }
    }
}

/// The beginning of a request, up to its first record.
pub(super) struct Begun {
    pub(super) bytes: usize,
    namespace: Option<String>,
}

impl Begun {
    pub(super) fn check(&self, namespace: &str) -> Result<(), String> {
        check(self.namespace.as_deref(), namespace)
    }
}

/// `{"vectors": [{`, with the namespace before it at most. A record has no objects in a list, so it is never taken for
/// one; with an empty list it is, unless more than a namespace follows.
pub(super) fn request(head: &[u8]) -> Option<Begun> {
    let mut namespace = None;
    let mut rest = after(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head), b"{")?;
    loop {
        let (key, value) = text(rest)?;
        rest = after(value, b":")?;
        match &*key {
            "vectors" => break,
            "namespace" => {
                let (name, more) = text(rest)?;
                (namespace, rest) = (Some(name), after(more, b",")?);
            }
            _ => return None,
        }
    }
    let list = after(rest, b"[")?;
    let is_request = match list.trim_ascii_start().split_first()? {
        (b'{', _) => true,
        (b']', more) => is_end(more),
        _ => false,
    };
    is_request.then_some(Begun { bytes: head.len() - list.len(), namespace })
}

/// What may stand behind the empty list of a request.
fn is_end(rest: &[u8]) -> bool {
    let of_namespace = |rest| {
        let (key, value) = text(after(rest, b",")?)?;
        let (_, more) = text(after(value, b":")?)?;
        (key == "namespace").then_some(more)
    };
    let rest = of_namespace(rest).unwrap_or(rest);
    after(rest, b"}").is_some()
}

fn after<'t>(text: &'t [u8], mark: &[u8]) -> Option<&'t [u8]> {
    text.trim_ascii_start().strip_prefix(mark)
}

/// What is between quotes, and what follows.
fn text(from: &[u8]) -> Option<(String, &[u8])> {
    let mut texts = serde_json::Deserializer::from_slice(from).into_iter::<String>();
    let text = texts.next()?.ok()?;
    Some((text, &from[texts.byte_offset()..]))
}

/// What stands behind the list of a request.
#[derive(Deserialize)]
pub(super) struct Tail {
    namespace: Option<String>,
    vectors: Option<IgnoredAny>,
}

impl Tail {
    /// From behind the list up to the end of the request.
    pub(super) fn read(text: &[u8]) -> Result<Self, String> {
        let wrong = |why: String| format!("behind the list of a request: {why}");
        let text = match text.trim_ascii_start().split_first() {
            Some((b',', more)) => [b"{", more].concat(),
            Some((b'}', [])) => b"{}".to_vec(),
            _ => return Err(wrong("a comma or the end of the request must follow".into())),
        };
        let tail: Self = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
        if tail.vectors.is_some() { Err("a request has two lists".into()) } else { Ok(tail) }
    }

    pub(super) fn check(&self, namespace: &str) -> Result<(), String> {
        check(self.namespace.as_deref(), namespace)
    }
}

/// What a request says of its namespace must not be passed over.
fn check(asked: Option<&str>, namespace: &str) -> Result<(), String> {
    let plain = |name: &str| if name == DEFAULT_NAMESPACE { String::new() } else { name.to_owned() };
    match asked {
        Some(asked) if plain(asked) != plain(namespace) => Err(format!(
            "a request is for the namespace {asked:?}, but all of the file is read into {namespace:?}: choose the other, or divide the file"
        )),
        _ => Ok(()),
    }
}
