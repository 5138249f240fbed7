//! The embedded engine does what every engine must do: with records in memory, and with records in segments.

use super::model::{SETTINGS, open};
use crate::{Engine, Settings, conformance::CASES, vfs::MemoryVfs};
use std::{path::Path, sync::Arc};

#[test]
fn the_embedded_engine_conforms() {
    for (name, case) in CASES {
        println!("{name}");
        case(&open(&MemoryVfs::default()).expect("opened"));
    }
}

#[test]
fn it_conforms_too_when_everything_is_flushed_at_once() {
    // Before each write, what was written earlier goes to a segment.
    let settings = Settings { flush_bytes: 0, ..SETTINGS };
    for (name, case) in CASES {
        println!("{name}");
        case(&Engine::open_on(Arc::new(MemoryVfs::default()), Path::new("/"), settings).expect("opened"));
    }
}
