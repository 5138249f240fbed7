//! The WebAssembly target: found, fetched by rustup, or made from Debian's packages.

mod debian;
mod probe;
mod rustup;
mod std_build;
mod toolchain;

use anyhow::{Result, bail};

use crate::step;
pub use toolchain::{TRIPLE, Toolchain};

/// A way to get the target, and what to call it when it fails.
type Way = (&'static str, fn() -> Result<Toolchain>);

const WAYS: [Way; 3] = [
    ("rustup", rustup::add_target),
    ("Debian's source for this compiler", debian::std_for_compiler_at_hand),
    ("Debian's own compiler", debian::own_compiler),
];

/// The first compiler that links for the browser. What a way promises is tried before it is believed.
pub fn ensure() -> Result<Toolchain> {
    for present in [Toolchain::at_hand(), Toolchain::debian()] {
        if probe::links(&present) {
            return Ok(present);
        }
    }
    step::say(&format!("the compiler cannot build for {TRIPLE} yet"));
    // Made for a compiler that was replaced since, it would stand in the way of a new one.
    std_build::forget(&Toolchain::at_hand())?;
    for (name, way) in WAYS {
        match way() {
            Ok(toolchain) if probe::links(&toolchain) => return Ok(toolchain),
            Ok(_) => step::say(&format!("{name}: a sample does not link")),
            Err(error) => step::say(&format!("{name}: {error:#}")),
        }
    }
    bail!(
        "the front end needs Rust's target {TRIPLE}: `rustup target add {TRIPLE}` adds it \
         (https://rustup.rs has rustup); the ways tried are above"
    )
}
