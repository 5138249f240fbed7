//! Whatever JSON it is given, the parser gives a filter or points at what is wrong; a filter answers for any record.
#![no_main]

use conifer_engine::filter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = serde_json::from_slice(bytes) else { return };
    if let Err(invalid) = filter::parse(&json) {
        assert!(!invalid.to_string().is_empty());
    }
});
