//! The pages of a project and of an organization: what the sidebar, the trail and the palette call them.

use super::{here::Here, overview::Overview};
use crate::{permitted::why_not, ui::Glyph};
use conifer_domain::{
    organizations::OrganizationSummary,
    permissions::{Action, Role},
    projects::ProjectSummary,
};

/// A page, or a few that belong together.
#[derive(Debug, PartialEq, Eq)]
pub struct Room {
    name: &'static str,
    glyph: Glyph,
    /// How their addresses end; the first is where the room begins.
    pages: &'static [&'static str],
    /// What one must be allowed to.
    needs: Option<Action>,
}

const PROJECT: &[Room] = &[
    Room { name: "Overview", glyph: Glyph::Gauge, pages: &[""], needs: None },
    Room { name: "Indexes", glyph: Glyph::Layers, pages: &["indexes"], needs: None },
    Room { name: "Members", glyph: Glyph::Users, pages: &["members", "invites"], needs: None },
    Room { name: "API keys", glyph: Glyph::Key, pages: &["api-keys"], needs: None },
    Room { name: "Usage", glyph: Glyph::Rows, pages: &["usage"], needs: None },
    Room { name: "Settings", glyph: Glyph::Settings, pages: &["settings"], needs: None },
];

const ORGANIZATION: &[Room] = &[
    Room { name: "Projects", glyph: Glyph::Folder, pages: &[""], needs: None },
    Room {
        name: "Members",
        glyph: Glyph::Users,
        pages: &["members", "invites"],
        needs: Some(Action::ViewOrganizationMembers),
    },
    Room {
        name: "Service accounts",
        glyph: Glyph::Bot,
        pages: &["service-accounts"],
        needs: Some(Action::ViewServiceAccounts),
    },
    Room { name: "Usage", glyph: Glyph::Rows, pages: &["usage"], needs: Some(Action::ViewUsage) },
    Room { name: "Audit log", glyph: Glyph::Clock, pages: &["audit"], needs: Some(Action::ViewAuditLog) },
    Room { name: "Settings", glyph: Glyph::Settings, pages: &["settings"], needs: None },
];

/// The rooms of one place, for the person who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rooms {
    pub heading: &'static str,
    /// The name of the place.
    pub of: String,
    address: String,
    rooms: &'static [Room],
    role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    pub name: &'static str,
    pub glyph: Glyph,
    pub address: String,
    pub why_not: Option<String>,
    place: String,
    pages: &'static [&'static str],
}

/// The rooms around somebody: of the project they are in, then of its organization.
pub fn rooms(here: Here, overview: &Overview) -> Vec<Rooms> {
    let found = match here {
        Here::Project(id) => overview.project(id).map(|(place, project)| (Some(project), place)),
        Here::Organization(id) => overview.place(id).map(|place| (None, place)),
        _ => None,
    };
    let Some((project, place)) = found else { return Vec::new() };
    let project = project.map(Rooms::of_project);
    project.into_iter().chain([Rooms::of_organization(&place.organization)]).collect()
}

/// What the last step of an address is called: `members`.
pub fn name_of(here: Here, page: &str) -> Option<&'static str> {
    let rooms = match here {
        Here::Project(_) => PROJECT,
        Here::Organization(_) => ORGANIZATION,
        _ => return None,
    };
    let room = rooms.iter().find(|room| room.pages.contains(&page))?;
    (!page.is_empty()).then_some(room.name)
}

impl Rooms {
    fn of_project(project: &ProjectSummary) -> Self {
        Self {
            heading: "Project",
            of: project.name.clone(),
            address: Here::Project(project.id).address(),
            rooms: PROJECT,
            role: Role::in_project(None, Some(project.role)),
        }
    }

    fn of_organization(organization: &OrganizationSummary) -> Self {
        Self {
            heading: "Organization",
            of: organization.name.clone(),
            address: Here::Organization(organization.id).address(),
            rooms: ORGANIZATION,
            role: Role::in_organization(Some(organization.role)),
        }
    }

    pub fn doors(&self) -> impl Iterator<Item = Door> {
        self.rooms.iter().map(|room| Door {
            name: room.name,
            glyph: room.glyph,
            address: match room.pages[0] {
                "" => self.address.clone(),
                page => format!("{}/{page}", self.address),
            },
            why_not: room.needs.and_then(|action| why_not(action, self.role)),
            place: self.address.clone(),
            pages: room.pages,
        })
    }
}

impl Door {
    /// Whether this address is in the room.
    pub fn leads_to(&self, path: &str) -> bool {
        path.strip_prefix(&self.place).is_some_and(|rest| {
            let page = rest.trim_matches('/').split('/').next().unwrap_or_default();
            self.pages.contains(&page)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::here::tests::overview;

    fn doors(here: Here) -> Vec<Door> {
        rooms(here, &overview()).iter().flat_map(Rooms::doors).collect()
    }

    #[test]
    fn a_project_is_followed_by_its_organization() {
        let place = &overview().places[0];
        let headings = |here| rooms(here, &overview()).iter().map(|rooms| rooms.heading).collect::<Vec<_>>();
        assert_eq!(headings(Here::Project(place.projects[0].id)), ["Project", "Organization"]);
        assert_eq!(headings(Here::Organization(place.organization.id)), ["Organization"]);
        assert_eq!(headings(Here::Account), [""; 0]);
    }

    #[test]
    fn one_door_is_the_one_behind_which_one_is() {
        let place = &overview().places[0];
        for door in doors(Here::Project(place.projects[0].id)) {
            let current = doors(Here::Project(place.projects[0].id));
            let current: Vec<_> = current.iter().filter(|other| other.leads_to(&door.address)).collect();
            assert_eq!(current, [&door]);
        }
    }

    /// A room whose page does not exist would lead nowhere.
    #[test]
    fn every_room_is_a_page() {
        let routes = include_str!("../routes.rs");
        for (base, rooms) in
            [("/projects/:project_id", PROJECT), ("/organizations/:organization_id", ORGANIZATION)]
        {
            for page in rooms.iter().flat_map(|room| room.pages) {
                let path = if page.is_empty() { base.to_owned() } else { format!("{base}/{page}") };
                assert!(routes.contains(&format!("path!(\"{path}\")")), "{path}");
            }
        }
    }
}
