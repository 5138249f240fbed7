//! Small files that are written and read as a whole, and replaced in one step.

use super::{HEADER, Kind, Malformed, Put, Reader, check_header, checksum, header};
use crate::{
    error::{Error, Result},
    vfs::Vfs,
};
use std::path::Path;

/// Replaces `name` in `directory`. After an error it holds either the old or the new bytes.
pub fn write_whole(vfs: &dyn Vfs, directory: &Path, name: &str, kind: Kind, payload: &[u8]) -> Result<()> {
    let file = directory.join(name);
    let fresh = directory.join(format!("{name}.new"));
    let mut bytes = header(kind);
    bytes.put_u64(payload.len() as u64);
    bytes.put(payload);
    let sum = checksum(&bytes[HEADER..]);
    bytes.put_u32(sum);
    let write = || {
        let mut writing = vfs.create(&fresh)?;
        writing.write(&bytes)?;
        writing.sync()
    };
    write().map_err(Error::io("write", &fresh))?;
    vfs.rename(&fresh, &file).map_err(Error::io("replace", &file))?;
    vfs.sync_dir(directory).map_err(Error::io("sync the directory", directory))
}

/// Reads a file of `write_whole` and decodes what it holds.
pub fn read_whole<T>(
    vfs: &dyn Vfs,
    file: &Path,
    kind: Kind,
    decode: impl FnOnce(&mut Reader<'_>) -> Result<T, Malformed>,
) -> Result<T> {
    let bytes = vfs.read(file).map_err(Error::io("read", file))?;
    check_header(kind, &bytes, file)?;
    let (body, sum) = bytes[HEADER..]
        .split_last_chunk::<4>()
        .ok_or_else(|| Error::damaged(file, HEADER, "it is too short"))?;
    if checksum(body).to_le_bytes() != *sum {
        return Err(Error::damaged(file, HEADER, "it does not match its checksum"));
    }
    let mut reader = Reader::new(body);
    let whole = |reader: &mut Reader<'_>| {
        let length = reader.u64()?;
        if length != body.len() as u64 - 8 { Err(reader.malformed()) } else { decode(reader) }
    };
    let read = whole(&mut reader).and_then(|read| reader.done().map(|()| read));
    read.map_err(|Malformed(at)| Error::damaged(file, HEADER + at, "it makes no sense"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vfs::{Fault, MemoryVfs, Unsynced};

    fn read(vfs: &MemoryVfs) -> Result<String> {
        read_whole(vfs, Path::new("/f"), Kind::Catalog, |reader| Ok(reader.text()?.to_owned()))
    }

    fn write(vfs: &MemoryVfs, text: &str) -> Result<()> {
        let mut payload = Vec::new();
        payload.put_text(text);
        write_whole(vfs, Path::new("/"), "f", Kind::Catalog, &payload)
    }

    #[test]
    fn every_flipped_bit_and_every_lost_byte_is_found() {
        let vfs = MemoryVfs::default();
        write(&vfs, "some text").expect("written");
        let good = vfs.read(Path::new("/f")).expect("there");
        for bit in 0..good.len() * 8 {
            vfs.tamper(Path::new("/f"), |bytes| bytes[bit / 8] ^= 1 << (bit % 8)).expect("there");
            assert!(matches!(read(&vfs), Err(Error::Damaged { .. })), "bit {bit}");
            vfs.tamper(Path::new("/f"), |bytes| bytes.clone_from(&good)).expect("there");
        }
        for length in 0..good.len() {
            vfs.tamper(Path::new("/f"), |bytes| bytes.truncate(length)).expect("there");
            assert!(matches!(read(&vfs), Err(Error::Damaged { .. })), "cut to {length}");
            vfs.tamper(Path::new("/f"), |bytes| bytes.clone_from(&good)).expect("there");
        }
    }

    #[test]
    fn whatever_fails_there_is_the_old_or_the_new() {
        let count = {
            let vfs = MemoryVfs::default();
            write(&vfs, "old").expect("written");
            vfs.faults().operations()
        };
        for n in count..2 * count {
            for fault in [Fault::Once(n), Fault::From(n), Fault::Full(n)] {
                let vfs = MemoryVfs::default();
                write(&vfs, "old").expect("written");
                vfs.faults().set(Some(fault));
                let written = write(&vfs, "new");
                for unsynced in [Unsynced::Dropped, Unsynced::Kept, Unsynced::Torn(n)] {
                    let found = read(&vfs.after_crash(unsynced)).expect("readable");
                    assert!(
                        found == "new" || (found == "old" && written.is_err()),
                        "{fault:?} {unsynced:?}: {found}"
                    );
                }
            }
        }
    }
}
