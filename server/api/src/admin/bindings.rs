//! Roles as requests write them.

use crate::{
    errors::{ApiError, Result},
    requests::choice,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    role_bindings::{BoundRole, Place, PrincipalKind},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// A role to give.
#[derive(Deserialize, ToSchema)]
pub struct RoleBindingInput {
    /// organization or project.
    resource_type: String,
    /// The project; none for the organization.
    resource_id: Option<String>,
    role: String,
}

/// Refusals name the field with `within` before it.
impl RoleBindingInput {
    pub fn read(
        &self,
        within: &str,
        principal: PrincipalKind,
        of: OrganizationId,
    ) -> Result<(Place, BoundRole)> {
        let field = |name: &str| format!("{within}{name}");
        let place = place(&field, &self.resource_type, self.resource_id.as_deref(), of)?;
        let in_project = matches!(place, Place::Project(_));
        Ok((place, role(&field("role"), principal, in_project, &self.role)?))
    }

    pub fn new(resource_type: String, resource_id: Option<String>, role: String) -> Self {
        Self { resource_type, resource_id, role }
    }
}

fn place(
    field: &impl Fn(&str) -> String,
    resource_type: &str,
    id: Option<&str>,
    of: OrganizationId,
) -> Result<Place> {
    let kinds = Place::KINDS.map(str::to_owned);
    match one_of(&field("resource_type"), resource_type, &kinds)?.as_str() {
        "organization" => match id {
            Some(id) if id != of.to_string() => Err(ApiError::invalid(format!(
                "{}: must be left out for the organization",
                field("resource_id")
            ))),
            _ => Ok(Place::Organization(of)),
        },
        _ => {
            let missing =
                || ApiError::invalid(format!("{}: must be the id of a project", field("resource_id")));
            let id: ProjectId = id.and_then(|id| id.parse().ok()).ok_or_else(missing)?;
            Ok(Place::Project(id))
        }
    }
}

fn role(field: &str, principal: PrincipalKind, in_project: bool, text: &str) -> Result<BoundRole> {
    let choices = BoundRole::choices(principal, in_project);
    if choices.is_empty() {
        return Err(ApiError::invalid(format!("{field}: an API key has roles in its project only")));
    }
    let words: Vec<_> = choices.iter().map(|role| role.as_str().to_owned()).collect();
    let text = one_of(field, text, &words)?;
    BoundRole::parse(principal, in_project, &text)
        .ok_or_else(|| ApiError::invalid(format!("{field}: unknown")))
}

/// One of a few words, or a refusal that tells them.
pub fn one_of(field: &str, text: &str, words: &[String]) -> Result<String> {
    if words.iter().any(|word| word == text) {
        return Ok(text.to_owned());
    }
    let words: Vec<_> = words.iter().map(|word| Word(word)).collect();
    choice(field, text, &words).map(|Word(word)| word.to_owned())
}

#[derive(Clone, Copy)]
struct Word<'w>(&'w str);

impl std::fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// It is asked only to tell what is none of them.
impl std::str::FromStr for Word<'_> {
    type Err = ();
    fn from_str(_: &str) -> Result<Self, ()> {
        Err(())
    }
}
