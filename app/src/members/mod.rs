//! The people of a project or an organization: one page for both.

mod functions;
mod leaving;
mod ownerless;
mod page;
mod place;
mod programs;
mod role;
mod table;
mod tabs;

pub use leaving::LeaveCard;
pub use page::MembersPage;
pub use place::{Place, use_place};
pub use tabs::PeopleHeader;
