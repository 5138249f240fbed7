//! Which records an operation is about, said by their metadata.

mod matches;
mod parse;

pub use parse::parse;

/// A condition on a record's metadata. The filter without conditions (`All` of nothing) matches everything.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Field { name: String, test: Test },
}

/// What a field must be. A list passes a positive test when any of its items does; a missing field passes none.
/// The negative tests, `NotEqual` and `NotIn`, are exactly the opposites of the positive ones: a missing field passes.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Equal(Scalar),
    NotEqual(Scalar),
    In(Vec<Scalar>),
    NotIn(Vec<Scalar>),
    /// Only numbers have an order.
    Number(Order, f64),
    Exists(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    Text(String),
    Number(f64),
    Boolean(bool),
}

impl Filter {
    pub fn everything() -> Self {
        Self::All(Vec::new())
    }

    pub fn is_everything(&self) -> bool {
        *self == Self::everything()
    }
}

#[cfg(test)]
pub(crate) mod samples;
