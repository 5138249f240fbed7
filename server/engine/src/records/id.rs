//! Names of records, namespaces and indexes. They compare in byte order.

use crate::{
    invalid::{Invalid, Rule, check_length},
    limits,
};
use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name!(RecordId);
name!(
    /// The namespace that programs get when they name none has the empty name.
    NamespaceName
);
name!(IndexName);
name!(SnapshotName);

impl RecordId {
    pub fn new(text: &str) -> Result<Self, Invalid> {
        check_length("id", "bytes", (1, limits::ID_BYTES), text.len())?;
        check_ascii("id", text)?;
        Ok(Self(text.into()))
    }
}

impl NamespaceName {
    pub fn new(text: &str) -> Result<Self, Invalid> {
        check_length("namespace", "bytes", (0, limits::NAMESPACE_BYTES), text.len())?;
        check_ascii("namespace", text)?;
        Ok(Self(text.into()))
    }
}

impl IndexName {
    pub fn new(text: &str) -> Result<Self, Invalid> {
        check_label(text)?;
        Ok(Self(text.into()))
    }
}

impl SnapshotName {
    pub fn new(text: &str) -> Result<Self, Invalid> {
        check_label(text)?;
        Ok(Self(text.into()))
    }
}

fn check_label(text: &str) -> Result<(), Invalid> {
    check_length("name", "bytes", (1, limits::NAME_BYTES), text.len())?;
    let allowed = "a-z, 0-9 and, between them, -";
    let ends = [0, text.len() - 1];
    for (position, found) in text.char_indices() {
        let inner = found == '-' && !ends.contains(&position);
        if !(found.is_ascii_lowercase() || found.is_ascii_digit() || inner) {
            return Err(Invalid::new("name", Rule::Characters { allowed, found, position }));
        }
    }
    Ok(())
}

fn check_ascii(field: &str, text: &str) -> Result<(), Invalid> {
    match text.char_indices().find(|(_, c)| !matches!(c, '\x01'..='\x7f')) {
        None => Ok(()),
        Some((position, found)) => {
            let allowed = "ASCII characters other than NUL";
            Err(Invalid::new(field, Rule::Characters { allowed, found, position }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_1_to_512_bytes_of_ascii() {
        assert!(RecordId::new("x").is_ok());
        assert!(RecordId::new(&"x".repeat(512)).is_ok());
        assert_eq!(
            RecordId::new(&"x".repeat(513)).expect_err("must be refused").to_string(),
            "id: must be 1 to 512 bytes, but is 513"
        );
        assert_eq!(
            RecordId::new("").expect_err("must be refused").to_string(),
            "id: must be 1 to 512 bytes, but is 0"
        );
        assert_eq!(
            RecordId::new("a\0").expect_err("must be refused").to_string(),
            "id: may hold only ASCII characters other than NUL, but has '\\0' at position 1"
        );
        assert!(RecordId::new("caf\u{e9}").is_err());
    }

    #[test]
    fn a_namespace_may_have_the_empty_name() {
        assert!(NamespaceName::new("").is_ok());
        assert!(NamespaceName::new(&"n".repeat(513)).is_err());
    }

    #[test]
    fn index_names_are_lower_case_with_inner_hyphens() {
        for good in ["a", "a-b", "0", "a--b"] {
            assert!(IndexName::new(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a_b", "..", "a/b", "\u{e4}"] {
            assert!(IndexName::new(bad).is_err(), "{bad}");
        }
        assert!(IndexName::new(&"a".repeat(46)).is_err());
    }

    #[test]
    fn names_compare_in_byte_order() {
        let id = |text| RecordId::new(text).expect("valid");
        assert!(id("B") < id("a") && id("a") < id("aa") && id("10") < id("9"));
    }
}
