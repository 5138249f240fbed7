use super::*;
use std::path::PathBuf;

fn path(text: &str) -> PathBuf {
    PathBuf::from(text)
}

fn write(vfs: &dyn Vfs, file: &Path, bytes: &[u8]) -> io::Result<Box<dyn WritableFile>> {
    let mut writing = vfs.create(file)?;
    writing.write(bytes)?;
    Ok(writing)
}

/// What both file systems do.
fn behaves(vfs: &dyn Vfs, root: &Path) -> io::Result<()> {
    let (one, two) = (root.join("one"), root.join("two"));
    let mut file = write(vfs, &one, b"12345678")?;
    file.cut(4)?;
    file.write(b"abc")?;
    file.sync()?;
    assert_eq!(vfs.read(&one)?, b"1234abc");
    assert_eq!(vfs.length(&one)?, 7);
    assert_eq!((*vfs.map(&one)?).as_ref(), b"1234abc");
    vfs.cut(&one, 2)?;
    vfs.link(&one, &two)?;
    assert!(vfs.link(&one, &two).is_err());
    vfs.remove(&one)?;
    assert_eq!(vfs.read(&two)?, b"12");
    vfs.rename(&two, &one)?;
    assert!(vfs.exists(&one)? && !vfs.exists(&two)?);
    vfs.create_dir(&two)?;
    assert!(vfs.create_dir(&two).is_err());
    write(vfs, &two.join("in"), b"")?;
    assert!(vfs.remove_dir(&two).is_err(), "only empty ones");
    assert_eq!(vfs.list(root)?, ["one", "two"]);
    vfs.remove(&two.join("in"))?;
    vfs.remove_dir(&two)?;
    vfs.sync_dir(root)?;
    assert!(vfs.create(&root.join("none/file")).is_err());
    assert_eq!(vfs.read(&two).expect_err("removed").kind(), io::ErrorKind::NotFound);
    let held = vfs.lock(&root.join("lock"))?;
    assert!(vfs.lock(&root.join("lock")).is_err());
    drop(held);
    vfs.lock(&root.join("lock")).map(drop)
}

#[test]
fn the_real_one_and_the_one_in_memory_behave_alike() -> io::Result<()> {
    let directory = tempfile::tempdir()?;
    behaves(&RealVfs, directory.path())?;
    behaves(&MemoryVfs::default(), &path("/"))
}

#[test]
fn a_crash_leaves_what_was_synced() -> io::Result<()> {
    let vfs = MemoryVfs::default();
    let (synced, open, nameless) = (path("/synced"), path("/open"), path("/nameless"));
    write(&vfs, &synced, b"s")?.sync()?;
    let mut file = write(&vfs, &open, b"s")?;
    file.sync()?;
    file.write(b"lost")?;
    vfs.sync_dir(&path("/"))?;
    write(&vfs, &nameless, b"s")?.sync()?;

    let after = vfs.after_crash(Unsynced::Dropped);
    assert_eq!(after.list(&path("/"))?, ["open", "synced"]);
    assert_eq!(after.read(&open)?, b"s");
    assert_eq!(vfs.after_crash(Unsynced::Kept).read(&open)?, b"slost");
    assert_eq!(vfs.after_crash(Unsynced::Torn(4)).read(&open)?, b"slo");
    assert_eq!(vfs.after_crash(Unsynced::Torn(5)).read(&open)?, b"s\0\0\0\0");
    Ok(())
}

#[test]
fn a_file_in_a_directory_that_was_lost_is_lost() -> io::Result<()> {
    let vfs = MemoryVfs::default();
    vfs.create_dir(&path("/d"))?;
    write(&vfs, &path("/d/f"), b"s")?.sync()?;
    vfs.sync_dir(&path("/d"))?;
    assert!(vfs.after_crash(Unsynced::Dropped).list(&path("/d"))?.is_empty());
    vfs.sync_dir(&path("/"))?;
    assert_eq!(vfs.after_crash(Unsynced::Dropped).list(&path("/d"))?, ["f"]);
    Ok(())
}

#[test]
fn a_failed_sync_loses_what_it_should_have_kept() -> io::Result<()> {
    let vfs = MemoryVfs::default();
    let mut file = write(&vfs, &path("/f"), b"lost")?;
    vfs.sync_dir(&path("/"))?;
    vfs.faults().set(Some(Fault::Once(vfs.faults().operations())));
    assert!(file.sync().is_err());
    file.sync()?;
    assert_eq!(vfs.after_crash(Unsynced::Dropped).read(&path("/f"))?, b"");
    Ok(())
}

#[test]
fn a_full_disk_takes_half_a_write_and_gives_back() -> io::Result<()> {
    let vfs = MemoryVfs::default();
    let mut file = write(&vfs, &path("/f"), b"")?;
    vfs.faults().set(Some(Fault::Full(0)));
    assert_eq!(file.write(b"1234").expect_err("full").kind(), io::ErrorKind::StorageFull);
    file.cut(1)?;
    assert_eq!(vfs.read(&path("/f"))?, b"1");
    vfs.faults().set(None);
    file.write(b"2")
}
