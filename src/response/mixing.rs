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
    let imported = store::assign(conn, campaign, release)?;
    Ok(u64::try_from(counted + imported).unwrap_or(u64::MAX))
}

/// Writes responses and comments apart from each other, each in the order of their
/// new random ids.
pub(super) fn keep(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    release: Option<u32>,
    people: Vec<Kept>,
) -> QueryResult<()> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let (mut responses, mut comments) = (Vec::with_capacity(people.len()), Vec::new());
    for mut kept in people {
        for text in take_texts(&mut kept.answers) {
            let id = CommentId::random();
            comments.push((id.clone(), sealing::seal_comment(&key, campaign, &id, &text)?));
        }
        let id = ResponseId::random();
        responses.push((id.clone(), sealing::seal_response(&key, campaign, &id, &kept)?));
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

/// Seals what these campaigns have from before there were seals. What cannot be read
/// stays as it is, and keeps nobody from starting: doctor says which campaign has it.
pub fn seal_plain(conn: &mut Conn, keys: &Keys, campaigns: &[CampaignId]) -> QueryResult<()> {
    for campaign in campaigns {
        let key = campaign::keys::responses(conn, keys, campaign)?;
        for (id, plain) in store::responses(conn, campaign)?.into_iter().filter(|(_, row)| sealing::is_plain(row)) {
            if let Some(kept) = sealing::read_plain(&plain) {
                store::set_response(conn, campaign, &id, &sealing::seal_response(&key, campaign, &id, &kept)?)?;
            }
        }
        for (id, plain) in store::comments(conn, campaign)?.into_iter().filter(|(_, row)| sealing::is_plain(row)) {
            if let Some(text) = sealing::read_plain(&plain) {
                store::set_comment(conn, campaign, &id, &sealing::seal_comment(&key, campaign, &id, &text)?)?;
            }
        }
    }
    Ok(())
}
