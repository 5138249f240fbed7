//! What an index holds, and which records fit.

use crate::{
    format::{Malformed, Put, Reader},
    invalid::{Invalid, Rule, check_length},
    limits,
    records::{Patch, Record, SparseValues, Values},
    score::Metric,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexSpec {
    Dense {
        dimension: usize,
        metric: Metric,
    },
    /// Sparse values alone, compared by dot product.
    Sparse,
    /// Dense values and, where a record has them, sparse ones. The score is the sum of both dot products.
    Hybrid {
        dimension: usize,
    },
}

impl IndexSpec {
    pub fn metric(self) -> Metric {
        match self {
            Self::Dense { metric, .. } => metric,
            Self::Sparse | Self::Hybrid { .. } => Metric::DotProduct,
        }
    }

    /// How many dense values a record has.
    pub fn dimension(self) -> usize {
        match self {
            Self::Dense { dimension, .. } | Self::Hybrid { dimension } => dimension,
            Self::Sparse => 0,
        }
    }

    pub fn check(self) -> Result<(), Invalid> {
        match self {
            Self::Sparse => Ok(()),
            Self::Dense { dimension, .. } | Self::Hybrid { dimension } => {
                check_length("dimension", "numbers", (1, limits::DIMENSIONS), dimension)
            }
        }
    }

    pub fn check_record(self, record: &Record) -> Result<(), Invalid> {
        let required = |field, why| Err(Invalid::new(field, Rule::Required { why }));
        match self {
            Self::Sparse if record.sparse.is_none() => required("sparse_values", "the index is sparse"),
            Self::Dense { .. } | Self::Hybrid { .. } if record.values.is_none() => {
                required("values", "the index has a dimension")
            }
            _ => self.check_parts(record.values.as_ref(), record.sparse.as_ref(), true),
        }
    }

    pub fn check_patch(self, patch: &Patch) -> Result<(), Invalid> {
        if patch.is_empty() {
            let why = "values, sparse values or metadata to set";
            return Err(Invalid::new("update", Rule::Required { why }));
        }
        self.check_parts(patch.values.as_ref(), patch.sparse.as_ref(), true)
    }

    /// What is asked for may be all zeros.
    pub fn check_query(self, values: Option<&Values>, sparse: Option<&SparseValues>) -> Result<(), Invalid> {
        if values.is_none() && sparse.is_none() {
            return Err(Invalid::new("query", Rule::Required { why: "an id, values or sparse values" }));
        }
        self.check_parts(values, sparse, false)
    }

    fn check_parts(
        self,
        values: Option<&Values>,
        sparse: Option<&SparseValues>,
        stored: bool,
    ) -> Result<(), Invalid> {
        let unwanted = |field, why| Err(Invalid::new(field, Rule::NotWanted { why }));
        if let Some(values) = values {
            let expected = self.dimension();
            match self {
                Self::Sparse => return unwanted("values", "the index is sparse"),
                _ if values.len() != expected => {
                    return Err(Invalid::new("values", Rule::Dimension { expected, found: values.len() }));
                }
                _ if stored => values.check_not_zero()?,
                _ => {}
            }
        }
        match self {
            Self::Dense { .. } if sparse.is_some() => unwanted("sparse_values", "the index is dense"),
            _ => Ok(()),
        }
    }

    pub fn put(self, out: &mut Vec<u8>) {
        let (kind, dimension) = match self {
            Self::Dense { metric: Metric::Cosine, dimension } => (0, dimension),
            Self::Dense { metric: Metric::DotProduct, dimension } => (1, dimension),
            Self::Dense { metric: Metric::Euclidean, dimension } => (2, dimension),
            Self::Sparse => (3, 0),
            Self::Hybrid { dimension } => (4, dimension),
        };
        out.put_u8(kind);
        out.put_u32(dimension as u32);
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (kind, dimension) = (reader.u8()?, reader.u32()? as usize);
        let spec = match kind {
            0 => Self::Dense { metric: Metric::Cosine, dimension },
            1 => Self::Dense { metric: Metric::DotProduct, dimension },
            2 => Self::Dense { metric: Metric::Euclidean, dimension },
            3 => Self::Sparse,
            4 => Self::Hybrid { dimension },
            _ => return Err(reader.malformed()),
        };
        spec.check().map(|()| spec).map_err(|_| reader.malformed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back() {
        let dense = |metric| IndexSpec::Dense { metric, dimension: 3 };
        for spec in [
            dense(Metric::Cosine),
            dense(Metric::DotProduct),
            dense(Metric::Euclidean),
            IndexSpec::Sparse,
            IndexSpec::Hybrid { dimension: 20_000 },
        ] {
            let mut bytes = Vec::new();
            spec.put(&mut bytes);
            assert_eq!(IndexSpec::read(&mut Reader::new(&bytes)), Ok(spec));
        }
        assert!(IndexSpec::Hybrid { dimension: 0 }.check().is_err());
        assert!(dense(Metric::Cosine).check().is_ok());
        assert!(IndexSpec::Hybrid { dimension: 20_001 }.check().is_err());
    }
}
