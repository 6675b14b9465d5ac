//! Where order ends: what was handed in one by one is written all at once.

use super::sealing::{self, Kept, Text};
use super::{MOST_AT_ONCE, store};
use crate::campaign;
use crate::db::{self, Conn};
use crate::id::{CampaignId, CommentId, ResponseId};
use crate::secret::Keys;
use crate::survey::{Answer, Answers};
use crate::ticket;
use diesel::QueryResult;

/// Puts all that is waiting, comments too, into this release; returns how many
/// responses that are. Nobody hands anything in to this campaign until the caller's
/// transaction ends.
///
/// Envelopes are opened in the order of their tickets'
/// hashes, and what was in them is written in the order of new random ids, all in one
/// transaction.
pub fn count_in(conn: &mut Conn, keys: &Keys, campaign: &CampaignId, release: u32) -> QueryResult<u64> {
    db::alone(conn, campaign.as_str())?;
    let intake = campaign::keys::intake(conn, keys, campaign)?;
    let release = store::number(release)?;
    let (mut after, mut counted, mut is_whole) = (String::new(), 0, true);
    loop {
        let envelopes = ticket::envelopes(conn, campaign, &after, MOST_AT_ONCE)?;
        let Some(last) = envelopes.last() else { break };
        after.clone_from(&last.ticket_hash);
        let opened = |one: ticket::Envelope| {
            let kept = sealing::open_envelope(&intake, campaign, &one.ticket_hash, &one.sealed)?;
            Some((one.ticket_hash, kept))
        };
        let read = envelopes.len();
        let (hashes, kept): (Vec<_>, Vec<_>) = envelopes.into_iter().filter_map(opened).unzip();
        is_whole &= hashes.len() == read;
        ticket::settle(conn, campaign, &hashes)?;
        counted += kept.len();
        keep(conn, keys, campaign, Some(release), kept)?;
    }
    if is_whole {
        campaign::keys::renew_intake(conn, keys, campaign)?;
    } else {
        tracing::error!(
            "campaign {campaign}: some of what was handed in does not open and is not counted: candour doctor says more"
        );
    }
    let imported = count_in_imported(conn, keys, campaign, release)?;
    Ok(u64::try_from(counted + imported).unwrap_or(u64::MAX))
}

/// What waits and came with no ticket is sealed anew, with the release that counts it.
/// What does not open counts for nothing and waits on: doctor says so.
fn count_in_imported(conn: &mut Conn, keys: &Keys, campaign: &CampaignId, release: i32) -> QueryResult<usize> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let (mut responses, mut comments) = (Vec::new(), Vec::new());
    // Comments first: whatever is imported between the two has its comments wait for
    // the next release, and never stand in one that has not counted its response.
    for row in store::waiting_comments(conn, campaign)? {
        if let Ok(text) = sealing::open_comment(&key, campaign, &row.id, None, &row.sealed) {
            let sealed = sealing::seal_comment(&key, campaign, &row.id, Some(release), &text)?;
            comments.push((row.id, sealed));
        }
    }
    for row in store::waiting_responses(conn, campaign)? {
        if let Ok(kept) = sealing::open_response(&key, campaign, &row.id, None, &row.sealed) {
            let sealed = sealing::seal_response(&key, campaign, &row.id, Some(release), &kept)?;
            responses.push((row.id, sealed));
        }
    }
    store::take(conn, campaign, &responses, &comments)?;
    store::insert(conn, campaign, Some(release), &responses, &comments)?;
    Ok(responses.len())
}

/// Writes responses and comments apart from each other, each in the order of their
/// new random ids.
pub(super) fn keep(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    release: Option<i32>,
    people: Vec<Kept>,
) -> QueryResult<()> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let (mut responses, mut comments) = (Vec::with_capacity(people.len()), Vec::new());
    for mut kept in people {
        for text in take_texts(&mut kept.answers) {
            let id = CommentId::random();
            comments.push((id.clone(), sealing::seal_comment(&key, campaign, &id, release, &text)?));
        }
        let id = ResponseId::random();
        responses.push((id.clone(), sealing::seal_response(&key, campaign, &id, release, &kept)?));
    }
    responses.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    comments.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    store::insert(conn, campaign, release, &responses, &comments)
}

/// Takes the texts out: what is left holds no words of the person's own.
pub(super) fn take_texts(answers: &mut Answers) -> Vec<Text> {
    let texts = answers.extract_if(.., |_, answer| matches!(answer, Answer::Text(_)));
    texts
        .filter_map(|(question, answer)| match answer {
            Answer::Text(text) => Some(Text { question, text }),
            _ => None,
        })
        .collect()
}
