//! What may stand where somebody types in a filter: fields, operators, values.

use super::{Operator, Takes, typed_value};
use crate::playground::MetadataKey;
use std::ops::Range;

const OFFERED_MAX: usize = 8;

/// What can be put in the place of what is typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes to replace.
    pub replaced: Range<usize>,
    pub offers: Vec<String>,
    /// What stands behind any of them.
    pub then: &'static str,
}

/// Where a place is: `{`, `[`, or the value behind a key.
#[derive(Debug)]
enum Frame {
    Object { key: Option<String> },
    List,
}

struct Open<'a> {
    /// From the outside in.
    frames: Vec<Frame>,
    /// What is typed of the word so far, and where it begins, with its quote if it has one.
    word: &'a str,
    begin: usize,
}

/// What may be typed at this byte of a text. None where nothing is known that could follow.
pub fn complete(text: &str, at: usize, keys: &[MetadataKey]) -> Option<Completion> {
    let before = text.get(..at)?;
    let open = read(before)?;
    let offers = offers(&open.frames, keys)?;
    let typed = open.word.to_lowercase();
    let bare = |offer: &String| offer.trim_matches('"').to_lowercase();
    let mut fit: Vec<String> = offers.into_iter().filter(|offer| bare(offer).contains(&typed)).collect();
    // What begins like it comes first; else the order stays.
    fit.sort_by_key(|offer| !bare(offer).starts_with(&typed));
    fit.truncate(OFFERED_MAX);
    let is_done = fit.len() == 1 && bare(&fit[0]) == typed && !typed.is_empty();
    // The quote that an editor or somebody set already.
    let end = if before[open.begin..].starts_with('"') && text[at..].starts_with('"') { at + 1 } else { at };
    let is_key = matches!(open.frames.last(), Some(Frame::Object { key: None }));
    let then = if is_key && !text[end..].trim_start().starts_with(':') { ": " } else { "" };
    (!fit.is_empty() && !is_done).then_some(Completion { replaced: open.begin..end, offers: fit, then })
}

/// None within what no word can follow, such as behind a value.
fn read(before: &str) -> Option<Open<'_>> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut rest = before.char_indices().peekable();
    // The value or the text that ended last, until something stands between.
    let mut ended: Option<String> = None;
    while let Some((begin, char)) = rest.next() {
        match char {
            '{' => frames.push(Frame::Object { key: None }),
            '[' => frames.push(Frame::List),
            '}' | ']' => {
                frames.pop();
                ended = Some(String::new());
                continue;
            }
            ':' => {
                if let (Some(Frame::Object { key }), Some(text)) = (frames.last_mut(), ended.take()) {
                    *key = Some(text);
                }
            }
            ',' => {
                if let Some(Frame::Object { key }) = frames.last_mut() {
                    *key = None;
                }
            }
            '"' => {
                let mut escaped = false;
                let end = rest.by_ref().find(|(_, char)| {
                    let ends = *char == '"' && !escaped;
                    escaped = *char == '\\' && !escaped;
                    ends
                });
                let Some((end, _)) = end else {
                    return Some(Open { frames, word: &before[begin + 1..], begin });
                };
                ended = Some(before[begin + 1..end].to_owned());
                continue;
            }
            char if char.is_whitespace() => continue,
            _ => {
                while rest.next_if(|(_, char)| char.is_alphanumeric() || "$._-+".contains(*char)).is_some() {}
                let end = rest.peek().map_or(before.len(), |(at, _)| *at);
                if end == before.len() {
                    return Some(Open { frames, word: &before[begin..], begin });
                }
                ended = Some(before[begin..end].to_owned());
                continue;
            }
        }
        ended = None;
    }
    ended.is_none().then_some(Open { frames, word: "", begin: before.len() })
}

