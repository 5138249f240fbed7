//! What is seen through somebody else's eyes.

use super::read::Begun;
use crate::{
    Result, Services,
    api_keys::KeyAccess,
    audit::Subject,
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
    pub(super) begun: Begun,
    pub(super) eyes: Eyes,
    pub(super) shown: Viewed,
}

#[derive(Clone, Debug)]
pub(super) enum Eyes {
    Member(UserId),
    Key(Arc<KeyAccess>),
    /// Who looks may no more, or whose view it was is gone: nothing is seen until the view is stopped.
    Nobody,
}

impl View {
    /// For the page that tells of it.
    pub fn shown(&self) -> &Viewed {
        &self.shown
    }

    /// Whether nothing is seen by it any more.
    pub fn is_over(&self) -> bool {
        matches!(self.eyes, Eyes::Nobody)
    }

    pub(crate) fn viewer(&self) -> UserId {
        self.viewer
    }

    /// The key whose limits count.
    pub(crate) fn key(&self) -> Option<&Arc<KeyAccess>> {
        match &self.eyes {
            Eyes::Member(_) | Eyes::Nobody => None,
            Eyes::Key(key) => Some(key),
        }
    }

    /// The person whose places menus show, if any are: a key has none of its own.
    pub(crate) fn person(&self) -> Option<UserId> {
        match self.eyes {
            Eyes::Member(id) => Some(id),
            Eyes::Key(_) => Some(self.viewer),
            Eyes::Nobody => None,
        }
    }

    pub(crate) fn organization_id(&self) -> OrganizationId {
        self.begun.organization_id
    }

    /// None when it is of the whole organization.
    pub(crate) fn project_id(&self) -> Option<ProjectId> {
        if let ViewPlace::Project(id) = self.begun.place { Some(id) } else { None }
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
            Eyes::Nobody => None,
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
        let is_of_place = match (self.project_id(), standing.project_id()) {
            (Some(own), Some(id)) => own == id,
            _ => true,
        };
        standing.organization_id() == self.organization_id() && is_of_place
    }

    /// The menus of the place alone. Of a project, nothing tells what its members are to the organization.
    pub(crate) fn narrow(&self, places: Vec<Place>) -> Vec<Place> {
        let mut own: Vec<_> =
            places.into_iter().filter(|place| place.organization.id == self.organization_id()).collect();
        for place in &mut own {
            if let Some(id) = self.project_id() {
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
        self.begun.place
    }

    /// Whose it is.
    pub fn of(&self) -> ViewOf {
        self.begun.of
    }

    /// What the audit log says of its end.
    pub(crate) fn subject(&self) -> Subject {
        let whose = match self.of() {
            ViewOf::Member(id) => Subject::default().to(id),
            ViewOf::Key(id) => Subject::default().to(id),
        };
        Subject { organization_id: Some(self.organization_id()), project_id: self.project_id(), ..whose }
    }
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        (self.viewer, self.begun, self.is_over()) == (other.viewer, other.begun, other.is_over())
    }
}

impl Eq for View {}
