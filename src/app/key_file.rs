//! The file that holds the keys: read, made at the first start, and written anew
//! when keys change, so that at every moment there is a whole one.

use crate::secret::KeyRing;
use anyhow::{Context, bail};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The keys in `file`; made if it is not there and `may_be_made`.
pub(super) fn read_or_make(file: &Path, may_be_made: bool) -> anyhow::Result<KeyRing> {
    match std::fs::read(file) {
        Ok(bytes) => KeyRing::read(&bytes)
            .with_context(|| format!("{} is not a key: it is one or more keys of 32 bytes", file.display())),
        Err(e) if e.kind() == io::ErrorKind::NotFound && may_be_made => {
            let made = KeyRing::random();
            write_new(file, &made).with_context(|| format!("the key {} cannot be written", file.display()))?;
            Ok(made)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => bail!(
            "the key {} is missing, and the database was made with one: put it back from where you keep it \
             (without it no invitation that is out can be taken up)",
            file.display()
        ),
        Err(e) => Err(e).with_context(|| format!("the key {} cannot be read", file.display())),
    }
}

/// Puts other keys in the place of those in `file`: whole, or not at all. Owner and
/// mode stay, so that the service can still read it when an operator has written it.
pub(super) fn replace(file: &Path, ring: &KeyRing) -> io::Result<()> {
    // Where it is a link, what it leads to is replaced.
    let file = file.canonicalize()?;
    let beside = beside(&file);
    match std::fs::remove_file(&beside) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        // Left behind by one that was killed, or not there.
        _ => {}
    }
    write_new(&beside, ring)?;
    let moved = like(&file, &beside).and_then(|()| std::fs::rename(&beside, &file));
    if moved.is_err() {
        std::fs::remove_file(&beside)?;
    }
    moved.and_then(|()| folder(&file)?.sync_all())
}

/// Lets one process at a time change the file: as long as what is returned is kept.
pub(super) fn lock(file: &Path) -> anyhow::Result<File> {
    let folder = file.canonicalize().and_then(|file| folder(&file));
    let folder = folder.with_context(|| format!("the folder of {} cannot be opened", file.display()))?;
    match folder.try_lock() {
        Ok(()) => Ok(folder),
        Err(std::fs::TryLockError::WouldBlock) => bail!("the key is being changed by somebody else at this moment"),
        Err(std::fs::TryLockError::Error(e)) => {
            Err(e).with_context(|| format!("the folder of {} cannot be locked", file.display()))
        }
    }
}

fn folder(file: &Path) -> io::Result<File> {
    File::open(file.parent().unwrap_or(Path::new("/")))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    file.with_file_name(name)
}

/// Readable by the owner only, from the first byte on, and never over another.
fn write_new(file: &Path, ring: &KeyRing) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    out.write_all(ring.bytes().expose())?;
    out.sync_all()
}

#[cfg(unix)]
fn like(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (was, is) = (std::fs::metadata(old)?, std::fs::metadata(new)?);
    if (was.uid(), was.gid()) != (is.uid(), is.gid()) {
        chown(new, Some(was.uid()), Some(was.gid()))?;
    }
    std::fs::set_permissions(new, was.permissions())
}

#[cfg(not(unix))]
fn like(_old: &Path, _new: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_replaced_stays_as_private_as_it_was_and_leaves_nothing_beside_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, linked) = (folder.path().join("candour.key"), folder.path().join("link.key"));
        read_or_make(&file, true).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &linked).unwrap();
        // As one leaves it that was killed while it wrote.
        std::fs::write(folder.path().join("candour.key.new"), b"half").unwrap();
        let ring = KeyRing::random();
        replace(&linked, &ring).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), *ring.bytes().expose());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(linked.is_symlink());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn one_at_a_time_changes_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("candour.key");
        read_or_make(&file, true).unwrap();
        let held = lock(&file).unwrap();
        assert!(lock(&file).unwrap_err().to_string().contains("somebody else"));
        drop(held);
        lock(&file).unwrap();
    }
}
