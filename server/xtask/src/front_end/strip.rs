//! Custom sections (names, producers) are for tools: a third of what would travel.

use anyhow::Result;
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

pub fn strip(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut stripped = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(payload, Payload::CustomSection(_)) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            stripped.section(&RawSection { id, data: &wasm[range.start as usize..range.end as usize] });
        }
    }
    Ok(stripped.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, FunctionSection, TypeSection};

    #[test]
    fn custom_sections_go_and_all_others_stay() -> Result<()> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut kept = Module::new();
        kept.section(&types).section(&FunctionSection::new());
        let mut full = Module::new();
        full.section(&types);
        full.section(&CustomSection { name: "name".into(), data: b"long names".into() });
        full.section(&FunctionSection::new());
        full.section(&CustomSection { name: "producers".into(), data: b"rustc".into() });
        assert_eq!(strip(&full.finish())?, kept.finish());
        Ok(())
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(strip(b"<html>").is_err());
    }
}
