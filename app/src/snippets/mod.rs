//! The same deeds as programs do them, in the words of the SDKs that people know.

mod create;
mod query;
mod use_index;

pub use create::{Creation, creation};
pub use query::query;
pub use use_index::connection;

/// Stands for the key, which the console does not know.
const KEY: &str = "YOUR_API_KEY";

/// A text as a literal that Python, TypeScript, Go and JSON all read alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