fn offers(frames: &[Frame], keys: &[MetadataKey]) -> Option<Vec<String>> {
    let known: Vec<_> = frames.iter().map(named).collect();
    let field = known.iter().rev().flatten().find(|key| !key.starts_with('$'));
    let operator = known.iter().rev().flatten().next().and_then(|key| Operator::named(key));
    let values = |field: &str, operator| {
        let known = keys.iter().find(|key| key.name == field)?;
        let written = |text: &String| typed_value(operator, text, known.is_text).to_string();
        Some(known.values.iter().map(written).collect())
    };
    match (frames.last()?, field) {
        (Frame::Object { key: None }, None) => {
            let names = keys.iter().map(|key| serde_json::Value::from(key.name.as_str()).to_string());
            Some(names.chain(["\"$and\"".into(), "\"$or\"".into()]).collect())
        }
        (Frame::Object { key: None }, Some(_)) => {
            Some(Operator::ALL.iter().map(|operator| format!("\"{}\"", operator.as_str())).collect())
        }
        (_, Some(_)) if operator.is_some_and(|operator| operator.takes() == Takes::Boolean) => {
            Some(vec!["true".into(), "false".into()])
        }
        (Frame::List, Some(field)) if operator.is_some_and(|operator| operator.takes() == Takes::List) => {
            values(field, Operator::Equal)
        }
        (Frame::Object { key: Some(_) }, Some(_))
            if operator.is_some_and(|operator| operator.takes() == Takes::List) =>
        {
            None
        }
        (Frame::Object { key: Some(_) }, Some(field)) => values(field, operator.unwrap_or(Operator::Equal)),
        _ => None,
    }
}

fn named(frame: &Frame) -> Option<&str> {
    if let Frame::Object { key } = frame { key.as_deref() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<MetadataKey> {
        let key = |name: &str, is_text, values: &[&str]| MetadataKey {
            name: name.into(),
            is_text,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        vec![key("genre", true, &["war", "western", "1984"]), key("year", false, &["1999", "2001"])]
    }

    /// What is offered at the mark, and the text with the first of it.
    fn told(marked: &str) -> Option<(Vec<String>, String)> {
        let at = marked.find('|').expect("a mark");
        let text = marked.replace('|', "");
        let Completion { replaced, offers, .. } = complete(&text, at, &keys())?;
        let mut filled = text;
        filled.replace_range(replaced, &offers[0]);
        Some((offers, filled))
    }

    fn first(marked: &str) -> String {
        told(marked).map(|(_, filled)| filled).unwrap_or_default()
    }

    #[test]
    fn fields_are_offered_where_one_stands() {
        assert_eq!(told("{|").expect("offers").0, ["\"genre\"", "\"year\"", "\"$and\"", "\"$or\""]);
        assert_eq!(first("{\"y|"), "{\"year\"");
        assert_eq!(first("{\"y|\": 3}"), "{\"year\": 3}");
        assert_eq!(first("{ye|"), "{\"year\"");
        assert_eq!(first("{\"year\": 1999, \"ge|\"}"), "{\"year\": 1999, \"genre\"}");
        assert_eq!(
            first("{\"$or\": [{\"genre\": \"war\"}, {|"),
            "{\"$or\": [{\"genre\": \"war\"}, {\"genre\""
        );
        let then = |text: &str, at| complete(text, at, &keys()).map(|completion| completion.then);
        assert_eq!((then("{\"y\"}", 3), then("{\"y\": 1}", 3)), (Some(": "), Some("")));
        assert_eq!(first("{\"e|"), "{\"genre\"", "what holds it, too");
    }

    #[test]
    fn operators_are_offered_within_a_field() {
        assert_eq!(first("{\"year\": {\"$g|"), "{\"year\": {\"$gt\"");
        assert_eq!(first("{\"year\": {\"$gte|\": 3}}"), "");
        assert_eq!(told("{\"year\": {\"$gt\": 1, |").expect("offers").0.len(), 8);
    }

    #[test]
    fn values_are_offered_as_json() {
        assert_eq!(first("{\"genre\": |"), "{\"genre\": \"war\"");
        assert_eq!(first("{\"genre\": \"wes|\"}"), "{\"genre\": \"western\"}");
        assert_eq!(first("{\"genre\": 19|}"), "{\"genre\": \"1984\"}");
        assert_eq!(first("{\"year\": {\"$gte\": 2|}}"), "{\"year\": {\"$gte\": 2001}}");
        assert_eq!(
            first("{\"genre\": {\"$in\": [\"war\", \"we|"),
            "{\"genre\": {\"$in\": [\"war\", \"western\""
        );
        assert_eq!(told("{\"year\": {\"$exists\": |").expect("offers").0, ["true", "false"]);
    }

    #[test]
    fn nothing_is_offered_where_nothing_is_known() {
        for text in [
            "|",
            "{\"genre\"|",
            "{\"genre\": \"war\"|",
            "{\"genre\": \"war\" |}",
            "{\"other\": \"x|",
            "{}|",
            "{\"genre\": {\"$in\": |",
            "{\"$and\": |",
            "{\"$and\": [|",
            "{\"year\": 1999|",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        assert_eq!(complete("{\"é", 3, &keys()), None, "no place in a text");
    }
}
