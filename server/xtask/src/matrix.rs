//! Who may do what, as the table in the domain says it.

use anyhow::Result;
use conifer_domain::permissions::{Action, Role, Verdict, cells, verdict};
use std::fmt::Write;

pub fn print(json: bool) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(&cells().collect::<Vec<_>>())?);
    } else {
        print!("{}", table());
    }
    Ok(())
}

/// A Markdown table that also reads well as it is.
fn table() -> String {
    let width = Action::ALL.iter().map(|action| action.as_str().len()).max().unwrap_or(0);
    let mut text = format!("| {:width$} |", "action");
    let mut rule = format!("|{:-<1$}|", "", width + 2);
    for role in Role::ALL {
        write!(text, " {} |", role.as_str()).ok();
        write!(rule, "{:-<1$}|", "", role.as_str().len() + 2).ok();
    }
    writeln!(text, "\n{rule}").ok();
    for action in Action::ALL {
        write!(text, "| {:width$} |", action.as_str()).ok();
        for role in Role::ALL {
            write!(text, " {:1$} |", word(verdict(*action, role)), role.as_str().len()).ok();
        }
        text.push('\n');
    }
    text
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
        Verdict::Hide => "hide",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../docs/PERMISSIONS.md");

    #[test]
    fn the_page_holds_the_table() {
        let printed: Vec<_> = PAGE.lines().filter(|line| line.starts_with('|')).collect();
        let table = table();
        assert_eq!(
            printed,
            table.lines().collect::<Vec<_>>(),
            "run: cargo xtask matrix, and put it into docs/PERMISSIONS.md"
        );
    }

    #[test]
    fn json_has_every_cell_in_its_own_words() {
        let cells = serde_json::to_value(cells().collect::<Vec<_>>()).expect("JSON");
        assert_eq!(cells.as_array().map(Vec::len), Some(Action::ALL.len() * Role::ALL.len()));
        let first =
            serde_json::json!({ "action": "view project", "role": "project-owner", "verdict": "allow" });
        assert_eq!(cells[0], first);
    }
}
