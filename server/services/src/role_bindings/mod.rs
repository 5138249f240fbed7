//! Who is what where, read as one list. What changes it are the rooms of those who have the roles.

mod list;

pub use list::{list_of_organization, list_of_project};
