//! A campaign's own keys: the one that signs its tickets, the one that seals what
//! waits for a release, and the one that seals what releases have counted. They are
//! made when it opens, and lie in the database sealed with the key file's.

use super::store::keys::{self as store, KeyRow};
use crate::app::{self, KeyChanged};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::secret::{DataKey, Keys, Purpose};
use crate::ticket::blind::{NoKey, PublicKey, SigningKey};
use diesel::QueryResult;
use diesel::result::Error::{DeserializationError, QueryBuilderError};

const SIGNING: &str = "signing";
const INTAKE: &str = "intake";
const RESPONSES: &str = "bound responses";
/// What the key was called that sealed responses before the release that counts them
/// was bound into the seal.
const UNBOUND: &str = "responses";

/// Makes all of them, for a campaign that has none.
pub(super) fn make(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<()> {
    app::check_sealing_key(conn, keys)?;
    let signing = SigningKey::generate().map_err(unmakable)?;
    let row = KeyRow {
        campaign_id: id.clone(),
        public_key: signing.public().map_err(unmakable)?.spki().to_vec(),
        signing_key: sealed(keys, id, SIGNING, signing.to_der().map_err(unmakable)?.expose()),
        intake_key: sealed(keys, id, INTAKE, DataKey::random().expose()),
        responses_key: sealed(keys, id, RESPONSES, DataKey::random().expose()),
    };
    store::insert(conn, row)
}

/// Makes them for the campaigns from before there were such keys; returns which.
pub fn complete(conn: &mut Conn, keys: &Keys) -> QueryResult<Vec<CampaignId>> {
    let without = store::without(conn)?;
    without.iter().try_for_each(|id| make(conn, keys, id))?;
    Ok(without)
}

/// What everybody may know of the key that signs tickets.
pub fn public(conn: &mut Conn, id: &CampaignId) -> QueryResult<PublicKey> {
    let row = store::get(conn, id)?;
    PublicKey::from_spki(&row.public_key).ok_or_else(|| broken(id, "public"))
}

/// The key that signs tickets.
pub fn signing(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<SigningKey> {
    let row = store::get(conn, id)?;
    SigningKey::from_der(&opened(keys, id, SIGNING, &row.signing_key)?).ok_or_else(|| broken(id, SIGNING))
}

/// The key that seals what is handed in until a release counts it.
pub fn intake(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<DataKey> {
    let row = store::get(conn, id)?;
    data_key(id, INTAKE, &opened(keys, id, INTAKE, &row.intake_key)?)
}

/// Puts another in its place: what it sealed, in copies from before, opens no more
/// once the key file's key is changed.
pub fn renew_intake(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<()> {
    app::check_sealing_key(conn, keys)?;
    let row = store::get(conn, id)?;
    store::replace(conn, KeyRow { intake_key: sealed(keys, id, INTAKE, DataKey::random().expose()), ..row })
}

/// The key that seals what releases have counted.
pub fn responses(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<DataKey> {
    let row = store::get(conn, id)?;
    data_key(id, RESPONSES, &opened(keys, id, RESPONSES, &row.responses_key)?)
}

/// The campaigns that still have the key from before releases were bound into seals.
pub fn with_unbound_responses(conn: &mut Conn, keys: &Keys) -> QueryResult<Vec<CampaignId>> {
    let all = store::all(conn)?;
    let is_unbound = |row: &KeyRow| opened(keys, &row.campaign_id, UNBOUND, &row.responses_key).is_ok();
    Ok(all.into_iter().filter(is_unbound).map(|row| row.campaign_id).collect())
}

/// That key; none: there is a newer one.
pub fn unbound_responses(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<Option<DataKey>> {
    let row = store::get(conn, id)?;
    opened(keys, id, UNBOUND, &row.responses_key).ok().map(|plain| data_key(id, UNBOUND, &plain)).transpose()
}

/// Puts a new key in its place.
pub fn renew_responses(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<()> {
    app::check_sealing_key(conn, keys)?;
    let row = store::get(conn, id)?;
    store::replace(conn, KeyRow { responses_key: sealed(keys, id, RESPONSES, DataKey::random().expose()), ..row })
}

/// As the version before binding left it.
#[cfg(test)]
pub fn unbind_responses(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<()> {
    let (row, key) = (store::get(conn, id)?, responses(conn, keys, id)?);
    store::replace(conn, KeyRow { responses_key: sealed(keys, id, UNBOUND, key.expose()), ..row })
}

/// Which of them are damaged, in words; empty: none.
pub fn damaged(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<Vec<String>> {
    if store::find(conn, id)?.is_none() {
        return Ok(vec!["it has no keys of its own".to_owned()]);
    }
    let fits = match (public(conn, id), signing(conn, keys, id).map(|key| key.public())) {
        (Ok(public), Ok(Ok(signing))) => public.spki() == signing.spki(),
        _ => false,
    };
    let opens = [
        ("the key that signs its tickets", fits),
        ("the key that seals what waits for a release", intake(conn, keys, id).is_ok()),
        ("the key that seals its responses", responses(conn, keys, id).is_ok()),
    ];
    Ok(opens.iter().filter(|(_, opens)| !opens).map(|(what, _)| format!("{what} does not open")).collect())
}

/// Seals all of them anew, with the key that seals now.
pub fn reseal(conn: &mut Conn, keys: &Keys) -> QueryResult<()> {
    for row in store::all(conn)? {
        let id = row.campaign_id.clone();
        let anew = |what, old: &[u8]| QueryResult::Ok(sealed(keys, &id, what, &opened(keys, &id, what, old)?));
        let row = KeyRow {
            signing_key: anew(SIGNING, &row.signing_key)?,
            intake_key: anew(INTAKE, &row.intake_key)?,
            responses_key: anew(RESPONSES, &row.responses_key)?,
            ..row
        };
        store::replace(conn, row)?;
    }
    Ok(())
}

fn sealed(keys: &Keys, id: &CampaignId, what: &str, plain: &[u8]) -> Vec<u8> {
    keys.seal(Purpose::CampaignKey, &bound_to(id, what), plain)
}

/// Start-up refuses a key that is not the database's: it was changed since, or this
/// is damaged.
fn opened(keys: &Keys, id: &CampaignId, what: &str, sealed: &[u8]) -> QueryResult<Vec<u8>> {
    keys.open(Purpose::CampaignKey, &bound_to(id, what), sealed)
        .ok_or_else(|| QueryBuilderError(Box::new(KeyChanged(format!("campaign {id}: its {what} key does not open")))))
}

fn data_key(id: &CampaignId, what: &str, plain: &[u8]) -> QueryResult<DataKey> {
    plain.try_into().map(DataKey::new).map_err(|_not_32_bytes| broken(id, what))
}

fn bound_to(id: &CampaignId, what: &str) -> Vec<u8> {
    format!("{id}/{what}").into_bytes()
}

fn broken(id: &CampaignId, what: &str) -> diesel::result::Error {
    DeserializationError(format!("campaign {id}: its {what} key is not in its stored form").into())
}

fn unmakable(error: NoKey) -> diesel::result::Error {
    QueryBuilderError(Box::new(error))
}
