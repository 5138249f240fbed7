//! Filters by metadata as people write and build them. The engine has the last word on them; these rules say the same
//! while one types.

mod completion;
mod fault;
mod place;
mod shape;

pub use completion::{Completion, complete};
pub use fault::{FilterFault, fault};
pub use shape::{Clause, Joint, Shape, read_shape, typed_value};

/// A test of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    In,
    NotIn,
    Exists,
}

/// What an operator is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Scalar,
    Number,
    List,
    Boolean,
}

impl Operator {
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::NotEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::In,
        Self::NotIn,
        Self::Exists,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "$eq",
            Self::NotEqual => "$ne",
            Self::Greater => "$gt",
            Self::GreaterOrEqual => "$gte",
            Self::Less => "$lt",
            Self::LessOrEqual => "$lte",
            Self::In => "$in",
            Self::NotIn => "$nin",
            Self::Exists => "$exists",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Equal => "is",
            Self::NotEqual => "is not",
            Self::Greater => "is above",
            Self::GreaterOrEqual => "is at least",
            Self::Less => "is below",
            Self::LessOrEqual => "is at most",
            Self::In => "is one of",
            Self::NotIn => "is none of",
            Self::Exists => "is there",
        }
    }

    pub const fn takes(self) -> Takes {
        match self {
            Self::Equal | Self::NotEqual => Takes::Scalar,
            Self::Greater | Self::GreaterOrEqual | Self::Less | Self::LessOrEqual => Takes::Number,
            Self::In | Self::NotIn => Takes::List,
            Self::Exists => Takes::Boolean,
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.as_str() == name)
    }
}
