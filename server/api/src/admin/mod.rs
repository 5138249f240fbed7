//! The Admin API: organizations, projects, keys and people, for programs that act as service accounts.

mod administrator;
mod api_keys;
mod bindings;
mod ids;
mod invites;
mod lists;
mod organizations;
mod projects;
mod role_bindings;
mod service_accounts;
pub mod tokens;
mod users;

use crate::Api;
use utoipa_axum::router::OpenApiRouter;

pub const TAG: &str = "admin";

/// Bodies here are short.
const BODY_MAX_BYTES: usize = 64 << 10;

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .merge(organizations::routes())
        .merge(projects::routes())
        .merge(api_keys::routes())
        .merge(users::routes())
        .merge(invites::routes())
        .merge(service_accounts::routes())
        .merge(role_bindings::routes())
        .merge(tokens::routes())
}
