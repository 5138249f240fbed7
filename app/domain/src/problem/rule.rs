//! The rules that an input can break.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    Required,
    TooLong {
        chars_max: usize,
    },
    TooShort {
        chars_min: usize,
    },
    ControlCharacter,
    NotAnAddress,
    NotADay,
    BeforeTheFirst,
    Taken,
    NotJson {
        line: usize,
        column: usize,
    },
    /// Of several numbers, counted from 0.
    NotANumberAt {
        position: usize,
    },
    AllZero,
    /// Data of a record that its index cannot hold; before it is sent, a page can say more.
    NotAsRecords,
    /// As the current value: nothing would change.
    Unchanged,
    TooEasyToGuess,
    Wrong,
    Unknown,
    /// A typed name is not that of the thing to be deleted.
    Mismatch,
    MemberAlready,
    InvitedAlready,
    TooManyItems {
        items_max: usize,
    },
    /// A number of something, from the first to the last that is allowed.
    Length {
        unit: Unit,
        min: usize,
        max: usize,
        found: usize,
    },
    Range {
        min: i64,
        max: i64,
        found: i64,
    },
    Characters {
        allowed: Allowed,
        found: char,
        position: usize,
    },
    NotWanted,
    /// Sparse vectors have no other metric.
    OnlyDotproduct,
    NotAPodType,
    OtherVectors,
    /// An index has one enabled schedule.
    AnotherEnabled,
    /// A random query finds something else each time.
    RandomQuery,
    /// It is about pods, and the index has none, or the other way round.
    OtherDeployment,
    NotAnIndexName,
    NotANamespace,
    NotANumber,
    /// The end of a file's name says nothing that is known.
    NotAFormat,
    /// A file of which a part is still missing.
    NotWhole,
    Past,
    TooLate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Characters,
    Tags,
    Bytes,
    Values,
    Items,
}

/// Which characters some text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowed {
    Label,
    TagKey,
    PrintableAscii,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required"),
            Self::TooLong { chars_max } => write!(f, "is too long: {chars_max} characters at most"),
            Self::TooShort { chars_min } => write!(f, "is too short: {chars_min} characters at least"),
            Self::ControlCharacter => {
                f.write_str("contains a character that cannot be shown, such as a line break")
            }
            Self::NotAnAddress => f.write_str("is not an address like name@example.com"),
            Self::NotADay => f.write_str("is not a day like 2026-11-20"),
            Self::BeforeTheFirst => f.write_str("is before the first day"),
            Self::Taken => f.write_str("is taken already"),
            Self::NotJson { line, column } => write!(f, "is not JSON: see line {line}, column {column}"),
            Self::NotANumberAt { position } => write!(f, "has no number at position {position}"),
            Self::AllZero => f.write_str("must not all be zero: such a vector has no direction"),
            Self::NotAsRecords => f.write_str("does not have the form that records have"),
            Self::Unchanged => f.write_str("is the one you have already"),
            Self::TooEasyToGuess => f.write_str("is too easy to guess: use a few unrelated words"),
            Self::Wrong => f.write_str("is wrong"),
            Self::Unknown => f.write_str("is not one of the choices"),
            Self::Mismatch => f.write_str("is not the name that is shown"),
            Self::MemberAlready => f.write_str("belongs to a member already"),
            Self::InvitedAlready => f.write_str("is invited already: send that invite again"),
            Self::TooManyItems { items_max } => write!(f, "are too many: {items_max} at a time"),
            Self::Length { unit, min, max, found } => {
                write!(f, "must have {min} to {max} {unit}, but has {found}")
            }
            Self::Range { min, max, found } => write!(f, "must be {min} to {max}, but is {found}"),
            Self::Characters { allowed, found, position } => {
                write!(f, "may hold only {allowed}, but has {found:?} at position {position}")
            }
            Self::NotWanted => f.write_str("must be left out: sparse vectors have none"),
            Self::OnlyDotproduct => f.write_str("must be dotproduct for sparse vectors"),
            Self::NotAPodType => f.write_str("must be s1, p1 or p2 with a size from .x1, .x2, .x4, .x8"),
            Self::NotAnIndexName => {
                f.write_str("is not the name of an index: 1 to 45 of a-z, 0-9 and -, no - at either end")
            }
            Self::NotANamespace => f.write_str("is not a namespace: 1 to 512 ASCII characters"),
            Self::NotANumber => f.write_str("is not a whole number above 0"),
            Self::NotAFormat => f.write_str(
                "must end in .json, .jsonl, .csv, .tsv, .parquet or .npy, or in .txt for the IDs of an array",
            ),
            Self::NotWhole => f.write_str("is not here as a whole: send the rest of it first"),
            Self::Past => f.write_str("is in the past"),
            Self::TooLate => f.write_str("is too far away"),
            Self::OtherVectors => f.write_str("holds vectors of another type, dimension or metric"),
            Self::AnotherEnabled => f.write_str("cannot be enabled: the index has another enabled schedule"),
            Self::RandomQuery => {
                f.write_str("cannot be checked for a random vector: each run makes up another")
            }
            Self::OtherDeployment => f.write_str("cannot be set for this kind of deployment"),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Characters => "characters",
            Self::Tags => "tags",
            Self::Bytes => "bytes",
            Self::Values => "values",
            Self::Items => "items",
        })
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Label => "a-z, 0-9 and, between them, -",
            Self::TagKey => "A-Z, a-z, 0-9, _ and -",
            Self::PrintableAscii => "printable ASCII",
        })
    }
}
