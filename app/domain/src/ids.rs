//! Ids are UUIDs of version 7: they sort by time of creation and say nothing secret.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A person with an account.
    UserId
);
id!(OrganizationId);
id!(ProjectId);
id!(
    /// Names a session to its owner. The cookie's secret is something else.
    SessionId
);
id!(
    /// An invitation as its inviters name it. What the invited carry is a token.
    InviteId
);
id!(
    /// Names a key of the API to its owners. What programs carry is a secret.
    ApiKeyId
);
id!(
    /// A program that acts for itself, as its owners name it. What it carries are tokens.
    ServiceAccountId
);
id!(IndexId);
id!(BackupId);
id!(BackupScheduleId);
id!(
    /// The making of an index from a backup.
    RestoreJobId
);
id!(ImportId);
id!(SavedQueryId);
id!(
    /// A file that records are to be read from.
    UploadId
);

impl ProjectId {
    /// The random end of the id, as a part of a host's name can hold it.
    pub fn label(self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        const LENGTH: u32 = 12;
        let bits = self.0.as_u128();
        (0..LENGTH)
            .rev()
            .map(|digit| char::from(DIGITS[(bits >> (5 * digit)) as usize % DIGITS.len()]))
            .collect()
    }
}

impl ProjectId {
    /// The id that no project has: where a thing is that does not exist.
    pub const NONE: Self = Self(Uuid::nil());
}

impl IndexId {
    /// The id that no index has: what a name that none has stands for.
    pub const NONE: Self = Self(Uuid::nil());
}
