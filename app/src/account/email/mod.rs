//! Changing the e-mail address: asked for with the password, in force once the new address confirms.

mod card;
mod confirm;
mod confirmation;

pub use card::EmailCard;
pub use confirm::ConfirmEmailPage;
pub use confirmation::ConfirmAddressPage;
