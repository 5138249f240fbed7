//! The messages here and in the .proto file are the same: names, numbers, types, and what may repeat or be left out.

use std::collections::BTreeSet;

const PROTO: &str = include_str!("../../../proto/vector_service.proto");
const RUST: [&str; 2] = [include_str!("records.rs"), include_str!("namespaces.rs")];

/// Message, field, number, label, type.
type Field = [String; 5];

fn field(message: &str, name: &str, number: &str, label: &str, of: &str) -> Field {
    [message, name, number, label, of].map(|text| text.trim().to_owned())
}

/// What stands between the braces after each `opening NAME`.
fn blocks<'a>(source: &'a str, opening: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    source.split(opening).skip(1).filter_map(|rest| {
        let (name, body) = rest.split_once('{')?;
        Some((name.trim(), body.split_once('}')?.0))
    })
}

fn of_proto() -> BTreeSet<Field> {
    let mut fields = BTreeSet::new();
    for (message, body) in blocks(PROTO, "\nmessage ") {
        for line in body.lines().map(str::trim).filter(|line| line.ends_with(';')) {
            let line = line.trim_end_matches(';').replace(" [deprecated = true]", "");
            let (declared, number) = line.split_once(" = ").expect("a number");
            let (of, name) = declared.rsplit_once(' ').expect("a type");
            let (label, of) = match (of.strip_prefix("map<string, "), of.split_once(' ')) {
                (Some(of), _) => ("map", of.trim_end_matches('>')),
                (None, Some((label, of))) => (label, of),
                (None, None) => ("", of),
            };
            let of = of.trim_start_matches("google.protobuf.");
            // A message may always be left out.
            let label =
                if label.is_empty() && of.starts_with(char::is_uppercase) { "optional" } else { label };
            fields.insert(field(message, name, number, label, of));
        }
    }
    fields
}

fn of_rust() -> BTreeSet<Field> {
    let mut fields = BTreeSet::new();
    for (message, body) in RUST.into_iter().flat_map(|source| blocks(source, "\npub struct ")) {
        for member in body.split("#[prost(").skip(1) {
            let (says, declared) = member.split_once(")]").expect("an end");
            let (says, number) = says.split_once(", tag = \"").expect("a tag");
            let (name, held) = declared.trim().trim_start_matches("pub ").split_once(": ").expect("a type");
            let held = held.trim().trim_end_matches([',', '>']);
            let held = held.rsplit(['<', ' ']).next().expect("a type");
            let (kind, label) = match says.split_once(", ") {
                Some(("btree_map = \"string", _)) => ("message", "map"),
                Some((kind, label)) => (kind, label),
                None => (says, ""),
            };
            let of = if kind == "message" { held } else { kind };
            fields.insert(field(message, name, number.trim_end_matches('"'), label, of));
        }
    }
    fields
}

#[test]
fn the_messages_are_those_of_the_proto_file() {
    let (proto, rust) = (of_proto(), of_rust());
    assert!(proto.len() > 80, "{}", proto.len());
    let differ: Vec<_> = proto.symmetric_difference(&rust).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

#[test]
fn the_methods_are_those_of_the_proto_file() {
    let (_, service) = blocks(PROTO, "\nservice ").next().expect("a service");
    let calls = service.lines().filter_map(|line| line.trim().strip_prefix("rpc "));
    let calls: Vec<_> = calls.filter_map(|call| Some(call.split_once('(')?.0)).collect();
    assert_eq!(calls, crate::grpc::METHODS);
}
