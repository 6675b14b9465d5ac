//! Whether a file's people have been imported before.
//!
//! Responses only accrue. A file that comes again with one row corrected would count
//! everybody twice, and in that row alone not the same: whoever takes the release before
//! twice from the one after it has left what that one person answered. So has whoever
//! takes it from one of which a row was left out.

use crate::db::Conn;
use crate::id::CampaignId;
use crate::response::mixing::take_texts;
use crate::response::{Mode, fitting, sealed_with, store};
use crate::secret::Keys;
use crate::survey::{Answers, Survey};
use diesel::QueryResult;
use diesel::result::Error::SerializationError;
use std::collections::BTreeMap;

/// How a file compares with what was imported into the campaign before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// People in the file.
    pub of: usize,
    /// Those of them who answered exactly as somebody did who was imported before.
    pub same: usize,
    /// Those of these whom nobody else in the file answered like: hardly by chance.
    pub alone: usize,
    /// By how many people it differs from the batch that it is most like, if it does.
    pub apart: Option<usize>,
}

impl Likeness {
    /// Whether it looks like a file that came before.
    pub fn is_striking(&self) -> bool {
        self.same > 0 && self.same * 2 >= self.of
    }

    /// Whether it is one that came before, but for so few that a release would be
    /// about them.
    pub fn is_a_correction_of_few(&self, least: usize) -> bool {
        self.alone * 2 >= self.of && self.apart.is_some_and(|people| people < least)
    }
}

/// Opens what was imported before, and changes nothing.
pub fn likeness(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    survey: &Survey,
    people: &[Answers],
) -> QueryResult<Likeness> {
    let file = counted(people.iter().map(|answers| written(fitting(survey, answers)?)))?;
    let mut batches: BTreeMap<Option<i32>, Vec<Answers>> = BTreeMap::new();
    let ours = sealed_with(conn, keys, campaign)?;
    for row in store::responses(conn, campaign)? {
        // What does not open is for doctor to say.
        let kept = ours.open(&row.id, row.release, &row.sealed);
        if let Some(kept) = kept.ok().filter(|kept| kept.mode == Mode::Import) {
            batches.entry(row.release).or_default().push(kept.answers);
        }
    }
    let mut likeness = Likeness { of: people.len(), ..Likeness::default() };
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    let mut closest = 0;
    for batch in batches.into_values() {
        let size = batch.len();
        let batch = counted(batch.into_iter().map(written))?;
        let same: usize = shared(&file, &batch).map(|(_, people)| people).sum();
        if same > closest {
            closest = same;
            likeness.apart = [people.len() - same, size - same].into_iter().filter(|people| *people > 0).min();
        }
        batch.into_iter().for_each(|(answers, people)| *before.entry(answers).or_default() += people);
    }
    likeness.same = shared(&file, &before).map(|(_, people)| people).sum();
    likeness.alone = shared(&file, &before).filter(|(answers, _)| file.get(*answers) == Some(&1)).count();
    Ok(likeness)
}

/// How often each is there.
fn counted(people: impl Iterator<Item = QueryResult<String>>) -> QueryResult<BTreeMap<String, usize>> {
    let mut counted = BTreeMap::new();
    for answers in people {
        *counted.entry(answers?).or_default() += 1;
    }
    Ok(counted)
}

/// One person's answers as a text, without their own words: those lie elsewhere.
fn written(mut answers: Answers) -> QueryResult<String> {
    take_texts(&mut answers);
    serde_json::to_string(&answers).map_err(|e| SerializationError(Box::new(e)))
}

fn shared<'a>(
    one: &'a BTreeMap<String, usize>,
    other: &'a BTreeMap<String, usize>,
) -> impl Iterator<Item = (&'a String, usize)> {
    one.iter().filter_map(|(answers, people)| Some((answers, *other.get(answers)?.min(people))))
}
