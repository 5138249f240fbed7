//! Which parts an index has, and which of their rows are deleted: all that the logs do not say.

use super::{IndexSpec, State, layout::MANIFEST};
use crate::{
    error::Result,
    format::{Kind, Malformed, Put, Reader, read_whole, write_whole},
    namespace::{Namespace, View},
    records::NamespaceName,
    segment::{Part, Place, SegmentFile},
    vfs::Vfs,
};
use roaring::RoaringBitmap;
use std::{collections::BTreeMap, path::Path, sync::Arc};

#[derive(Debug, PartialEq)]
pub struct Manifest {
    pub spec: IndexSpec,
    /// The log in which the first entry is that this does not contain.
    pub first_log: u64,
    namespaces: Vec<(NamespaceName, Vec<PartEntry>)>,
}

#[derive(Debug, PartialEq)]
struct PartEntry {
    file: u64,
    place: Place,
    deleted: RoaringBitmap,
}

impl Manifest {
    pub fn of(spec: IndexSpec, first_log: u64, state: &State) -> Self {
        let entry = |view: &View| PartEntry {
            file: view.part.file().number(),
            place: view.part.place(),
            deleted: view.deleted().clone(),
        };
        let parts = |namespace: &Namespace| namespace.parts.iter().map(entry).collect();
        let namespaces = state.namespaces.iter().map(|(name, namespace)| (name.clone(), parts(namespace)));
        Self { spec, first_log, namespaces: namespaces.collect() }
    }

    pub fn write(&self, vfs: &dyn Vfs, directory: &Path) -> Result<()> {
        write_whole(vfs, directory, MANIFEST, Kind::Manifest, &self.encode())
    }

    pub fn read(vfs: &dyn Vfs, directory: &Path) -> Result<Self> {
        read_whole(vfs, &directory.join(MANIFEST), Kind::Manifest, Self::decode)
    }

    /// The numbers of the segments that it needs.
    pub fn files(&self) -> Vec<u64> {
        let parts = self.namespaces.iter().flat_map(|(_, parts)| parts);
        let mut files: Vec<u64> = parts.map(|part| part.file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// The state that it describes.
    pub fn open(&self, vfs: &dyn Vfs, directory: &Path) -> Result<State> {
        let mut files = BTreeMap::new();
        for number in self.files() {
            files.insert(number, Arc::new(SegmentFile::open(vfs, directory, number)?));
        }
        let mut state = State { last: self.first_log - 1, ..State::default() };
        for (name, parts) in &self.namespaces {
            let view = |part: &PartEntry| {
                let file = Arc::clone(&files[&part.file]);
                View::new(Arc::new(Part::new(file, part.place, self.spec.dimension())), part.deleted.clone())
            };
            let parts = parts.iter().map(view).collect();
            state.set(name, Some(Namespace { parts, ..Namespace::default() }));
        }
        Ok(state)
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.spec.put(&mut out);
        out.put_u64(self.first_log);
        out.put_u32(self.namespaces.len() as u32);
        for (name, parts) in &self.namespaces {
            out.put_text(name.as_str());
            out.put_u32(parts.len() as u32);
            for part in parts {
                out.put_u64(part.file);
                out.put_u64(part.place.offset);
                out.put_u32(part.place.length);
                out.put_u32(part.place.rows);
                put_rows(&mut out, &part.deleted);
            }
        }
        out
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (spec, first_log) = (IndexSpec::read(reader)?, reader.u64()?);
        // Entries are numbered from 1.
        if first_log == 0 {
            return Err(reader.malformed());
        }
        let mut namespaces = Vec::new();
        for _ in 0..reader.u32()? {
            let name = NamespaceName::new(reader.text()?).map_err(|_| reader.malformed())?;
            let count = reader.u32()?;
            namespaces.push((name, (0..count).map(|_| read_part(reader)).collect::<Result<_, _>>()?));
        }
        Ok(Self { spec, first_log, namespaces })
    }
}

fn read_part(reader: &mut Reader<'_>) -> Result<PartEntry, Malformed> {
    let file = reader.u64()?;
    let place = Place { offset: reader.u64()?, length: reader.u32()?, rows: reader.u32()? };
    let bytes = reader.bytes()?;
    let deleted = if bytes.is_empty() {
        RoaringBitmap::new()
    } else {
        RoaringBitmap::deserialize_from(bytes).map_err(|_| reader.malformed())?
    };
    Ok(PartEntry { file, place, deleted })
}

/// No bytes for no rows, which is by far the most common.
fn put_rows(out: &mut Vec<u8>, rows: &RoaringBitmap) {
    let mut bytes = Vec::new();
    if !rows.is_empty() && rows.serialize_into(&mut bytes).is_err() {
        unreachable!("a vector takes all bytes");
    }
    out.put_bytes(&bytes);
}
