//! What can be asked over HTTP, one line for each: where, the row of the table that rules it, and the form that
//! is sent. Words in braces are filled in; whoever may, changes as little as can be.

/// Functions that need a right to a place.
pub const FUNCTIONS: &[(&str, &str, &str)] = &[
    (
        "/fn/api-keys/create",
        "create API keys",
        "project_id={project}&name=taken&rights%5Broles%5D%5BProjectViewer%5D=true",
    ),
    ("/fn/api-keys/delete", "delete API keys", "project_id={project}&key_id={key}&confirm=not+its+name"),
    ("/fn/api-keys/get", "view API keys", "project_id={project}&key_id={key}"),
    ("/fn/api-keys/list", "view API keys", "project_id={project}&query%5Bsearch%5D="),
    ("/fn/api-keys/rename", "update API keys", "project_id={project}&key_id={key}&name=taken"),
    ("/fn/api-keys/rotate", "update API keys", "project_id={project}&key_id={key}&overlap_h=0"),
    (
        "/fn/api-keys/set-rights",
        "update API keys",
        "project_id={project}&key_id={key}&rights%5Broles%5D%5BProjectViewer%5D=true",
    ),
    ("/fn/api-keys/shrink", "update API keys", "project_id={project}&key_id={key}"),
    ("/fn/audit/list", "view audit log", "id={organization}"),
    (
        "/fn/invites/create",
        "invite members",
        "place=%2Fprojects%2F{project}&addresses=newer%40example.com&role=user",
    ),
    (
        "/fn/invites/create",
        "invite organization members",
        "place=%2Forganizations%2F{organization}&addresses=newer%40example.com&role=member",
    ),
    ("/fn/invites/link", "invite members", "place=%2Fprojects%2F{project}&invite_id={invite}"),
    (
        "/fn/invites/link",
        "invite organization members",
        "place=%2Forganizations%2F{organization}&invite_id={organization-invite}",
    ),
    ("/fn/invites/list", "invite members", "place=%2Fprojects%2F{project}&query%5Bsearch%5D="),
    (
        "/fn/invites/list",
        "invite organization members",
        "place=%2Forganizations%2F{organization}&query%5Bsearch%5D=",
    ),
    ("/fn/invites/resend", "invite members", "place=%2Fprojects%2F{project}&invite_id={invite}"),
    (
        "/fn/invites/resend",
        "invite organization members",
        "place=%2Forganizations%2F{organization}&invite_id={organization-invite}",
    ),
    ("/fn/invites/revoke", "invite members", "place=%2Fprojects%2F{project}&invite_id={invite}"),
    (
        "/fn/invites/revoke",
        "invite organization members",
        "place=%2Forganizations%2F{organization}&invite_id={organization-invite}",
    ),
    (
        "/fn/members/change-role",
        "update member roles",
        "place=%2Fprojects%2F{project}&user_id={user}&role=owner",
    ),
    (
        "/fn/members/change-role",
        "update organization roles",
        "place=%2Forganizations%2F{organization}&user_id={user}&role=manager",
    ),
    ("/fn/members/leave", "leave project", "place=%2Fprojects%2F{project}"),
    ("/fn/members/leave", "leave organization", "place=%2Forganizations%2F{organization}"),
    ("/fn/members/list", "view members", "place=%2Fprojects%2F{project}&query%5Bsearch%5D="),
    (
        "/fn/members/list",
        "view organization members",
        "place=%2Forganizations%2F{organization}&query%5Bsearch%5D=",
    ),
    ("/fn/members/remove", "delete members", "place=%2Fprojects%2F{project}&user_id={user}"),
    (
        "/fn/members/remove",
        "delete organization members",
        "place=%2Forganizations%2F{organization}&user_id={user}",
    ),
    ("/fn/organizations/delete", "delete organization", "id={organization}&confirm=not+its+name"),
    ("/fn/organizations/get", "view organization", "id={organization}"),
    ("/fn/organizations/rename", "update organization name", "id={organization}&name=Acme"),
    ("/fn/projects/create", "create projects", "organization_id={organization}&name=Search"),
    ("/fn/projects/delete", "delete project", "id={project}&confirm=not+its+name"),
    ("/fn/projects/get", "view project", "id={project}"),
    ("/fn/projects/names", "view project", "ids%5B0%5D={project}"),
    ("/fn/projects/rename", "update project name", "id={project}&name=Search"),
    ("/fn/projects/settings", "view project", "id={project}"),
];

/// Pages and files of a place.
pub const GETS: &[(&str, &str)] = &[
    ("/organizations/{organization}", "view organization"),
    ("/organizations/{organization}/audit", "view audit log"),
    ("/organizations/{organization}/audit/export", "view audit log"),
    ("/organizations/{organization}/invites", "invite organization members"),
    ("/organizations/{organization}/members", "view organization members"),
    ("/organizations/{organization}/settings", "view organization"),
    ("/projects/{project}", "view project"),
    ("/projects/{project}/api-keys", "view API keys"),
    ("/projects/{project}/api-keys/{key}", "view API keys"),
    ("/projects/{project}/invites", "invite members"),
    ("/projects/{project}/members", "view members"),
    ("/projects/{project}/settings", "view project"),
];

/// Functions about nobody but who asks: they need a session and no right to a place.
pub const OWN: &[(&str, &str)] = &[
    ("/fn/account/cancel-email-change", ""),
    ("/fn/account/change-password", "current_password=a&new_password=b"),
    ("/fn/account/confirm-address", "token=a"),
    ("/fn/account/details", ""),
    ("/fn/account/rename", "name=Ada"),
    ("/fn/api-keys/forget-secret", "project_id={project}&key_id={key}"),
    ("/fn/account/request-email-change", "email=a%40example.com&current_password=a"),
    ("/fn/account/request-confirmation", ""),
    ("/fn/invites/accept", "token=a"),
    ("/fn/invites/forget-link", "place=%2Fprojects%2F{project}"),
    ("/fn/organizations/create", "name="),
    ("/fn/projects/page", "query%5Borganization_id%5D={organization}"),
    ("/fn/sessions/end", "id={user}"),
    ("/fn/sessions/end-others", ""),
    ("/fn/sessions/list", ""),
    ("/fn/shell/overview", "organization_id={organization}&project_id={project}"),
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
    "/fn/invites/accept-as-new",
    "/fn/invites/show",
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
    "/confirm-address",
    "/organizations/new",
];

/// Pages that anybody may open.
pub const PUBLIC_PAGES: &[&str] = &[
    "/confirm-email",
    "/invite",
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
