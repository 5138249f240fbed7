//! A person's account as pages show it.

use crate::{ids::UserId, theme::Theme};
use serde::{Deserialize, Serialize};

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub theme: Theme,
    /// Whether sign-in asks for a second factor.
    pub two_factor: bool,
}

/// What the account page shows beyond the account itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDetails {
    pub account: Account,
    pub created_at_ms: i64,
    /// An address that waits for its confirmation.
    pub pending_email: Option<String>,
    /// Whether the account counts everywhere; one made by a copied link waits for a mailed one.
    pub confirmed: bool,
    pub recovery_codes_left: u32,
}

/// A second factor on its way: shown once, in force after the first right code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactorSetup {
    /// The secret in base 32, for typing into an app.
    pub secret: String,
    /// The same as an `otpauth://` link.
    pub link: String,
    /// The link as a QR code: the path data of an SVG whose view box is `size` wide and high.
    pub qr_path: String,
    pub qr_size: u32,
}

/// Codes that each stand in once for the second factor; shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes(pub Vec<String>);

/// What a right password leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInStep {
    SignedIn,
    SecondFactor,
}
