//! Earlier questionnaires' files become responses. All or nothing: a file of
//! which one cell cannot be read becomes no response at all, and everything that
//! is wrong with it is said at once.
//!
//! [`Map::read`] checks the mapping file against the survey, [`read`] turns the
//! CSV file into people's answers, [`keep`] stores them. Only `keep` touches the
//! database, so that a dry run is the first two. The mapping file's format is in
//! `surveys/examples/README.md`.

mod alike;
mod cells;
mod fields;
mod file;
mod map;
mod map_reader;
mod map_values;
mod problem;
mod rows;
mod text;

pub use alike::{Likeness, likeness};
pub use file::{Import, Tally, read};
pub use map::Map;
pub use problem::{Place, Problem, Refused};

use super::{Mode, record_all, store};
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::secret::Keys;
use crate::survey::Survey;

#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error("this file has been imported into this campaign before; its people would count twice")]
    ImportedBefore,
    #[error(
        "{} of this file's {} people answered exactly as people did who were imported before: it looks like a file that \
         came before, perhaps corrected. Nothing was imported. What was imported is never corrected, only added to: leave \
         out whoever was imported before. If these are other people, say --again",
        .0.same, .0.of
    )]
    LikeOneBefore(Likeness),
    #[error(
        "this file is one that was imported before, but for {apart} of its people: the next release would show what they \
         answered. Nothing was imported. Leave out whoever was imported before; nobody who was can be corrected or taken \
         out"
    )]
    OneBeforeButForFew { apart: usize },
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Whether [`keep`] would store it; changes nothing. `again`: even if the same file has
/// been stored before, or one very like it; but never one of which a release would show
/// what a few answered.
pub fn check(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    import: &Import,
    again: bool,
) -> Result<(), KeepError> {
    let alike = likeness(conn, keys, &campaign.id, survey, &import.people)?;
    let least = usize::try_from(campaign.min_base.max(campaign.protection)).unwrap_or(usize::MAX);
    match alike.apart {
        Some(apart) if alike.is_a_correction_of_few(least) => Err(KeepError::OneBeforeButForFew { apart }),
        _ if again => Ok(()),
        _ if store::is_imported(conn, &campaign.id, &import.file_hash)? => Err(KeepError::ImportedBefore),
        _ if alike.is_striking() => Err(KeepError::LikeOneBefore(alike)),
        _ => Ok(()),
    }
}

/// Stores what was read as responses of the campaign, if [`check`] has nothing against it.
pub fn keep(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    import: &Import,
    again: bool,
) -> Result<(), KeepError> {
    campaign::store::hold(conn, &campaign.id)?;
    check(conn, keys, campaign, survey, import, again)?;
    if !store::is_imported(conn, &campaign.id, &import.file_hash)? {
        store::mark_imported(conn, &campaign.id, &import.file_hash)?;
    }
    Ok(record_all(conn, keys, &campaign.id, Mode::Import, survey, &import.people)?)
}

#[cfg(test)]
mod tests;
