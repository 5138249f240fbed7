//! What lies in an index's directory: `manifest`, logs and segments.

pub const MANIFEST: &str = "manifest";
