//! Invitations: a link that lets its reader in, once.

mod end;

pub(crate) use end::revoke_all_to;
