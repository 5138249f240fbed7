//! Organizations: making one, and the pages of one.

mod details;
mod new;
mod page;
mod settings;

pub use details::{load_organization, use_organization_id};
pub use new::NewOrganizationPage;
pub use page::OrganizationPage;
pub use settings::OrganizationSettingsPage;
