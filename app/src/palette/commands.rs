//! What the palette offers.

use super::filter::score;
use crate::{
    shell::{Overview, theme_glyph},
    ui::Glyph,
};
use conifer_domain::theme::Theme;

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
}

#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Go(String),
    SetTheme(Theme),
    SignOut,
}

impl Group {
    pub const ALL: [Self; 5] = [Self::Projects, Self::Organizations, Self::Pages, Self::Theme, Self::Session];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Projects => "Projects",
            Self::Organizations => "Organizations",
            Self::Pages => "Go to",
            Self::Theme => "Theme",
            Self::Session => "Session",
        }
    }
}

const PAGES: [(&str, &str, Glyph); 6] = [
    ("Projects", "/", Glyph::Home),
    ("Profile", "/account", Glyph::User),
    ("Password", "/account/password", Glyph::Lock),
    ("Two-factor", "/account/two-factor", Glyph::Shield),
    ("Sessions", "/account/sessions", Glyph::Device),
    ("Set up two-factor", "/account/two-factor/set-up", Glyph::Phone),
];

pub fn commands(overview: &Overview) -> Vec<Command> {
    let go = |group, text: &str, hint: &str, glyph, address| Command {
        group,
        text: text.to_owned(),
        hint: hint.to_owned(),
        glyph,
        act: Act::Go(address),
    };
    let projects = overview.places.iter().flat_map(|place| {
        place.projects.iter().map(move |project| {
            let address = format!("/projects/{}", project.id);
            go(Group::Projects, &project.name, &place.organization.name, Glyph::Folder, address)
        })
    });
    let organizations = overview.places.iter().map(|place| {
        let address = format!("/organizations/{}", place.organization.id);
        go(Group::Organizations, &place.organization.name, "", Glyph::Building, address)
    });
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
    projects.chain(organizations).chain(pages).chain(themes).chain([sign_out]).collect()
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
    found.into_iter().take(FOUND_MAX).map(|(command, _)| command.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::example_overview;

    fn found(query: &str) -> Vec<String> {
        find(&commands(&example_overview()), query).into_iter().map(|command| command.text).collect()
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
        assert!(found("zzz").is_empty());
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
        assert!(commands(&overview).iter().all(|command| command.text != "Set up two-factor"));
    }
}
