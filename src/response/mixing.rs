//! Where order ends: what was handed in one by one is written all at once.

use super::sealing::{self, Kept, Responses, Text};
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
    let ours = super::sealed_with(conn, keys, campaign)?;
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
        keep(conn, &ours, Some(release), kept)?;
    }
    if is_whole {
        campaign::keys::renew_intake(conn, keys, campaign)?;
    } else {
        tracing::error!(
            "campaign {campaign}: some of what was handed in does not open and is not counted: candour doctor says more"
        );
    }
    let imported = count_in_imported(conn, &ours, release)?;
    Ok(u64::try_from(counted + imported).unwrap_or(u64::MAX))
}

/// What waits and came with no ticket is sealed anew, with the release that counts it.
/// What does not open counts for nothing and waits on: doctor says so.
fn count_in_imported(conn: &mut Conn, ours: &Responses, release: i32) -> QueryResult<usize> {
    let campaign = &ours.campaign;
    // Comments first: whatever is imported between the two has its comments wait for
    // the next release, and never stand in one that has not counted its response.
    let mut after = String::new();
    loop {
        let rows = store::waiting_comments(conn, campaign, &after, MOST_AT_ONCE)?;
        let Some(last) = rows.last() else { break };
        last.id.as_str().clone_into(&mut after);
        let anew = |row: store::CommentRow| {
            let text = sealing::open_comment(&ours.key, campaign, &row.id, None, &row.sealed).ok()?;
            let sealed = sealing::seal_comment(&ours.key, campaign, &row.id, Some(release), &text);
            Some(sealed.map(|sealed| (row.id, sealed)))
        };
        let comments: Vec<_> = rows.into_iter().filter_map(anew).collect::<QueryResult<_>>()?;
        store::take(conn, campaign, &[], &comments)?;
        store::insert(conn, campaign, Some(release), &[], &comments)?;
    }
    let (mut after, mut counted) = (String::new(), 0);
    loop {
        let rows = store::waiting_responses(conn, campaign, &after, MOST_AT_ONCE)?;
        let Some(last) = rows.last() else { break };
        last.id.as_str().clone_into(&mut after);
        let anew = |row: store::ResponseRow| {
            let kept = ours.open(&row.id, None, &row.sealed).ok()?;
            Some(ours.seal(&row.id, Some(release), &kept).map(|sealed| (row.id, sealed)))
        };
        let responses: Vec<_> = rows.into_iter().filter_map(anew).collect::<QueryResult<_>>()?;
        store::take(conn, campaign, &responses, &[])?;
        store::insert(conn, campaign, Some(release), &responses, &[])?;
        counted += responses.len();
    }
    Ok(counted)
}

/// Writes responses and comments apart from each other, each in the order of their
/// new random ids.
pub(super) fn keep(conn: &mut Conn, ours: &Responses, release: Option<i32>, people: Vec<Kept>) -> QueryResult<()> {
    let (mut responses, mut comments) = (Vec::with_capacity(people.len()), Vec::new());
    for mut kept in people {
        for text in take_texts(&mut kept.answers) {
            let id = CommentId::random();
            comments.push((id.clone(), sealing::seal_comment(&ours.key, &ours.campaign, &id, release, &text)?));
        }
        let id = ResponseId::random();
        responses.push((id.clone(), ours.seal(&id, release, &kept)?));
    }
    responses.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    comments.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    store::insert(conn, &ours.campaign, release, &responses, &comments)
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
