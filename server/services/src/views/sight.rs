//! What is seen through somebody else's eyes.

use crate::{
    Result, Services,
    api_keys::KeyAccess,
    authorize::{Author, Of, Standing, standing_of},
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId, UserId},
    organizations::OrganizationRole,
    permissions::{Action, Verdict, verdict},
    places::Place,
    projects::ProjectRole,
    views::{ViewOf, ViewPlace, Viewed},
};
use std::sync::Arc;

/// As it stood when the request came.
#[derive(Clone, Debug)]
pub struct View {
    /// Who looks.
    pub(super) viewer: UserId,
    pub(super) organization_id: OrganizationId,
    /// None when it is of the whole organization.
    pub(super) project_id: Option<ProjectId>,
    pub(super) eyes: Eyes,
    pub(super) shown: Viewed,
}

#[derive(Clone, Debug)]
pub(super) enum Eyes {
    Member(UserId),
    Key(Arc<KeyAccess>),
}

impl View {
    /// For the page that tells of it.
    pub fn shown(&self) -> &Viewed {
        &self.shown
    }

    pub(crate) fn viewer(&self) -> UserId {
        self.viewer
    }

    /// The key whose limits count.
    pub(crate) fn key(&self) -> Option<&Arc<KeyAccess>> {
        match &self.eyes {
            Eyes::Member(_) => None,
            Eyes::Key(key) => Some(key),
        }
    }

    /// The person whose places menus show: a key has none of its own.
    pub(crate) fn person(&self) -> UserId {
        match self.eyes {
            Eyes::Member(id) => id,
            Eyes::Key(_) => self.viewer,
        }
    }

    pub(crate) fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    pub(crate) fn project_id(&self) -> Option<ProjectId> {
        self.project_id
    }

    /// What the member or the key is to a thing of the place; None for everything outside.
    pub(crate) async fn standing<O: Of>(
        &self,
        services: &Services,
        of: O,
        action: Action,
    ) -> Result<Option<Standing>> {
        let standing = match &self.eyes {
            Eyes::Member(id) => standing_of(services.db(), of, Author::Person(*id)).await?,
            Eyes::Key(key) => {
                let is_there = of.is_within(services, key).await?;
                is_there.then(|| Standing::of_key(key, self.asked(action)))
            }
        };
        Ok(standing.filter(|standing| self.holds(standing)))
    }

    /// What the table is asked about in place of this. Pages of records stand in the frame of their index: a key that
    /// may only read records sees it, as far as statistics tell it the same.
    pub(crate) fn asked(&self, action: Action) -> Action {
        let Some(key) = self.key() else { return action };
        let asked = match action {
            // No key may, but its indexes stand in the frame of their project.
            Action::ViewProject => Action::ViewIndexes,
            Action::ViewIndexes | Action::ViewIndex => action,
            other => return other,
        };
        let is_allowed = verdict(asked, key.role_for(asked)) == Verdict::Allow;
        if is_allowed { asked } else { Action::GetIndexStats }
    }

    fn holds(&self, standing: &Standing) -> bool {
        let is_of_place = match (self.project_id, standing.project_id()) {
            (Some(own), Some(id)) => own == id,
            _ => true,
        };
        standing.organization_id() == self.organization_id && is_of_place
    }

    /// The menus of the place alone. Of a project, nothing tells what its members are to the organization.
    pub(crate) fn narrow(&self, places: Vec<Place>) -> Vec<Place> {
        let mut own: Vec<_> =
            places.into_iter().filter(|place| place.organization.id == self.organization_id).collect();
        for place in &mut own {
            if let Some(id) = self.project_id {
                place.organization.role = OrganizationRole::Member;
                place.projects.retain(|project| project.id == id);
            }
            for project in &mut place.projects {
                project.role = self.project_role(project.role);
            }
        }
        own
    }

    /// A key owns nothing.
    pub(crate) fn project_role(&self, role: ProjectRole) -> ProjectRole {
        if self.key().is_some() { ProjectRole::User } else { role }
    }

    /// Where it was begun.
    pub fn place(&self) -> ViewPlace {
        self.project_id.map_or(ViewPlace::Organization(self.organization_id), ViewPlace::Project)
    }

    /// Whose it is.
    pub fn of(&self) -> ViewOf {
        match &self.eyes {
            Eyes::Member(id) => ViewOf::Member(*id),
            Eyes::Key(key) => ViewOf::Key(key.id()),
        }
    }
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        (self.viewer, self.organization_id, self.project_id, self.of())
            == (other.viewer, other.organization_id, other.project_id, other.of())
    }
}

impl Eq for View {}
