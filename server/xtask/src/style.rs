//! One stylesheet of the files that `style/index.css` imports, in its order.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::front_end::files_under;
use crate::paths;

pub fn write(to: &Path) -> Result<()> {
    let dir = paths::root().join("style");
    Ok(fs::write(to, minify(&bundle(&dir)?))?)
}

fn bundle(dir: &Path) -> Result<String> {
    let index = fs::read_to_string(dir.join("index.css")).context("cannot read style/index.css")?;
    let imports = imports(&index)?;
    refuse_forgotten(dir, &imports)?;
    let mut css = String::new();
    for name in imports {
        css += &fs::read_to_string(dir.join(&name))
            .with_context(|| format!("style/index.css imports {name}"))?;
        css.push('\n');
    }
    Ok(css)
}

/// The index holds `@import "…";` lines and comments, nothing else: rules live in rooms.
fn imports(index: &str) -> Result<Vec<String>> {
    let mut imports = Vec::new();
    for line in minify(index).lines() {
        let name = line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";"));
        match name {
            Some(name) => imports.push(name.trim_start_matches("./").to_owned()),
            None => bail!("style/index.css: `{line}` is not of the form @import \"file.css\";"),
        }
    }
    Ok(imports)
}

fn refuse_forgotten(dir: &Path, imports: &[String]) -> Result<()> {
    let imported: BTreeSet<&str> = imports.iter().map(String::as_str).chain(["index.css"]).collect();
    for file in files_under(dir)? {
        let name = file.strip_prefix(dir)?.to_string_lossy().into_owned();
        if name.ends_with(".css") && !imported.contains(name.as_str()) {
            bail!("style/{name} is not imported by style/index.css, so no page would see it");
        }
    }
    Ok(())
}

/// Drops comments, indentation and empty lines; brotli does the rest.
fn minify(css: &str) -> String {
    let lines = without_comments(css);
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    let mut quote = None;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        let css = "/* why */\n.a {\n  content: \"/* kept */\";\n\n  color: red; /* gone\n */\n}\n";
        assert_eq!(minify(css), ".a {\ncontent: \"/* kept */\";\ncolor: red;\n}");
    }

    #[test]
    fn imports_keep_their_order() -> Result<()> {
        assert_eq!(
            imports("/* first */ @import \"tokens.css\";\n@import \"./ui/b.css\";\n")?,
            ["tokens.css", "ui/b.css"]
        );
        assert!(imports(".a { color: red }").is_err());
        Ok(())
    }

    #[test]
    fn a_room_nobody_imports_is_refused() -> Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("index.css"), "@import \"a.css\";\n")?;
        fs::write(dir.path().join("a.css"), ".a{}")?;
        assert_eq!(bundle(dir.path())?, ".a{}\n");
        fs::write(dir.path().join("b.css"), ".b{}")?;
        assert!(bundle(dir.path()).is_err_and(|error| error.to_string().contains("style/b.css")));
        Ok(())
    }
}
