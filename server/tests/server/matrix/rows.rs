//! What can be asked over HTTP, one line for each: where, the row of the table that rules it, and the form that
//! is sent. Words in braces are filled in; whoever may, changes as little as can be.

/// Functions that need a right to a place.
pub const FUNCTIONS: &[(&str, &str, &str)] = &[
    ("/fn/audit/list", "view audit log", "id={organization}"),
    ("/fn/organizations/get", "view organization", "id={organization}"),
    ("/fn/projects/get", "view project", "id={project}"),
];

/// Pages and files of a place.
pub const GETS: &[(&str, &str)] = &[
    ("/organizations/{organization}", "view organization"),
    ("/organizations/{organization}/audit", "view audit log"),
    ("/organizations/{organization}/audit/export", "view audit log"),
    ("/projects/{project}", "view project"),
];

/// Functions about nobody but who asks: they need a session and no right to a place.
pub const OWN: &[(&str, &str)] = &[
    ("/fn/account/cancel-email-change", ""),
    ("/fn/account/change-password", "current_password=a&new_password=b"),
    ("/fn/account/details", ""),
    ("/fn/account/rename", "name=Ada"),
    ("/fn/account/request-email-change", "email=a%40example.com&current_password=a"),
    ("/fn/sessions/end", "id={user}"),
    ("/fn/sessions/end-others", ""),
    ("/fn/sessions/list", ""),
    ("/fn/shell/overview", ""),
    ("/fn/two-factor/confirm", "current_password=a&code=000000"),
    ("/fn/two-factor/keep-codes", ""),
    ("/fn/two-factor/new-codes", "current_password=a&code=000000"),
    ("/fn/two-factor/start", ""),
    ("/fn/two-factor/state", ""),
    ("/fn/two-factor/turn-off", "current_password=a"),
];

/// The ways in, and what stands before them.
pub const PUBLIC: &[&str] = &[
    "/fn/account/check-email-link",
    "/fn/account/confirm-email-change",
    "/fn/mail/leaves",
    "/fn/password-reset/link",
    "/fn/password-reset/new",
    "/fn/password-reset/request",
    "/fn/passwords/judge",
    "/fn/setup/found",
    "/fn/setup/link",
    "/fn/sign-in/code",
    "/fn/sign-in/house",
    "/fn/sign-in/out",
    "/fn/sign-in/password",
    "/fn/sign-in/waits-for-code",
    "/fn/sign-up/address",
    "/fn/sign-up/complete",
    "/fn/sign-up/request",
    "/fn/theme/set",
];

/// Pages about nobody but who asks.
pub const PRIVATE_PAGES: &[&str] = &[
    "/",
    "/account",
    "/account/password",
    "/account/two-factor",
    "/account/two-factor/set-up",
    "/account/sessions",
];

/// Pages that anybody may open.
pub const PUBLIC_PAGES: &[&str] = &[
    "/confirm-email",
    "/password-reset",
    "/password-reset/new",
    "/setup",
    "/sign-in",
    "/sign-in/second-factor",
    "/sign-up",
    "/sign-up/complete",
];

/// What is no page: for machines, and for functions that are not there.
pub const PLAIN: &[&str] =
    &["/assets/{hash}/{*file}", "/dev/reload", "/fn/{*name}", "/healthz", "/metrics", "/readyz"];
