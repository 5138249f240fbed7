//! The only module with `unsafe` code.
#![allow(unsafe_code)]

use memmap2::Mmap;
use std::{fs::File, io};

/// Maps a whole file for reading.
pub fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are borrowed. Files are mapped only once they are complete; they are
    // never written again, only removed, which leaves a mapping intact; and the directory is locked against other
    // processes of Conifer. Against a foreign process that changes the file nobody can guard, here or in any database
    // that maps its files.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_mapped_whole_and_outlives_its_name() {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(b"conifer").expect("written");
        let mapped = map(file.as_file()).expect("mapped");
        drop(file);
        assert_eq!(&*mapped, b"conifer");
    }

    #[test]
    fn an_empty_file_is_mapped_too() {
        assert!(map(&tempfile::tempfile().expect("a temporary file")).expect("mapped").is_empty());
    }
}
