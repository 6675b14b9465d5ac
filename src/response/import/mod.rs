//! Earlier questionnaires' files become responses. All or nothing: a file of
//! which one cell cannot be read becomes no response at all, and everything that
//! is wrong with it is said at once.
//!
//! [`Map::read`] checks the mapping file against the survey, [`read`] turns the
//! CSV file into people's answers, [`keep`] stores them. Only `keep` touches the
//! database, so that a dry run is the first two. The mapping file's format is in
//! `surveys/examples/README.md`.

mod cells;
mod fields;
mod file;
mod map;
mod map_reader;
mod map_values;
mod problem;
mod rows;
mod text;

pub use file::{Import, Tally, read};
pub use map::Map;
pub use problem::{Place, Problem, Refused};

use super::{Mode, record_all, store};
use crate::campaign::Campaign;
use crate::db::{self, Conn};
use crate::secret::Keys;
use crate::survey::Survey;

#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error("this file has been imported into this campaign before; its people would count twice")]
    ImportedBefore,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Stores what was read as responses of the campaign. `again`: even if the same
/// file has been stored before.
pub fn keep(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    import: &Import,
    again: bool,
) -> Result<(), KeepError> {
    if !store::is_imported(conn, &campaign.id, &import.file_hash)? {
        store::mark_imported(conn, &campaign.id, &import.file_hash).map_err(|e| match e {
            e if db::is_unique_violation(&e) => KeepError::ImportedBefore,
            e => KeepError::Database(e),
        })?;
    } else if !again {
        return Err(KeepError::ImportedBefore);
    }
    Ok(record_all(conn, keys, &campaign.id, Mode::Import, survey, &import.people)?)
}

#[cfg(test)]
mod tests;
