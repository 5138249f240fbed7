//! Namespaces: parts of an index that are searched one at a time.

use serde::{Deserialize, Serialize};

/// How programs call the namespace without a name.
pub const DEFAULT_NAMESPACE: &str = "__default__";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespace {
    /// Empty for the one without a name.
    pub name: String,
    pub records: u64,
}

impl Namespace {
    /// Its name as it is shown: the default one has a word for it.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { DEFAULT_NAMESPACE } else { &self.name }
    }
}

/// The name under which a namespace is kept: `""` and `__default__` are one.
pub fn kept_name(name: &str) -> &str {
    if name == DEFAULT_NAMESPACE { "" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_two_names() {
        assert_eq!(kept_name(DEFAULT_NAMESPACE), kept_name(""));
        assert_eq!(kept_name("__default"), "__default");
        assert_eq!(Namespace { name: String::new(), records: 0 }.label(), DEFAULT_NAMESPACE);
    }
}
