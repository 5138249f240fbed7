//! Where an index is asked to run. Here it runs where Conifer does: what was asked for is kept and shown back.

use super::PodChange;
use crate::{
    limits::{PLACE_MAX_CHARS, POD_REPLICAS_MAX},
    problem::{Field, Problem, Rule, Unit},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Deployment {
    Serverless {
        cloud: String,
        region: String,
        #[serde(default)]
        read_capacity: ReadCapacity,
    },
    Pod {
        environment: String,
        pod_type: PodType,
        replicas: u32,
        shards: u32,
        /// Metadata fields that filters were said to go by; here they go by all.
        #[serde(default)]
        indexed: Option<Vec<String>>,
        #[serde(default)]
        source_collection: Option<String>,
    },
    Byoc {
        environment: String,
        #[serde(default)]
        read_capacity: ReadCapacity,
    },
}

impl Default for Deployment {
    fn default() -> Self {
        Self::Serverless {
            cloud: "aws".into(),
            region: "us-east-1".into(),
            read_capacity: ReadCapacity::OnDemand,
        }
    }
}

impl Deployment {
    pub fn serverless(cloud: &str, region: &str, read_capacity: ReadCapacity) -> Result<Self, Problem> {
        let (cloud, region) = (place(cloud, Field::Cloud)?, place(region, Field::Region)?);
        Ok(Self::Serverless { cloud, region, read_capacity })
    }

    pub fn byoc(environment: &str, read_capacity: ReadCapacity) -> Result<Self, Problem> {
        Ok(Self::Byoc { environment: place(environment, Field::Environment)?, read_capacity })
    }

    pub fn pod(environment: &str, pod_type: PodType, replicas: i64, shards: i64) -> Result<Self, Problem> {
        Ok(Self::Pod {
            environment: place(environment, Field::Environment)?,
            pod_type,
            replicas: pods(replicas, Field::Replicas)?,
            shards: pods(shards, Field::Shards)?,
            indexed: None,
            source_collection: None,
        })
    }

    pub const fn is_pod(&self) -> bool {
        matches!(self, Self::Pod { .. })
    }

    /// The collection that it is to begin with.
    pub fn source_collection(&self) -> Option<&str> {
        match self {
            Self::Pod { source_collection, .. } => source_collection.as_deref(),
            _ => None,
        }
    }

    /// Where backups of it are said to lie.
    pub fn cloud_and_region(&self) -> (&str, &str) {
        match self {
            Self::Serverless { cloud, region, .. } => (cloud, region),
            Self::Pod { environment, .. } => ("pod", environment),
            Self::Byoc { environment, .. } => ("byoc", environment),
        }
    }

    /// What is left out stays.
    pub fn resize(&mut self, change: &PodChange) -> Result<(), Problem> {
        let Self::Pod { replicas, pod_type, .. } = self else {
            return Err(Problem::invalid(Field::PodType, Rule::OtherDeployment));
        };
        *replicas = change.replicas.unwrap_or(*replicas);
        if let Some(wanted) = &change.pod_type {
            pod_type.clone_from(wanted);
        }
        Ok(())
    }

    pub fn read_capacity(&self) -> Option<&ReadCapacity> {
        match self {
            Self::Serverless { read_capacity, .. } | Self::Byoc { read_capacity, .. } => Some(read_capacity),
            Self::Pod { .. } => None,
        }
    }

    pub fn read_capacity_mut(&mut self) -> Option<&mut ReadCapacity> {
        match self {
            Self::Serverless { read_capacity, .. } | Self::Byoc { read_capacity, .. } => Some(read_capacity),
            Self::Pod { .. } => None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode")]
pub enum ReadCapacity {
    #[default]
    OnDemand,
    Dedicated {
        node_type: String,
        replicas: u32,
        shards: u32,
    },
}

impl ReadCapacity {
    pub fn dedicated(node_type: &str, replicas: i64, shards: i64) -> Result<Self, Problem> {
        Ok(Self::Dedicated {
            node_type: place(node_type, Field::NodeType)?,
            replicas: number(replicas, 0, Field::Replicas)?,
            shards: pods(shards, Field::Shards)?,
        })
    }
}

/// Such as `p1.x2`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PodType(String);

impl FromStr for PodType {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, size) = text.split_once('.').unwrap_or((text, "x1"));
        if !matches!(kind, "s1" | "p1" | "p2") || !matches!(size, "x1" | "x2" | "x4" | "x8") {
            return Err(Problem::invalid(Field::PodType, Rule::NotAPodType));
        }
        Ok(Self(format!("{kind}.{size}")))
    }
}

/// What pods are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodKind {
    P1,
    P2,
    S1,
}

impl PodType {
    fn parts(&self) -> (&str, &str) {
        self.0.split_once('.').unwrap_or((&self.0, "x1"))
    }

    pub fn kind(&self) -> PodKind {
        match self.parts().0 {
            "s1" => PodKind::S1,
            "p2" => PodKind::P2,
            _ => PodKind::P1,
        }
    }

    /// How often it holds what the smallest one holds.
    pub fn size(&self) -> u32 {
        match self.parts().1 {
            "x2" => 2,
            "x4" => 4,
            "x8" => 8,
            _ => 1,
        }
    }
}

impl Default for PodType {
    fn default() -> Self {
        Self("p1.x1".into())
    }
}

impl fmt::Display for PodType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Any cloud, region or environment will do, as long as it is one short line.
fn place(text: &str, field: Field) -> Result<String, Problem> {
    let found = text.chars().count();
    if !(1..=PLACE_MAX_CHARS).contains(&found) {
        let rule = Rule::Length { unit: Unit::Characters, min: 1, max: PLACE_MAX_CHARS, found };
        return Err(Problem::invalid(field, rule));
    }
    if text.chars().any(char::is_control) {
        return Err(Problem::invalid(field, Rule::ControlCharacter));
    }
    Ok(text.to_owned())
}

pub(super) fn pods(count: i64, field: Field) -> Result<u32, Problem> {
    number(count, 1, field)
}

fn number(count: i64, min: i64, field: Field) -> Result<u32, Problem> {
    let fits = u32::try_from(count).ok().filter(|_| (min..=POD_REPLICAS_MAX).contains(&count));
    fits.ok_or(Problem::invalid(field, Rule::Range { min, max: POD_REPLICAS_MAX, found: count }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_cloud_and_region_is_taken() {
        assert!(Deployment::serverless("mars", "olympus-mons-1", ReadCapacity::OnDemand).is_ok());
        let empty = Deployment::serverless("", "x", ReadCapacity::OnDemand).expect_err("refused");
        assert_eq!(empty.to_string(), "Cloud must have 1 to 128 characters, but has 0.");
        assert!(Deployment::serverless("aws", "a\nb", ReadCapacity::OnDemand).is_err());
    }

    #[test]
    fn pods_are_of_known_types() {
        let read = |text: &str| text.parse::<PodType>().map(|kind| kind.to_string());
        assert_eq!(read("p1.x2"), Ok("p1.x2".into()));
        assert_eq!(read("s1"), Ok("s1.x1".into()));
        for text in ["", "p3.x1", "p1.x3", "p1."] {
            assert!(read(text).is_err(), "{text}");
        }
        let none = Deployment::pod("here", PodType::default(), 0, 1).expect_err("refused");
        assert_eq!(none.to_string(), "Replicas must be 1 to 1000, but is 0.");
    }

    #[test]
    fn it_is_kept_as_it_was() {
        let dedicated = ReadCapacity::dedicated("b1", 0, 2).expect("a capacity");
        for deployment in [
            Deployment::default(),
            Deployment::serverless("gcp", "europe-west4", dedicated).expect("a deployment"),
            Deployment::pod("gcp-starter", PodType::default(), 2, 1).expect("a deployment"),
        ] {
            let text = serde_json::to_string(&deployment).expect("text");
            assert_eq!(serde_json::from_str::<Deployment>(&text).expect("the same"), deployment);
        }
    }
}
