//! Signing in and out.

mod house;
mod next;
mod password;
mod second_factor;
mod sign_out;

pub use house::{House, LookAtHouse, NotSetUpYet};
pub use next::with_next;
pub use password::SignInPage;
pub use second_factor::SecondFactorPage;
pub use sign_out::SignOut;
