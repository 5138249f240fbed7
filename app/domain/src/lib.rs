//! Words and rules of Conifer, shared by the pages and the services. No I/O, compiles to WebAssembly.

pub mod accounts;
pub mod api_keys;
pub mod api_reference;
pub mod audit;
pub mod backups;
pub mod email;
pub mod exports;
pub mod hosts;
pub mod ids;
pub mod imports;
pub mod indexes;
pub mod invites;
pub mod limits;
pub mod lint;
pub mod members;
pub mod names;
pub mod namespaces;
pub mod notices;
pub mod organizations;
pub mod paging;
pub mod passwords;
pub mod permissions;
pub mod places;
pub mod playground;
pub mod pods;
pub mod problem;
pub mod projects;
pub mod records;
pub mod service_accounts;
pub mod sessions;
pub mod theme;
pub mod uploads;
pub mod usage;

pub use email::EmailAddress;
pub use names::Name;
pub use problem::{Field, Problem, Rule};
