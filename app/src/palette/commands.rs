//! What the palette offers.

use super::filter::score;
use crate::{
    shell::{Here, Overview, Rooms, rooms, theme_glyph},
    ui::Glyph,
};
use conifer_domain::theme::Theme;
use leptos_router::params::ParamsMap;

#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    pub group: Group,
    pub text: String,
    /// What tells it from others of its name.
    pub hint: String,
    pub glyph: Glyph,
    pub act: Act,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Projects,
    Organizations,
    Pages,
    Theme,
    Session,
    Search,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Go(String),
    SetTheme(Theme),
    SignOut,
}

impl Group {
    pub const ALL: [Self; 6] =
        [Self::Projects, Self::Organizations, Self::Pages, Self::Theme, Self::Session, Self::Search];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Projects => "Projects",
            Self::Organizations => "Organizations",
            Self::Pages => "Go to",
            Self::Theme => "Theme",
            Self::Session => "Session",
            Self::Search => "Search",
        }
    }
}

const PAGES: [(&str, &str, Glyph); 8] = [
    ("Projects", "/", Glyph::Home),
    ("New organization", "/organizations/new", Glyph::Plus),
    ("API reference", "/api-reference", Glyph::Book),
    ("Profile", "/account", Glyph::User),
    ("Password", "/account/password", Glyph::Lock),
    ("Two-factor", "/account/two-factor", Glyph::Shield),
    ("Sessions", "/account/sessions", Glyph::Device),
    ("Set up two-factor", "/account/two-factor/set-up", Glyph::Phone),
];

pub fn commands(here: Here, overview: &Overview) -> Vec<Command> {
    let projects = overview.places.iter().flat_map(|place| {
        place.projects.iter().map(move |project| {
            let address = Here::Project(project.id).address();
            go(Group::Projects, &project.name, &place.organization.name, Glyph::Folder, address)
        })
    });
    let organizations = overview.places.iter().map(|place| {
        let address = Here::Organization(place.organization.id).address();
        go(Group::Organizations, &place.organization.name, "", Glyph::Building, address)
    });
    let rooms = rooms(here, overview).into_iter().flat_map(|rooms| of_rooms(&rooms));
    let is_offered = |address: &str| address != "/account/two-factor/set-up" || !overview.account.two_factor;
    let pages = PAGES
        .into_iter()
        .filter(|(_, address, _)| is_offered(address))
        .map(|(text, address, glyph)| go(Group::Pages, text, "", glyph, address.to_owned()));
    let themes = Theme::ALL.map(|theme| Command {
        group: Group::Theme,
        text: format!("{} theme", theme.label()),
        hint: String::new(),
        glyph: theme_glyph(theme),
        act: Act::SetTheme(theme),
    });
    let sign_out = Command {
        group: Group::Session,
        text: "Sign out".to_owned(),
        hint: overview.account.email.clone(),
        glyph: Glyph::SignOut,
        act: Act::SignOut,
    };
    projects.chain(organizations).chain(rooms).chain(pages).chain(themes).chain([sign_out]).collect()
}

fn go(group: Group, text: &str, hint: &str, glyph: Glyph, address: String) -> Command {
    Command { group, text: text.to_owned(), hint: hint.to_owned(), glyph, act: Act::Go(address) }
}

/// The pages of the place one is at, as far as they are open.
fn of_rooms(rooms: &Rooms) -> Vec<Command> {
    let open = rooms.doors().filter(|door| door.why_not.is_none());
    open.map(|door| go(Group::Pages, door.name, &rooms.of, door.glyph, door.address)).collect()
}

/// Finds the projects that are too many to be offered here.
fn search(query: &str) -> Command {
    let address: ParamsMap = [("search", query)].into_iter().collect();
    let text = format!("Search all projects for “{query}”");
    go(Group::Search, &text, "", Glyph::Search, format!("/{}", address.to_query_string()))
}

/// More than this nobody reads: type another letter.
const FOUND_MAX: usize = 40;

/// The commands that answer `query`, the best first within its group, groups in their order.
pub fn find(commands: &[Command], query: &str) -> Vec<Command> {
    let mut found: Vec<_> = commands
        .iter()
        .filter_map(|command| {
            let by_text = score(query, &command.text);
            let by_hint = score(query, &command.hint).filter(|_| !command.hint.is_empty());
            by_text.max(by_hint).map(|score| (command, score))
        })
        .collect();
    found.sort_by_key(|(command, score)| (command.group as u8, std::cmp::Reverse(*score)));
    let found = found.into_iter().take(FOUND_MAX).map(|(command, _)| command.clone());
    found.chain((!query.trim().is_empty()).then(|| search(query.trim()))).collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::shell::example_overview;

    fn found(query: &str) -> Vec<String> {
        let overview = example_overview();
        let here = Here::Project(overview.places[0].projects[0].id);
        find(&commands(here, &overview), query).into_iter().map(|command| command.text).collect()
    }

    #[test]
    fn everything_is_offered_until_something_is_typed() {
        let all = found("");
        assert_eq!(all.first().map(String::as_str), Some("Search"));
        assert_eq!(all.last().map(String::as_str), Some("Sign out"));
    }

    #[test]
    fn a_project_is_found_by_its_name_and_its_organization() {
        assert!(found("sear").contains(&"Search".to_owned()));
        assert!(found("acme").contains(&"Search".to_owned()));
    }

    #[test]
    fn what_is_not_offered_is_searched_for() {
        assert_eq!(found(" a&b "), ["Search all projects for “a&b”"]);
        let Some(Command { act: Act::Go(address), .. }) = find(&[], "a&b").pop() else {
            panic!("an address")
        };
        assert_eq!(address, "/?search=a%26b");
    }

    #[test]
    fn the_pages_of_the_place_come_with_its_name() {
        let overview = example_overview();
        let project = &overview.places[0].projects[0];
        let all = commands(Here::Project(project.id), &overview);
        let hints: Vec<_> =
            all.iter().filter(|it| it.text == "Overview").map(|it| it.hint.as_str()).collect();
        assert_eq!(hints, ["Search"]);
        assert!(commands(Here::Account, &overview).iter().all(|it| it.text != "Overview"));
    }

    #[test]
    fn the_best_of_a_group_comes_first() {
        let pages: Vec<_> = found("pass");
        assert_eq!(pages.first().map(String::as_str), Some("Password"));
    }

    #[test]
    fn set_up_is_not_offered_to_whom_it_is_set_up() {
        let mut overview = example_overview();
        overview.account.two_factor = true;
        assert!(commands(Here::Account, &overview).iter().all(|command| command.text != "Set up two-factor"));
    }
}
