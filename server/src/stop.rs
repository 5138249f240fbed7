//! Why a command ended without doing its work, in words for whoever typed it.

use conifer_services::Error;
use std::{
    fmt::{self, Display},
    process::ExitCode,
};

#[derive(Debug)]
pub struct Stop {
    code: u8,
    message: String,
}

pub type Result<T, E = Stop> = std::result::Result<T, E>;

impl Stop {
    pub fn failed(message: impl Into<String>) -> Self {
        Self { code: 1, message: message.into() }
    }

    /// A setting that cannot be: the same code as for an unknown flag.
    pub fn wrong_setting(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }

    /// What is there already forbids it.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { code: 3, message: message.into() }
    }

    /// Says what was being done when `error` came.
    pub fn while_doing(what: &str, error: impl Display) -> Self {
        Self::failed(format!("{what}: {error}"))
    }

    pub fn tell(self) -> ExitCode {
        eprintln!("conifer: {}", self.message);
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Operator(message) => Self::refused(message),
            other => Self::failed(other.to_string()),
        }
    }
}
