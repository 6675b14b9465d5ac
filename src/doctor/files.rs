//! Who else on the machine can read the key and the database.

use super::Finding;
use crate::config::Settings;
use std::path::Path;

pub fn permissions(settings: &Settings) -> Vec<Finding> {
    let key = ("the key file", settings.key_file.as_path());
    let database = settings.database.file().map(|file| ("the database", file));
    std::iter::once(key).chain(database).filter_map(|(what, file)| readable(what, file)).collect()
}

/// One that is not there is not this check's to say.
#[cfg(unix)]
fn readable(what: &str, file: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o777;
    let who = match (mode & 0o007, mode & 0o070) {
        (0, 0) => return None,
        (0, _) => "its group",
        _ => "everybody on this machine",
    };
    let found = format!("{what} {} is open to {who} (mode {mode:o})", file.display());
    let remedy = format!("chmod 600 {}", file.display());
    // A group may be the service's own.
    Some(if mode & 0o007 == 0 { Finding::note(found, remedy) } else { Finding::problem(found, remedy) })
}

#[cfg(not(unix))]
fn readable(_what: &str, _file: &Path) -> Option<Finding> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_for_everybody_is_a_problem_and_one_for_a_group_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            key_file: folder.path().join("candour.key"),
            database: "postgres://db/candour".parse().unwrap(),
            ..Settings::default()
        };
        assert_eq!(permissions(&settings), []);
        std::fs::write(&settings.key_file, [1; 32]).unwrap();
        for (mode, expected) in [(0o600, None), (0o640, Some(false)), (0o644, Some(true)), (0o604, Some(true))] {
            std::fs::set_permissions(&settings.key_file, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(permissions(&settings).first().map(|found| found.is_problem), expected, "{mode:o}");
        }
    }
}
