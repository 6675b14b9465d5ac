//! A file that is there whole or not at all: written beside its place, and moved to
//! it when it has reached the disk.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is being written. It is gone when it is dropped.
pub struct Beside {
    temporary: NamedTempFile,
    folder: PathBuf,
    name: PathBuf,
}

impl Beside {
    /// Makes an empty file, readable by its owner only, in the folder of `target`.
    pub fn new(target: &Path) -> io::Result<Beside> {
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        }
        .canonicalize()?;
        let prefix = format!(".{}.", name.to_string_lossy());
        // tempfile makes it with mode 0600.
        let temporary = tempfile::Builder::new().prefix(&prefix).suffix(".part").tempfile_in(&folder)?;
        Ok(Beside { temporary, folder, name: name.into() })
    }

    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Puts it in its place. Over another only if it `may_replace` it.
    pub fn finish(self, may_replace: bool) -> io::Result<()> {
        self.temporary.as_file().sync_all()?;
        let target = self.folder.join(self.name);
        if may_replace {
            self.temporary.persist(target)?;
        } else {
            self.temporary.persist_noclobber(target)?;
        }
        File::open(self.folder)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_is_there_when_it_is_finished_and_over_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("backup");
        let made = |text: &str| {
            let file = Beside::new(&target).unwrap();
            std::fs::write(file.path(), text).unwrap();
            file
        };
        drop(made("given up"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        made("one").finish(false).unwrap();
        assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(made("two").finish(false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        made("three").finish(true).unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"three");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
