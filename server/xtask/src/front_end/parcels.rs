//! What travels in one file. The splitter writes a file for each set of chunks that use the same code: a page loads
//! dozens of them, and small files compress badly. Here the pieces that arrive together lie one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Result;

/// The page that most people load first.
pub const FIRST_PAGE: &str = "sign_in";
/// The chunk around the pages of all others.
pub const SHELL: &str = "shell";
pub const OUTSIDE_THE_SHELL: [&str; 2] = [FIRST_PAGE, "ways_in"];
/// Parts of pages that come when somebody wants them, and the chunk of the page where they are in one only.
const PARTS: [(&str, Option<&str>); 2] =
    [("filter_builder", None), ("playground_pictures", Some("playground"))];
/// What the first page and the shell have in common: who signs in has it already.
const COMMON: &str = "common";

const LOADER: &str = include_str!("loader.js");

/// For each chunk what it is made of, in order.
pub type Chunks = BTreeMap<String, Vec<String>>;

/// What lies where.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// For each chunk its parcels.
    pub chunks: Chunks,
    /// For each parcel its pieces. What several pages need, but not the shell, lies in the parcel of each.
    parcels: Chunks,
}

impl Plan {
    /// `pieces` are those of each chunk.
    pub fn new(pieces: &Chunks) -> Self {
        let of = |chunk: &str| pieces.get(chunk).into_iter().flatten().collect::<BTreeSet<_>>();
        let shell = of(SHELL);
        let common: BTreeSet<_> = of(FIRST_PAGE).intersection(&shell).copied().collect();
        let parcel = |pieces: &[String], is_own: &dyn Fn(&String) -> bool| -> Vec<String> {
            pieces.iter().filter(|piece| is_own(piece)).cloned().collect()
        };
        let mut plan = Self { chunks: Chunks::new(), parcels: Chunks::new() };
        plan.parcels.insert(COMMON.to_owned(), common.iter().copied().cloned().collect());
        for (chunk, pieces) in pieces {
            let around = around(chunk);
            let brought: BTreeSet<_> = around.iter().flat_map(|chunk| of(chunk)).collect();
            let is_there = |piece: &String| common.contains(piece) || brought.contains(piece);
            let own = parcel(pieces, &|piece| !is_there(piece));
            plan.parcels.insert(chunk.clone(), own);
            let needed = [COMMON].into_iter().chain(around).chain([chunk.as_str()]);
            plan.chunks.insert(chunk.clone(), needed.map(str::to_owned).collect());
        }
        plan
    }
}

/// The chunks that are there before it, the outermost first.
fn around(chunk: &str) -> Vec<&'static str> {
    let page = PARTS.iter().find(|(part, _)| *part == chunk).and_then(|(_, page)| *page);
    let is_inside = !OUTSIDE_THE_SHELL.contains(&chunk) && chunk != SHELL;
    is_inside.then_some(SHELL).into_iter().chain(page).collect()
}

pub fn is_page(chunk: &str) -> bool {
    PARTS.iter().all(|(part, _)| *part != chunk)
}

pub fn file_name(parcel: &str) -> String {
    format!("{parcel}.parcel")
}

/// The parcels and the script that loads them. `functions` names what each chunk's loader is called, `shared` is what
/// the pieces want besides the main module's exports; the pieces are in `from`.
pub fn write(
    plan: &Plan,
    functions: &BTreeMap<String, String>,
    shared: &str,
    from: &Path,
    assets: &Path,
) -> Result<String> {
    let all: BTreeSet<_> = plan.parcels.values().flatten().collect();
    // Numbers for names: there are hundreds.
    let numbers: BTreeMap<_, _> =
        all.into_iter().enumerate().map(|(number, piece)| (piece, number)).collect();
    let mut lengths = BTreeMap::new();
    for (name, pieces) in &plan.parcels {
        let mut parcel = Vec::new();
        let mut within = Vec::new();
        for piece in pieces {
            let bytes = fs::read(from.join(format!("{piece}.wasm")))?;
            within.extend([numbers[piece], bytes.len()]);
            parcel.extend(bytes);
        }
        fs::write(assets.join(file_name(name)), parcel)?;
        lengths.insert(name, within);
    }
    let mut script = LOADER
        .replace("CHUNKS", &serde_json::to_string(&plan.chunks)?)
        .replace("PARCELS", &serde_json::to_string(&lengths)?)
        .replace("SHARED", shared);
    for (chunk, function) in functions {
        script += &format!("export const {function} = load(\"{chunk}\");\n");
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(of: &[(&str, &[&str])]) -> Chunks {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        of.iter().map(|(name, names)| ((*name).to_owned(), owned(names))).collect()
    }

    fn plan() -> Plan {
        Plan::new(&chunks(&[
            ("sign_in", &["all", "sign_in"]),
            ("ways_in", &["all", "shell_too", "ways_in"]),
            ("shell", &["all", "shell_too", "some", "shell"]),
            ("people", &["all", "some", "pages", "people"]),
            ("records", &["all", "pages", "records"]),
            ("playground", &["all", "pages", "playground"]),
            ("playground_pictures", &["all", "some", "pages", "pictures"]),
        ]))
    }

    #[test]
    fn a_page_brings_what_neither_the_first_page_nor_the_shell_has_brought() {
        let expected: &[(&str, &[&str])] = &[
            ("common", &["all"]),
            ("sign_in", &["sign_in"]),
            ("ways_in", &["shell_too", "ways_in"]),
            ("shell", &["shell_too", "some", "shell"]),
            ("people", &["pages", "people"]),
            ("records", &["pages", "records"]),
            ("playground", &["pages", "playground"]),
            ("playground_pictures", &["pictures"]),
        ];
        assert_eq!(plan().parcels, chunks(expected));
    }

    #[test]
    fn only_the_pages_in_the_shell_wait_for_it() {
        let expected: &[(&str, &[&str])] = &[
            ("sign_in", &["common", "sign_in"]),
            ("ways_in", &["common", "ways_in"]),
            ("shell", &["common", "shell"]),
            ("people", &["common", "shell", "people"]),
            ("records", &["common", "shell", "records"]),
            ("playground", &["common", "shell", "playground"]),
            ("playground_pictures", &["common", "shell", "playground", "playground_pictures"]),
        ];
        assert_eq!(plan().chunks, chunks(expected));
    }

    #[test]
    fn a_parcel_is_its_pieces_one_after_the_other_and_the_script_knows_their_lengths() -> Result<()> {
        let (from, assets) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let plan = Plan::new(&chunks(&[("people", &["a", "b"])]));
        fs::write(from.path().join("a.wasm"), "one")?;
        fs::write(from.path().join("b.wasm"), "seven")?;
        let functions = [("people".to_owned(), "load_people_7".to_owned())].into();
        let script = write(&plan, &functions, "canary: 1,", from.path(), assets.path())?;
        assert_eq!(fs::read_to_string(assets.path().join("people.parcel"))?, "oneseven");
        for part in [
            r#"const chunks = {"people":["common","shell","people"]};"#,
            r#"{"common":[],"people":[0,3,1,5]}"#,
            "canary: 1,",
            r#"export const load_people_7 = load("people");"#,
        ] {
            assert!(script.contains(part), "{part} is not in {script}");
        }
        Ok(())
    }
}
