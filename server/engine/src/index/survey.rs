//! Records looked at as a whole.

use super::{Index, IndexSpec};
use crate::{
    error::Result,
    filter::Filter,
    invalid::{Invalid, Rule, check_length},
    limits,
    records::{NamespaceName, RecordId},
    survey::{self, Mapped, Outlier, Selection},
};

impl Index {
    /// Where records lie among each other, in two or three dimensions: those in which they differ most.
    pub fn project(
        &self,
        namespace: &NamespaceName,
        selection: &Selection,
        dimensions: usize,
    ) -> Result<Mapped> {
        check_length("dimensions", "dimensions", (1, 3), dimensions)?;
        self.check_survey(selection)?;
        let namespace = self.namespace(namespace)?.unwrap_or_default();
        survey::project(&namespace, selection, self.spec.dimension(), dimensions)
    }

    /// How far each record is from its `neighbours` nearest others of the selection, the furthest first: as a mean, in parts of
    /// the median of all. Above 1 a record stands further out than half of them.
    pub fn outliers(
        &self,
        namespace: &NamespaceName,
        selection: &Selection,
        neighbours: usize,
    ) -> Result<Vec<Outlier>> {
        check_length("neighbours", "records", (1, limits::PAGE), neighbours)?;
        self.check_survey(selection)?;
        let namespace = self.namespace(namespace)?.unwrap_or_default();
        survey::outliers(&namespace, selection, self.spec, neighbours)
    }

    /// Groups of records with the same values, among all that match; at most `limit` groups, those of the least ids.
    pub fn duplicates(
        &self,
        namespace: &NamespaceName,
        filter: Option<&Filter>,
        limit: usize,
    ) -> Result<Vec<Vec<RecordId>>> {
        check_length("limit", "groups", (1, limits::PAGE), limit)?;
        self.check_dense()?;
        let namespace = self.namespace(namespace)?.unwrap_or_default();
        survey::duplicates(&namespace, filter, limit)
    }

    fn check_survey(&self, selection: &Selection) -> Result<()> {
        let (field, count) = match selection {
            Selection::Ids(ids) => ("ids", ids.len()),
            Selection::Sample { limit, .. } => ("limit", *limit),
        };
        check_length(field, "records", (1, limits::SURVEY), count)?;
        self.check_dense()
    }

    fn check_dense(&self) -> Result<()> {
        match self.spec {
            IndexSpec::Sparse => {
                let rule = Rule::Required { why: "only dense values are compared, and the index is sparse" };
                Err(Invalid::new("values", rule).into())
            }
            _ => Ok(()),
        }
    }
}
