//! Read capacity: asked for, kept and shown back. Here all reads share the machine.

use crate::errors::{ApiError, Result};
use conifer_domain::indexes::ReadCapacity as Kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ReadCapacity {
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    dedicated: Option<Dedicated>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq, ToSchema)]
pub(crate) enum Mode {
    #[default]
    OnDemand,
    Dedicated,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub(crate) struct Dedicated {
    node_type: Option<String>,
    scaling: Option<String>,
    manual: Option<Manual>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
pub(crate) struct Manual {
    replicas: Option<i64>,
    shards: Option<i64>,
}

impl ReadCapacity {
    pub(crate) fn into_kept(self) -> Result<Kept> {
        self.over(&Kept::OnDemand)
    }

    /// With what is left out as it was before.
    pub(crate) fn over(self, before: &Kept) -> Result<Kept> {
        let Self { mode: Mode::Dedicated, dedicated } = self else { return Ok(Kept::OnDemand) };
        let Dedicated { node_type, manual, scaling } = dedicated.unwrap_or_default();
        if let Some(scaling) = scaling.filter(|scaling| scaling != "Manual") {
            return Err(ApiError::invalid(format!(
                "read_capacity.dedicated.scaling: must be \"Manual\", but is {scaling:?}"
            )));
        }
        let Manual { replicas, shards } = manual.unwrap_or_default();
        let (old_type, old_replicas, old_shards) = match before {
            Kept::OnDemand => (None, None, None),
            Kept::Dedicated { node_type, replicas, shards } => {
                (Some(node_type.clone()), Some(i64::from(*replicas)), Some(i64::from(*shards)))
            }
        };
        let node_type = node_type.or(old_type).ok_or_else(|| required("node_type"))?;
        let replicas = replicas.or(old_replicas).ok_or_else(|| required("manual.replicas"))?;
        let shards = shards.or(old_shards).ok_or_else(|| required("manual.shards"))?;
        Ok(Kept::dedicated(&node_type, replicas, shards)?)
    }
}

fn required(field: &str) -> ApiError {
    ApiError::invalid(format!("read_capacity.dedicated.{field}: is required where the mode is Dedicated"))
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReadCapacityModel {
    mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    dedicated: Option<Dedicated>,
    status: CapacityStatus,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct CapacityStatus {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    current_replicas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current_shards: Option<u32>,
}

impl From<&Kept> for ReadCapacityModel {
    fn from(kept: &Kept) -> Self {
        let status = |current_replicas, current_shards| CapacityStatus {
            state: "Ready",
            current_replicas,
            current_shards,
        };
        match kept {
            Kept::OnDemand => Self { mode: Mode::OnDemand, dedicated: None, status: status(None, None) },
            Kept::Dedicated { node_type, replicas, shards } => {
                let manual = Manual { replicas: Some((*replicas).into()), shards: Some((*shards).into()) };
                let dedicated = Dedicated {
                    node_type: Some(node_type.clone()),
                    scaling: Some("Manual".into()),
                    manual: Some(manual),
                };
                Self {
                    mode: Mode::Dedicated,
                    dedicated: Some(dedicated),
                    status: status(Some(*replicas), Some(*shards)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    fn read(text: &str) -> ReadCapacity {
        parse(text.as_bytes()).expect("a capacity")
    }

    #[test]
    fn what_is_left_out_stays() {
        let whole = r#"{"mode":"Dedicated","dedicated":{"node_type":"b1","scaling":"Manual","manual":{"replicas":2,"shards":1}}}"#;
        let before = read(whole).into_kept().expect("a capacity");
        let more = read(r#"{"mode":"Dedicated","dedicated":{"manual":{"replicas":3}}}"#);
        assert_eq!(more.clone().over(&before), Ok(Kept::dedicated("b1", 3, 1).expect("a capacity")));
        let missing = more.into_kept().expect_err("refused").message;
        assert_eq!(missing, "read_capacity.dedicated.node_type: is required where the mode is Dedicated");
        assert_eq!(read(r#"{"mode":"OnDemand"}"#).over(&before), Ok(Kept::OnDemand));
    }
}
