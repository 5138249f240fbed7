//! JSON straight into the types that are wanted. Only when that fails is it read again, to find the field.

use crate::errors::{ApiError, Result};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    // Lists of the values alone, in the order of the fields, would be read too.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(ApiError::invalid("the body: must be an object, but is a list"));
    }
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => explain::<T>(bytes),
        Category::Eof if bytes.is_empty() => ApiError::invalid("the body: must be JSON, but is empty"),
        _ => ApiError::invalid(format!("the body: is not JSON: {error}")),
    })
}

fn explain<T: DeserializeOwned>(bytes: &[u8]) -> ApiError {
    let deserializer = &mut serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize::<_, T>(deserializer) {
        Ok(_) => ApiError::invalid("the body: has fields more than once"),
        Err(error) => {
            let message = without_place(error.inner().to_string());
            ApiError::invalid(place(&error.path().to_string(), &message))
        }
    }
}

/// The words of a rule begin with the field's own name, as the path ends with it.
fn place(path: &str, message: &str) -> String {
    let holder = path.rfind(['.', '[']).map_or("", |end| &path[..end]);
    let own = path[holder.len()..].trim_start_matches('.');
    let repeats = message.strip_prefix(own).is_some_and(|rest| rest.starts_with([':', '.', '[']));
    match (path, repeats) {
        ("" | ".", _) => message.to_owned(),
        _ if message.starts_with('.') => format!("{path}{message}"),
        (_, false) => format!("{path}: {message}"),
        (_, true) if holder.is_empty() => message.to_owned(),
        (_, true) => format!("{holder}.{message}"),
    }
}

/// Line and column help with what is no JSON; here the path says more.
fn without_place(mut message: String) -> String {
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Outer {
        #[allow(dead_code)]
        items: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[allow(dead_code)]
        size: u8,
    }

    #[test]
    fn errors_name_the_field() {
        let message = |text: &str| parse::<Outer>(text.as_bytes()).expect_err("refused").message;
        assert_eq!(message(""), "the body: must be JSON, but is empty");
        assert!(message("{").starts_with("the body: is not JSON: EOF"));
        assert_eq!(message(" [[]]"), "the body: must be an object, but is a list");
        assert_eq!(message("{}"), "missing field `items`");
        assert_eq!(
            message(r#"{"items":[{"size":1},{"size":"x"}]}"#),
            "items[1].size: invalid type: string \"x\", expected u8"
        );
    }

    #[test]
    fn a_rule_does_not_repeat_its_field() {
        assert_eq!(place("vectors[3].values", "values: is long"), "vectors[3].values: is long");
        assert_eq!(place("filter", "filter.$or[1]: is odd"), "filter.$or[1]: is odd");
        assert_eq!(place("id", "values: is long"), "id: values: is long");
        assert_eq!(place("sparse", ".values: is long"), "sparse.values: is long");
    }
}
