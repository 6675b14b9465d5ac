//! One press of *Add to the report*: what it would add, and adding it.

use super::make::{self, Gone, Made, Read, Terms};
use super::{Annex, freeze};
use crate::campaign::{self, Campaign};
use crate::comment::reading::{self, ReadError, Reading, Topic};
use crate::comment::review::Review;
use crate::comment::{alone, sealing, store, theme};
use crate::db::{self, Conn};
use crate::release::Release;
use crate::secret::Keys;
use crate::survey::Code;
use diesel::QueryResult;

#[derive(Debug, thiserror::Error)]
pub enum AnnexError {
    #[error("there is no release to add comments to")]
    NoRelease,
    #[error("release {0} is the latest: comments are added to that one")]
    NotLatest(u32),
    #[error("the release has its comments already")]
    Exists,
    #[error("too few comments have been read and decided about")]
    Nothing,
    #[error("what would be added has changed since you looked at it")]
    Changed,
    #[error(transparent)]
    Gone(#[from] Gone),
    #[error("the annex cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What an annex would be, with the hash that it would have.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub annex: Annex,
    pub reading: Reading,
    counts_anew: std::collections::BTreeSet<Code>,
    body: String,
}

/// What the annex of this release, which is to be the latest, would be. Changes nothing.
pub fn propose(conn: &mut Conn, keys: &Keys, campaign: &Campaign, number: u32) -> Result<Proposal, AnnexError> {
    let reading = reading::open(conn, keys, campaign)?;
    let release = reading.releases.last().ok_or(AnnexError::NoRelease)?;
    if release.number != number {
        return Err(AnnexError::NotLatest(release.number));
    }
    let earlier = store::annexes(conn, &campaign.id)?;
    if earlier.iter().any(|annex| annex.release == number) {
        return Err(AnnexError::Exists);
    }
    let themes = theme::list(conn, &campaign.id, &reading.survey)?;
    let Made { annex, counts_anew } = make::make(&terms(release, &themes), &earlier, &read(&reading))?;
    if annex.questions.is_empty() {
        return Err(AnnexError::Nothing);
    }
    let (annex, body) = freeze(annex)?;
    Ok(Proposal { annex, reading, counts_anew, body })
}

/// Freezes the annex of this release, if it would still be the one of this hash; the
/// comments that it counts are fixed from now on.
pub fn create(conn: &mut Conn, keys: &Keys, campaign: &Campaign, number: u32, hash: &str) -> Result<Annex, AnnexError> {
    alone(conn, &campaign.id)?;
    let proposal = propose(conn, keys, campaign, number)?;
    if proposal.annex.hash != hash {
        return Err(AnnexError::Changed);
    }
    store::insert_annex(conn, &campaign.id, &proposal.annex, &proposal.body).map_err(|error| {
        if db::is_unique_violation(&error) { AnnexError::Exists } else { AnnexError::Database(error) }
    })?;
    for topic in &proposal.reading.topics {
        if proposal.counts_anew.contains(&topic.question) {
            count_in(conn, keys, campaign, topic, number)?;
        }
    }
    Ok(proposal.annex)
}

/// All decisions of a question count from this release on.
fn count_in(conn: &mut Conn, keys: &Keys, campaign: &Campaign, topic: &Topic, number: u32) -> QueryResult<()> {
    let key = campaign::keys::responses(conn, keys, &campaign.id)?;
    for one in &topic.comments {
        let fresh = one.review.as_ref().filter(|review| review.is_decided() && review.counted.is_none());
        if let Some(review) = fresh {
            let review = Review { counted: Some(number), ..review.clone() };
            let sealed = sealing::seal(&key, &campaign.id, &one.id, &review)?;
            store::put_review(conn, &campaign.id, &one.id, sealed)?;
        }
    }
    Ok(())
}

fn terms<'a>(release: &'a Release, themes: &'a [theme::Theme]) -> Terms<'a> {
    Terms { release: release.number, release_hash: &release.hash, policy: &release.policy, themes }
}

fn read(reading: &Reading) -> Vec<(Code, Vec<Read>)> {
    let of = |topic: &Topic| topic.comments.iter().filter_map(|one| decided(&one.text, one.review.as_ref()?)).collect();
    reading.topics.iter().map(|topic| (topic.question.clone(), of(topic))).collect()
}

fn decided(text: &str, review: &Review) -> Option<Read> {
    (review.is_decided() || review.counted.is_some()).then(|| Read {
        approved: review.published(text),
        is_first: review.is_first,
        themes: review.themes.clone(),
        counted: review.counted,
    })
}
