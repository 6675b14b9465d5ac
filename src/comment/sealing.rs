//! How a decision lies in the database: sealed with the campaign's key, as the comment
//! is that it is about.

use super::review::Review;
use crate::id::{CampaignId, CommentId};
use crate::packed;
use crate::secret::{DataKey, sha256};
use diesel::QueryResult;
use diesel::result::Error::{DeserializationError, SerializationError};

/// The first byte of what this version writes.
const FORM: u8 = 1;
/// Most bytes that one unpacks to.
const LONGEST: u64 = 1 << 20;

pub(super) fn seal(key: &DataKey, campaign: &CampaignId, id: &CommentId, review: &Review) -> QueryResult<Vec<u8>> {
    let packed = packed::pack(review).map_err(|e| SerializationError(Box::new(e)))?;
    let mut out = vec![FORM];
    out.extend(key.seal(&bound_to(campaign, id), &packed));
    Ok(out)
}

pub(super) fn open(key: &DataKey, campaign: &CampaignId, id: &CommentId, sealed: &[u8]) -> QueryResult<Review> {
    let opened = sealed.split_first().filter(|(form, _)| **form == FORM);
    opened
        .and_then(|(_, sealed)| packed::unpack(&key.open(&bound_to(campaign, id), sealed)?, LONGEST))
        .ok_or_else(|| DeserializationError(format!("the decision about a comment does not open ({id})").into()))
}

/// What a form says that it was filled in upon: another after every save.
pub(super) fn state(sealed: Option<&[u8]>) -> String {
    sealed.map(|sealed| sha256(sealed).chars().take(24).collect()).unwrap_or_default()
}

fn bound_to(campaign: &CampaignId, id: &CommentId) -> Vec<u8> {
    format!("{campaign}/{id}/review").into_bytes()
}
