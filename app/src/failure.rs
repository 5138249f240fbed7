//! The error of every server function: a problem and nothing else, so that no internal text can slip out.

use conifer_domain::Problem;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub Problem);

impl Failure {
    pub fn problem(&self) -> &Problem {
        &self.0
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as E;
        Self(match error {
            E::Request(_) => Problem::Offline,
            E::Args(_) | E::MissingArg(_) | E::UnsupportedRequestMethod(_) => Problem::BadRequest,
            // On the server this is the body of a request; in the browser, an answer that is not ours.
            E::Deserialization(_) if cfg!(feature = "ssr") => Problem::BadRequest,
            _ => Problem::Unexpected,
        })
    }

    /// Every failure that reaches the browser passes here: a session that ended leads to the sign-in page.
    #[cfg(feature = "hydrate")]
    fn de(data: server_fn::Bytes) -> Self {
        let failure = crate::answer::read(&data).unwrap_or(Self(Problem::Unexpected));
        if failure.0 == Problem::SignedOut {
            crate::sign_in_again::go();
        }
        failure
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}
