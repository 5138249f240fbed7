//! Entries in a file. A frame is: payload length, entry number, checksum of these two, payload, checksum of the payload.
//! Frames begin at sectors: a machine that stops while it writes leaves some sectors as they were before.

use crate::{
    error::{Error, Result},
    format::{Kind, Put, check_header, checksum, header},
};
use std::path::Path;

const FRAME_HEADER: usize = 16;
pub const SECTOR: usize = 512;
/// Not zero, so that no sector that was written is all zeros for want of content.
const PADDING: u8 = 0xff;

pub fn file_header() -> Vec<u8> {
    let mut out = header(Kind::Log);
    pad(&mut out);
    out
}

pub fn put_frame(out: &mut Vec<u8>, number: u64, payload: &[u8]) {
    let start = out.len();
    out.put_u32(payload.len() as u32);
    out.put_u64(number);
    let sum = checksum(&out[start..]);
    out.put_u32(sum);
    out.put(payload);
    out.put_u32(checksum(payload));
    pad(out);
}

fn pad(out: &mut Vec<u8>) {
    out.resize(out.len().next_multiple_of(SECTOR), PADDING);
}

pub struct Scan<'a> {
    /// The payloads, with the offsets at which they stand.
    pub payloads: Vec<(usize, &'a [u8])>,
    /// Where the intact part ends. What follows was being written when the process or machine stopped.
    pub end: usize,
}

/// Reads a log that begins with entry `first`.
///
/// An interrupted write leaves a frame that ends with the file, or one with a sector of zeros, which is how file systems
/// show what was never written. Anything else that does not match its checksum is damage.
pub fn scan<'a>(bytes: &'a [u8], first: u64, file: &Path) -> Result<Scan<'a>> {
    if is_torn(bytes, SECTOR) {
        return Ok(Scan { payloads: Vec::new(), end: 0 });
    }
    check_header(Kind::Log, bytes, file)?;
    if !is_padding(&bytes[crate::format::HEADER..SECTOR]) {
        return Err(Error::damaged(file, 0, "its header is not padded"));
    }
    let mut scan = Scan { payloads: Vec::new(), end: SECTOR };
    while scan.end < bytes.len() {
        let number = first + scan.payloads.len() as u64;
        match frame(&bytes[scan.end..], number) {
            Ok(payload) => {
                scan.payloads.push((scan.end + FRAME_HEADER, payload));
                scan.end += frame_length(payload.len());
            }
            Err(Broken::Torn) => break,
            Err(Broken::Damaged(what)) => return Err(Error::damaged(file, scan.end, what)),
        }
    }
    Ok(scan)
}

enum Broken {
    Torn,
    Damaged(&'static str),
}

fn frame_length(payload: usize) -> usize {
    (FRAME_HEADER + payload + 4).next_multiple_of(SECTOR)
}

/// The payload of the frame that `bytes` begin with.
fn frame(bytes: &[u8], number: u64) -> Result<&[u8], Broken> {
    let broken =
        |length, what| Err(if is_torn(bytes, length) { Broken::Torn } else { Broken::Damaged(what) });
    let Some((fields, rest)) = bytes.split_first_chunk::<FRAME_HEADER>() else {
        return Err(Broken::Torn);
    };
    if fields[12..] != checksum(&fields[..12]).to_le_bytes() {
        return broken(SECTOR, "the header of an entry does not match its checksum");
    }
    let length = u32::from_le_bytes([fields[0], fields[1], fields[2], fields[3]]) as usize;
    let whole = frame_length(length);
    if bytes.len() < whole {
        return Err(Broken::Torn);
    }
    let (payload, rest) = rest[..whole - FRAME_HEADER].split_at(length);
    let (sum, padding) = rest.split_at(4);
    if *sum != checksum(payload).to_le_bytes() || !is_padding(padding) {
        return broken(whole, "an entry does not match its checksum");
    }
    if fields[4..12] != number.to_le_bytes() {
        return Err(Broken::Damaged("an entry is missing before this one"));
    }
    Ok(payload)
}

fn is_padding(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == PADDING)
}

/// Whether the first `length` bytes are not all there, or contain a sector of zeros.
fn is_torn(bytes: &[u8], length: usize) -> bool {
    bytes.len() < length || bytes[..length].chunks(SECTOR).any(|sector| sector.iter().all(|byte| *byte == 0))
}
