//! Pods: what a project may have of them, and how many records they hold.

use crate::{
    indexes::{Deployment, PodKind, Vectors},
    limits::POD_LIMIT_MAX,
    problem::{Field, Problem, Rule},
};
use serde::{Deserialize, Serialize};

/// The pods of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectPods {
    /// How many it may have, replicas and shards counted.
    pub limit: u64,
    pub used: u64,
}

impl ProjectPods {
    pub const fn left(self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    /// Whether `wanted` more fit.
    pub const fn check(self, wanted: u64) -> Result<(), Problem> {
        if wanted <= self.left() {
            return Ok(());
        }
        Err(Problem::PodsFull { pods_max: self.limit, used: self.used, wanted })
    }
}

/// A limit as somebody typed it. None at all keeps a project from pods.
pub fn read_limit(text: &str) -> Result<u64, Problem> {
    let found: i64 = text.trim().parse().map_err(|_| Problem::invalid(Field::PodLimit, Rule::NotANumber))?;
    check_limit(found)
}

pub fn check_limit(found: i64) -> Result<u64, Problem> {
    let fits = u64::try_from(found).ok().filter(|_| found <= POD_LIMIT_MAX);
    fits.ok_or(Problem::invalid(Field::PodLimit, Rule::Range { min: 0, max: POD_LIMIT_MAX, found }))
}

impl Deployment {
    /// How many pods it takes; none where there are none. Their size says how much each holds.
    pub fn pods(&self) -> u64 {
        match self {
            Self::Pod { replicas, shards, .. } => u64::from(*replicas) * u64::from(*shards),
            _ => 0,
        }
    }

    /// How many records its pods hold; none where there is no such bound. `per_pod` is what the smallest pod of any
    /// type holds here, in place of the documented figures.
    pub fn records_max(&self, vectors: Vectors, per_pod: Option<u64>) -> Option<u64> {
        let Self::Pod { pod_type, shards, .. } = self else { return None };
        let each = per_pod.unwrap_or_else(|| records_per_pod(pod_type.kind(), vectors.dimension()));
        Some(each * u64::from(pod_type.size()) * u64::from(*shards))
    }
}

/// Dimensions with the records that one pod of size x1 holds: p1, p2, s1.
const DOCUMENTED: [(u32, [u64; 3]); 4] = [
    (512, [1_250_000, 1_250_000, 8_000_000]),
    (768, [1_000_000, 1_100_000, 5_000_000]),
    (1024, [675_000, 1_000_000, 4_000_000]),
    (1536, [500_000, 550_000, 2_500_000]),
];

/// Of the next documented dimension; above the last one, as much less as the vectors are longer.
fn records_per_pod(kind: PodKind, dimension: Option<u32>) -> u64 {
    let column = match kind {
        PodKind::P1 => 0,
        PodKind::P2 => 1,
        PodKind::S1 => 2,
    };
    let dimension = dimension.unwrap_or(0);
    let [.., (longest, least)] = DOCUMENTED;
    let documented = DOCUMENTED.iter().find(|(of, _)| dimension <= *of).map(|(_, counts)| counts[column]);
    documented.unwrap_or_else(|| least[column] * u64::from(longest) / u64::from(dimension))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexes::Metric;

    fn holds(pod_type: &str, replicas: i64, shards: i64, dimension: u32) -> Option<u64> {
        let pod_type = pod_type.parse().expect("a type");
        let deployment = Deployment::pod("here", pod_type, replicas, shards).expect("a deployment");
        deployment.records_max(Vectors::Dense { dimension, metric: Metric::Cosine }, None)
    }

    #[test]
    fn pods_hold_what_is_documented() {
        assert_eq!(holds("p1.x1", 1, 1, 768), Some(1_000_000));
        assert_eq!(holds("p2.x1", 1, 1, 1024), Some(1_000_000));
        assert_eq!(holds("s1.x1", 1, 1, 1536), Some(2_500_000));
        assert_eq!(holds("s1.x1", 1, 1, 3), Some(8_000_000));
        assert_eq!(holds("p1.x1", 1, 1, 800), Some(675_000), "of the next larger dimension");
        assert_eq!(holds("p1.x1", 1, 1, 3072), Some(250_000), "half as many of twice the length");
    }

    #[test]
    fn size_and_shards_hold_more_and_replicas_do_not() {
        assert_eq!(holds("p1.x8", 1, 1, 768), Some(8_000_000));
        assert_eq!(holds("p1.x2", 5, 3, 768), Some(6_000_000));
        assert_eq!(Deployment::default().records_max(Vectors::Sparse, None), None);
        let pod = Deployment::pod("here", "p1.x2".parse().expect("a type"), 2, 3).expect("a deployment");
        assert_eq!((pod.pods(), pod.records_max(Vectors::Sparse, Some(10))), (6, Some(60)));
        assert_eq!(Deployment::default().pods(), 0);
    }

    #[test]
    fn a_refusal_names_limit_used_and_wanted() {
        let pods = ProjectPods { limit: 5, used: 4 };
        assert_eq!(pods.check(1), Ok(()));
        let refused = pods.check(2).expect_err("refused").to_string();
        assert!(
            refused.starts_with("The project may have 5 pods and uses 4: there is no room for 2 more."),
            "{refused}"
        );
        assert_eq!(ProjectPods { limit: 1, used: 4 }.left(), 0, "lowered below what is used");
        assert!(ProjectPods { limit: 1, used: 4 }.check(0).is_ok());
    }

    #[test]
    fn limits_are_read() {
        assert_eq!((read_limit(" 0 "), read_limit("12")), (Ok(0), Ok(12)));
        assert_eq!(read_limit("x"), Err(Problem::invalid(Field::PodLimit, Rule::NotANumber)));
        let range =
            |found| Err(Problem::invalid(Field::PodLimit, Rule::Range { min: 0, max: 100_000, found }));
        assert_eq!((read_limit("-1"), read_limit("100001")), (range(-1), range(100_001)));
    }
}
