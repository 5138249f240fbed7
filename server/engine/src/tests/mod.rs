//! The engine as a whole.

mod generate;
mod model;
mod oracle;
