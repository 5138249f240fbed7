//! What was typed into a form that failed without scripts. The server puts it into the address of the page that
//! is shown again, so that nobody types it twice.

use super::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The inputs that come back; never a secret, for an address is kept in histories.
pub const KEPT: [&str; 10] = [
    "name",
    "email",
    "organization_name",
    "project_name",
    "addresses",
    "dimension",
    "tags",
    "record_id",
    "namespace",
    "metadata",
];
/// Longer input does not come back: an address has limits.
pub const KEPT_LENGTH_MAX_BYTES: usize = 600;
/// Before the input's name, in the address.
pub const PREFIX: &str = "typed.";

impl<F> Form<F> {
    /// What was typed into this form's input before it failed.
    pub fn typed(self, input: &str) -> Option<String> {
        use_query_map().with_untracked(|query| {
            let is_ours = query.get_str("__path") == Some(self.sending().path());
            is_ours.then(|| query.get(&format!("{PREFIX}{input}"))).flatten()
        })
    }
}
