//! What the records of an index hold.

use crate::{
    limits::DIMENSION_MAX,
    problem::{Field, Problem, Rule},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VectorType {
    #[default]
    Dense,
    Sparse,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    #[default]
    Cosine,
    Dotproduct,
    Euclidean,
}

macro_rules! words {
    ($type:ident $field:ident { $($variant:ident $name:literal),* }) => {
        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl FromStr for $type {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::ALL.iter().copied().find(|word| word.as_str() == text);
                found.ok_or(Problem::invalid(Field::$field, Rule::Unknown))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words!(VectorType VectorType { Dense "dense", Sparse "sparse" });
words!(Metric Metric { Cosine "cosine", Dotproduct "dotproduct", Euclidean "euclidean" });

/// A dense index of the dot product takes sparse values too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Vectors {
    Dense { dimension: u32, metric: Metric },
    Sparse,
}

impl Vectors {
    pub fn dense(dimension: i64, metric: Metric) -> Result<Self, Problem> {
        let fits = u32::try_from(dimension).ok().filter(|size| (1..=DIMENSION_MAX).contains(size));
        let rule = Rule::Range { min: 1, max: DIMENSION_MAX.into(), found: dimension };
        let dimension = fits.ok_or(Problem::invalid(Field::Dimension, rule))?;
        Ok(Self::Dense { dimension, metric })
    }

    /// As separate answers say it: a dense index needs a dimension, a sparse one has none and one metric.
    pub fn new(kind: VectorType, dimension: Option<i64>, metric: Option<Metric>) -> Result<Self, Problem> {
        match (kind, dimension, metric) {
            (VectorType::Dense, Some(dimension), metric) => {
                Self::dense(dimension, metric.unwrap_or_default())
            }
            (VectorType::Dense, None, _) => Err(Problem::invalid(Field::Dimension, Rule::Required)),
            (VectorType::Sparse, Some(_), _) => Err(Problem::invalid(Field::Dimension, Rule::NotWanted)),
            (VectorType::Sparse, None, None | Some(Metric::Dotproduct)) => Ok(Self::Sparse),
            (VectorType::Sparse, None, Some(_)) => Err(Problem::invalid(Field::Metric, Rule::OnlyDotproduct)),
        }
    }

    pub const fn kind(self) -> VectorType {
        match self {
            Self::Dense { .. } => VectorType::Dense,
            Self::Sparse => VectorType::Sparse,
        }
    }

    pub const fn metric(self) -> Metric {
        match self {
            Self::Dense { metric, .. } => metric,
            Self::Sparse => Metric::Dotproduct,
        }
    }

    pub const fn dimension(self) -> Option<u32> {
        match self {
            Self::Dense { dimension, .. } => Some(dimension),
            Self::Sparse => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: VectorType, dimension: Option<i64>, metric: Option<Metric>) -> String {
        Vectors::new(kind, dimension, metric).expect_err("refused").to_string()
    }

    #[test]
    fn dense_vectors_have_a_dimension() {
        use VectorType::Dense;
        let eight = Vectors::new(Dense, Some(8), None);
        assert_eq!(eight, Ok(Vectors::Dense { dimension: 8, metric: Metric::Cosine }));
        assert_eq!(refused(Dense, None, None), "Dimension is required.");
        assert_eq!(refused(Dense, Some(0), None), "Dimension must be 1 to 20000, but is 0.");
        assert_eq!(refused(Dense, Some(20_001), None), "Dimension must be 1 to 20000, but is 20001.");
        assert!(Vectors::new(Dense, Some(20_000), Some(Metric::Euclidean)).is_ok());
    }

    #[test]
    fn sparse_ones_have_none_and_one_metric() {
        use VectorType::Sparse;
        assert_eq!(Vectors::new(Sparse, None, None), Ok(Vectors::Sparse));
        assert_eq!(Vectors::Sparse.metric(), Metric::Dotproduct);
        assert!(refused(Sparse, Some(3), None).starts_with("Dimension must be left out"));
        assert!(refused(Sparse, None, Some(Metric::Cosine)).starts_with("Metric must be dotproduct"));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for metric in Metric::ALL {
            assert_eq!(metric.as_str().parse(), Ok(*metric));
        }
        assert!("Cosine".parse::<Metric>().is_err());
    }
}
