//! Every limit a person can meet, in one place. Units stand last in the names.

pub const NAME_LENGTH_MAX_CHARS: usize = 512;
pub const EMAIL_LENGTH_MAX_BYTES: usize = 254;

pub const PASSWORD_LENGTH_MIN_CHARS: usize = 8;
/// Long enough that nobody needs more words, advised where a person asks.
pub const PASSWORD_LENGTH_ADVISED_CHARS: usize = 15;
pub const PASSWORD_LENGTH_MAX_CHARS: usize = 256;
/// Of zxcvbn's 0 to 4: below it a password falls to about a million guesses.
pub const PASSWORD_SCORE_MIN: u8 = 2;

pub const RECOVERY_CODES: usize = 10;

pub const SESSION_IDLE_MAX_MS: i64 = 7 * DAY_MS;
pub const SESSION_AGE_MAX_MS: i64 = 30 * DAY_MS;
/// How long a right password waits for its second factor.
pub const SECOND_FACTOR_WAIT_MAX_MS: i64 = 10 * MINUTE_MS;

pub const PASSWORD_RESET_AGE_MAX_MS: i64 = HOUR_MS;
pub const EMAIL_CHANGE_AGE_MAX_MS: i64 = DAY_MS;
pub const SIGN_UP_AGE_MAX_MS: i64 = DAY_MS;

pub const INVITE_AGE_MAX_MS: i64 = 7 * DAY_MS;
pub const INVITES_AT_ONCE_MAX: usize = 50;
pub const INVITES_PENDING_MAX: usize = 1_000;
pub const INVITE_RESENDS_PER_DAY_MAX: i64 = 5;
/// Copied links of one invite that work at the same time.
pub const INVITE_COPIES_MAX: i64 = 10;
pub const ADDRESS_CONFIRMATION_AGE_MAX_MS: i64 = DAY_MS;

pub const KEY_NAME_LENGTH_MAX_CHARS: usize = 80;
/// Keys of one project that are not deleted.
pub const KEYS_MAX: usize = 1_000;
/// Indexes, and namespaces, that a key can be limited to.
pub const KEY_SCOPE_NAMES_MAX: usize = 100;
pub const KEY_NAMESPACE_LENGTH_MAX_CHARS: usize = 512;
pub const KEY_OVERLAP_MAX_MS: i64 = 30 * DAY_MS;
/// How far back the use of a key is told.
pub const KEY_CALLS_AGE_MAX_DAYS: i64 = 90;

pub const SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS: usize = 80;
/// Of one organization.
pub const SERVICE_ACCOUNTS_MAX: usize = 1_000;
pub const ACCESS_TOKEN_AGE_MAX_MS: i64 = 30 * MINUTE_MS;
/// Of one service account at a time: the oldest one ends.
pub const ACCESS_TOKENS_MAX: i64 = 10_000;

/// Saved queries of one index: their list is not paged, and they are tested together.
pub const SAVED_QUERIES_MAX: i64 = 100;
pub const SAVED_QUERY_MAX_BYTES: usize = 64 * 1024;
pub const QUERY_NAME_LENGTH_MAX_CHARS: usize = 80;
/// Of one person and index.
pub const RECENT_QUERIES_MAX: i64 = 20;
/// Records that one saved query must find.
pub const EXPECTED_IDS_MAX: usize = 100;
pub const RECORD_ID_MAX_BYTES: usize = 512;

pub const PAGE_LENGTH: u32 = 50;
pub const PAGE_LENGTH_MAX: u32 = 200;
pub const SEARCH_LENGTH_MAX_CHARS: usize = 254;

/// What menus show: the rest is found by its list.
pub const MENU_ORGANIZATIONS_MAX: u32 = 50;
/// Of each organization.
pub const MENU_PROJECTS_MAX: u32 = 5;

/// How many projects a refusal names.
pub const PROJECTS_NAMED_MAX: u32 = 10;

/// Of an index, a backup, a collection, a schedule.
pub const INDEX_NAME_MAX_CHARS: usize = 45;
/// Of a project: their list is not paged.
pub const INDEXES_MAX: i64 = 1_000;
pub const DIMENSION_MAX: u32 = 20_000;
pub const TAGS_MAX: usize = 20;
pub const TAG_KEY_MAX_CHARS: usize = 80;
pub const TAG_VALUE_MAX_CHARS: usize = 120;
/// Of a cloud, a region, an environment.
pub const PLACE_MAX_CHARS: usize = 128;
pub const POD_REPLICAS_MAX: i64 = 1_000;
/// What an owner can let a project have.
pub const POD_LIMIT_MAX: i64 = 100_000;
pub const BACKUP_DESCRIPTION_MAX_CHARS: usize = 1_024;
/// Of a project, collections too.
pub const BACKUPS_MAX: i64 = 1_000;
/// Of an index.
pub const SCHEDULES_MAX: i64 = 20;
/// Ten years.
pub const RETENTION_MAX_DAYS: i64 = 3_650;

/// What a form or a server function may send.
pub const REQUEST_BODY_MAX_BYTES: usize = 64 * 1024;
/// The same for those that take records: some hundreds of them, as a form writes them.
pub const RECORDS_BODY_MAX_BYTES: usize = 4 * 1024 * 1024;

pub const SECOND_MS: i64 = 1_000;
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;
