//! Invitations: the page of those who invite, and the one that the invited open.

mod create;
mod functions;
mod link;
mod new_account;
mod page;
mod reading;
mod role_choice;
mod row;
mod table;

pub use page::InvitesPage;
pub use reading::InvitationPage;
