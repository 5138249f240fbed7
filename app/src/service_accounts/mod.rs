//! The service accounts of an organization: a list, and a page for each.

mod about;
mod account_page;
mod changes;
mod create;
mod functions;
mod page;
mod projects;
mod secret;
mod settings;
mod snippets;
mod table;

pub use account_page::ServiceAccountPage;
#[cfg(feature = "ssr")]
pub use functions::list_address;
pub use page::ServiceAccountsPage;
