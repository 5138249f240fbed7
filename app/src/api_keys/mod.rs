//! The keys of a project: a list, and a page for each.

mod create;
mod days;
mod delete;
mod functions;
mod key_page;
mod key_settings;
mod page;
mod rights;
mod secret;
mod snippets;
mod table;
mod told_once;
mod x_ray;

#[cfg(feature = "ssr")]
pub use functions::key_address;
pub use key_page::ApiKeyPage;
pub use page::ApiKeysPage;
pub use told_once::ToldOnce;
