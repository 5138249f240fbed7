//! The Admin API: every operation × every role of a service account, and every way in which a token does not count.

mod matrix;
mod rows;
mod shapes;
mod tokens;
mod town;
