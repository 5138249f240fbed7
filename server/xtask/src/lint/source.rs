//! Rules that no compiler knows, each with its reason.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::front_end::files_under;

struct Rule {
    text: &'static str,
    under: &'static str,
    but_not: &'static str,
    why: &'static str,
}

const RULES: [Rule; 3] = [
    Rule {
        text: "<textarea",
        under: "app/src",
        but_not: "app/src/ui",
        why: "its content would be sent unescaped: use the TextArea of app/src/ui",
    },
    Rule {
        text: "textarea()",
        under: "app/src",
        but_not: "app/src/ui",
        why: "its content would be sent unescaped: use the TextArea of app/src/ui",
    },
    Rule {
        text: "inner_html",
        under: "app/src",
        but_not: "app/src/ui",
        why: "it is sent unescaped: only the components of app/src/ui may, with content they made",
    },
];

/// One line for each place that breaks a rule.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for rule in &RULES {
        for file in files_under(&root.join(rule.under))? {
            let name = file.strip_prefix(root)?.to_string_lossy().into_owned();
            if name.ends_with(".rs") && !name.starts_with(rule.but_not) {
                broken.extend(rule.broken_in(&name, &fs::read_to_string(&file)?));
            }
        }
    }
    Ok(broken)
}

impl Rule {
    fn broken_in(&self, name: &str, source: &str) -> Vec<String> {
        let says = |(index, _)| format!("{name}:{}: no `{}` here: {}", index + 1, self.text, self.why);
        source.lines().enumerate().filter(|(_, line)| self.breaks(line)).map(says).collect()
    }

    /// Comments may speak of it.
    fn breaks(&self, line: &str) -> bool {
        !line.trim_start().starts_with("//") && line.contains(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(files: &[(&str, &str)]) -> Result<Vec<String>> {
        let root = tempfile::tempdir()?;
        fs::create_dir_all(root.path().join("app/src/ui"))?;
        fs::create_dir_all(root.path().join("app/src/notes"))?;
        for (name, source) in files {
            fs::write(root.path().join(name), source)?;
        }
        check(root.path())
    }

    #[test]
    fn a_raw_textarea_is_found_where_it_stands() -> Result<()> {
        let found = broken(&[
            ("app/src/notes/page.rs", "view! {\n    <textarea/>\n}"),
            ("app/src/ui/area.rs", "<textarea>"),
        ])?;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("app/src/notes/page.rs:2: no `<textarea`"));
        Ok(())
    }

    #[test]
    fn what_is_allowed_is_left_alone() -> Result<()> {
        let page = "// A raw <textarea is unsafe.\nview! { <ui::TextArea/> <p>\"text area\"</p> }";
        assert_eq!(broken(&[("app/src/notes/page.rs", page)])?, Vec::<String>::new());
        Ok(())
    }
}
