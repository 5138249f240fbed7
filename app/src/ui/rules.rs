//! What no view may hold, looked for in the source of them all.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The sources that hold a text, as paths from `src/`.
fn sources_with(text: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a source folder is readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).is_ok_and(|source| source.contains(text)) {
                found.push(path.strip_prefix(&root).expect("it was found below").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Leptos writes the text of a textarea to the page as it is; `TextArea` alone knows to escape it.
#[test]
fn there_is_one_raw_textarea() {
    assert_eq!(sources_with(concat!("<", "textarea")), [Path::new("ui/text_area.rs")]);
}

/// The content security policy lets no style through but the sheet's.
#[test]
fn there_is_no_inline_style() {
    assert_eq!(sources_with(concat!(" sty", "le=")), [] as [&Path; 0]);
    assert_eq!(sources_with(concat!(" sty", "le:")), [] as [&Path; 0]);
}

/// Only our own drawings are set as markup: icons, QR codes, and the text that `TextArea` has escaped.
#[test]
fn markup_is_set_in_three_places() {
    let places = ["ui/icon.rs", "ui/qr.rs", "ui/text_area.rs"].map(Path::new);
    assert_eq!(sources_with(concat!("inner_", "html=")), places);
}
