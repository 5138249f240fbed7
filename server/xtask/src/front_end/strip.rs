//! What the splitter leaves is for tools: names, and numbers as long as a linker may want them to be.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::Module;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{CustomSectionReader, Parser};

/// Keeps every section but the custom ones, with each number as short as it can be.
struct Plain;

impl Reencode for Plain {
    type Error = Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        Ok(())
    }
}

pub fn strip(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut stripped = Module::new();
    Plain.parse_core_module(&mut stripped, Parser::new(0), wasm)?;
    Ok(stripped.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, FunctionSection, RawSection, TypeSection};

    fn types() -> TypeSection {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types
    }

    #[test]
    fn custom_sections_go_and_all_others_stay() -> Result<()> {
        let mut kept = Module::new();
        kept.section(&types());
        let mut full = Module::new();
        full.section(&types());
        full.section(&CustomSection { name: "name".into(), data: b"long names".into() });
        full.section(&CustomSection { name: "producers".into(), data: b"rustc".into() });
        assert_eq!(strip(&full.finish())?, kept.finish());
        Ok(())
    }

    #[test]
    fn a_number_that_the_linker_made_long_becomes_short() -> Result<()> {
        let module = |code: &[u8]| {
            let mut functions = FunctionSection::new();
            functions.function(0);
            let mut module = Module::new();
            module.section(&types()).section(&functions).section(&RawSection { id: 10, data: code });
            module.finish()
        };
        // One function without locals, which calls itself: 0x10 is the call, 0x0b the end.
        let long = module(&[1, 8, 0, 0x10, 0x80, 0x80, 0x80, 0x80, 0x00, 0x0b]);
        assert_eq!(strip(&long)?, module(&[1, 4, 0, 0x10, 0x00, 0x0b]));
        Ok(())
    }

    #[test]
    fn what_is_no_wasm_is_refused() {
        assert!(strip(b"<html>").is_err());
    }
}
