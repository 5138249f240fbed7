//! Projects: their list, and the pages of one.

mod links;
mod list;
mod new;
mod page;
mod settings;
mod table;

pub use links::ProjectLinks;
pub use list::{ProjectList, Projects};
pub use new::NewProject;
pub use page::{ProjectPage, use_project_id};
pub use settings::ProjectSettingsPage;
