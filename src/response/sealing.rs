//! How responses lie in the database: sealed. Whoever has the database and not the
//! key file sees how many there are and in which release each was first counted, and
//! can change neither.
//!
//! What is handed in lies in an envelope until a release counts it. Envelopes are
//! all of one size, or for very long texts of one of few sizes, so that their lengths
//! do not say which became which response.

use super::Mode;
use crate::id::{CampaignId, CommentId, ResponseId};
use crate::packed;
use crate::secret::DataKey;
use crate::survey::layout::Layout;
use crate::survey::{Answers, Code};
use diesel::QueryResult;
use diesel::result::Error::{DeserializationError, SerializationError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The first byte of an envelope, and of what was sealed before its release was bound
/// into the seal.
const SEALED: u8 = 1;
/// The first byte of a comment; and of a response from before they were laid out, or with
/// an answer that its survey has no place for.
const BOUND: u8 = 2;
/// The first byte of a response: how it was given (a byte), and its [`Layout`].
const LAID_OUT: u8 = 3;
/// The first byte of what is from before there were seals: JSON in the clear.
const PLAIN: u8 = b'{';

/// An envelope's size, seal and all; a longer one has four times that, and so on.
const SIZE: usize = 8_192;
/// The form's byte, the nonce and the authentication tag.
const OVERHEAD: usize = 1 + 24 + 16;

/// Most bytes that one response unpacks to. Forms are limited to less.
const LONGEST: u64 = 1 << 24;

/// One person's answers, and how they were given.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub mode: Mode,
    pub answers: Answers,
}

/// One text, and the question that it answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    pub question: Code,
    pub text: String,
}

/// What the responses of one campaign are sealed and read with.
pub(super) struct Responses {
    pub campaign: CampaignId,
    pub key: DataKey,
    /// That of the campaign's survey.
    pub layout: Layout,
}

/// One person's answers as they are kept.
pub(super) struct LaidOut {
    pub mode: Mode,
    pub places: Vec<u8>,
}

impl Responses {
    /// `release`: the one that counts it first. It is bound into the seal, or somebody who
    /// can write to the database, and has no key, could have a release count again, or
    /// count later, people of whom they choose each, and read off the difference.
    pub fn seal(&self, id: &ResponseId, release: Option<i32>, kept: &Kept) -> QueryResult<Vec<u8>> {
        let bound_to = with_release(&self.campaign, id.as_str(), release);
        let Some(places) = self.layout.write(&kept.answers) else {
            return Ok(sealed(BOUND, &self.key, &bound_to, &packed(kept)?));
        };
        let plain = [&[mode_byte(kept.mode)], places.as_slice()].concat();
        Ok(sealed(LAID_OUT, &self.key, &laid_out(bound_to), &plain))
    }

    pub fn open(&self, id: &ResponseId, release: Option<i32>, sealed: &[u8]) -> QueryResult<Kept> {
        let opened = match sealed.first() {
            Some(&BOUND) => self.open_json(id, release, sealed),
            _ => self.open_places(id, release, sealed).and_then(|LaidOut { mode, places }| {
                let answers = self.layout.read(&places)?;
                Some(Kept { mode, answers })
            }),
        };
        opened.ok_or_else(|| damaged("a response", id.as_str()))
    }

    /// Without making anything of the answers, for whoever counts them.
    pub fn open_laid_out(&self, id: &ResponseId, release: Option<i32>, sealed: &[u8]) -> QueryResult<LaidOut> {
        let opened = match sealed.first() {
            Some(&BOUND) => self.open_json(id, release, sealed).and_then(|Kept { mode, mut answers }| {
                // Nothing is counted of what the survey has no place for.
                answers.retain(|code, answer| {
                    self.layout.write(&Answers::from([(code.clone(), answer.clone())])).is_some()
                });
                Some(LaidOut { mode, places: self.layout.write(&answers)? })
            }),
            _ => self.open_places(id, release, sealed),
        };
        opened.ok_or_else(|| damaged("a response", id.as_str()))
    }

    fn open_json(&self, id: &ResponseId, release: Option<i32>, sealed: &[u8]) -> Option<Kept> {
        opened(BOUND, &self.key, &with_release(&self.campaign, id.as_str(), release), sealed)
    }

    fn open_places(&self, id: &ResponseId, release: Option<i32>, sealed: &[u8]) -> Option<LaidOut> {
        let (_, sealed) = sealed.split_first().filter(|(first, _)| **first == LAID_OUT)?;
        let bound_to = laid_out(with_release(&self.campaign, id.as_str(), release));
        let mut places = self.key.open(&bound_to, sealed)?;
        let mode = *places.first()?;
        let mode = Mode::ALL.into_iter().find(|one| mode_byte(*one) == mode)?;
        places.remove(0);
        Some(LaidOut { mode, places })
    }
}

fn mode_byte(mode: Mode) -> u8 {
    match mode {
        Mode::Online => 0,
        Mode::Independent => 1,
        Mode::Hr => 2,
        Mode::Import => 3,
    }
}

pub(super) fn seal_comment(
    key: &DataKey,
    campaign: &CampaignId,
    id: &CommentId,
    release: Option<i32>,
    text: &Text,
) -> QueryResult<Vec<u8>> {
    Ok(sealed(BOUND, key, &with_release(campaign, id.as_str(), release), &packed(text)?))
}

pub(super) fn open_comment(
    key: &DataKey,
    campaign: &CampaignId,
    id: &CommentId,
    release: Option<i32>,
    sealed: &[u8],
) -> QueryResult<Text> {
    let bound_to = with_release(campaign, id.as_str(), release);
    opened(BOUND, key, &bound_to, sealed).ok_or_else(|| damaged("a comment", id.as_str()))
}

/// What is in a row from before its release was bound into the seal; read when it is
/// sealed anew, at the first start of a version that binds it, and never again.
pub(super) fn open_unbound<T: DeserializeOwned>(
    key: &DataKey,
    campaign: &CampaignId,
    id: &str,
    sealed: &[u8],
) -> Option<T> {
    opened(SEALED, key, &bound_to(campaign, id), sealed)
}

#[cfg(test)]
pub(super) fn seal_unbound<T: Serialize>(
    key: &DataKey,
    campaign: &CampaignId,
    id: &str,
    value: &T,
) -> QueryResult<Vec<u8>> {
    Ok(sealed(SEALED, key, &bound_to(campaign, id), &packed(value)?))
}

/// `ticket`: the hash beside which it lies. Somebody who can write to the database and
/// laid copies of one person's envelope beside made-up tickets would read off the next
/// release what is in it.
pub(super) fn seal_envelope(key: &DataKey, campaign: &CampaignId, ticket: &str, kept: &Kept) -> QueryResult<Vec<u8>> {
    let packed = packed(kept)?;
    let length = u32::try_from(packed.len()).map_err(|e| SerializationError(Box::new(e)))?;
    let mut padded = length.to_le_bytes().to_vec();
    padded.extend(&packed);
    let mut size = SIZE;
    while size < padded.len() + OVERHEAD {
        size *= 4;
    }
    padded.resize(size - OVERHEAD, 0);
    Ok(sealed(SEALED, key, &bound_to(campaign, ticket), &padded))
}

/// None: it is damaged, of another ticket, or sealed with another key.
pub(super) fn open_envelope(key: &DataKey, campaign: &CampaignId, ticket: &str, sealed: &[u8]) -> Option<Kept> {
    let (&SEALED, sealed) = sealed.split_first()? else { return None };
    let padded = key.open(&bound_to(campaign, ticket), sealed)?;
    let (length, packed) = padded.split_first_chunk::<4>()?;
    packed::unpack(packed.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)?, LONGEST)
}

fn packed<T: Serialize>(value: &T) -> QueryResult<Vec<u8>> {
    packed::pack(value).map_err(|e| SerializationError(Box::new(e)))
}

fn sealed(form: u8, key: &DataKey, bound_to: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut out = vec![form];
    out.extend(key.seal(bound_to, plain));
    out
}

fn opened<T: DeserializeOwned>(form: u8, key: &DataKey, bound_to: &[u8], sealed: &[u8]) -> Option<T> {
    let (_, sealed) = sealed.split_first().filter(|(first, _)| **first == form)?;
    packed::unpack(&key.open(bound_to, sealed)?, LONGEST)
}

/// What is in a row from before there were seals; read when it is sealed, and never
/// again: whoever writes to the database has no key, and is to put nothing in.
pub(super) fn read_plain<T: DeserializeOwned>(row: &[u8]) -> Option<T> {
    if row.first() != Some(&PLAIN) {
        return None;
    }
    serde_json::from_slice(row).ok()
}

/// A row opens where it lies and nowhere else.
fn bound_to(campaign: &CampaignId, id: &str) -> Vec<u8> {
    format!("{campaign}/{id}").into_bytes()
}

/// And it counts in the release that counted it first, and in no other; none: it waits.
fn with_release(campaign: &CampaignId, id: &str, release: Option<i32>) -> Vec<u8> {
    let release = release.map_or("none".to_owned(), |number| number.to_string());
    format!("{campaign}/{id}/{release}").into_bytes()
}

/// And it is read in its own form and in no other.
fn laid_out(mut bound_to: Vec<u8>) -> Vec<u8> {
    bound_to.extend(b"/laid out");
    bound_to
}

/// It says only where it failed: the reader's own words would quote answers.
fn damaged(what: &str, id: &str) -> diesel::result::Error {
    DeserializationError(format!("{what} does not open: it is damaged, or sealed with another key ({id})").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Answer;

    fn kept(text: &str) -> Kept {
        let answers = [(Code::new("why").unwrap(), Answer::Text(text.to_owned()))];
        Kept { mode: Mode::Online, answers: answers.into_iter().collect() }
    }

    /// Text that cannot be made small.
    fn noise(bytes: usize) -> String {
        (0..bytes / 26 + 1).map(|_| crate::id::random()).collect()
    }

    #[test]
    fn envelopes_are_of_one_size_whatever_is_in_them() {
        let (key, campaign) = (DataKey::random(), CampaignId::claimed("a"));
        for (text, size) in [(String::new(), 8_192), (noise(7_000), 8_192), (noise(14_000), 32_768)] {
            let sealed = seal_envelope(&key, &campaign, "t", &kept(&text)).unwrap();
            assert_eq!(sealed.len(), size);
            assert!(open_envelope(&key, &campaign, "t", &sealed).unwrap() == kept(&text));
        }
    }

    fn responses() -> Responses {
        let exit = crate::survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
        let layout = Layout::of(&crate::survey::parse(exit).unwrap().survey);
        Responses { campaign: CampaignId::claimed("a"), key: DataKey::random(), layout }
    }

    /// With an answer that the survey has a place for, and with one that it has not.
    fn pay(of: &str) -> Kept {
        let answers = [(Code::new("main_reason").unwrap(), Answer::One(Code::new(of).unwrap()))];
        Kept { mode: Mode::Hr, answers: answers.into_iter().collect() }
    }

    #[test]
    fn what_is_sealed_opens_where_it_lies_and_with_its_key_only() {
        let (ours, id) = (responses(), ResponseId::random());
        for (kept, form) in [(pay("pay"), LAID_OUT), (pay("no_such_reason"), BOUND)] {
            let sealed = ours.seal(&id, Some(2), &kept).unwrap();
            assert_eq!(sealed[0], form);
            assert!(ours.open(&id, Some(2), &sealed).unwrap() == kept);
            let places = ours.open_laid_out(&id, Some(2), &sealed).unwrap();
            assert!(places.mode == Mode::Hr && places.places.is_empty() == (form == BOUND));
            let another_key = Responses { key: DataKey::random(), ..responses() };
            assert!(another_key.open(&id, Some(2), &sealed).is_err());
            let another_campaign = Responses { campaign: CampaignId::claimed("b"), ..ours.copy() };
            assert!(another_campaign.open(&id, Some(2), &sealed).is_err());
            assert!(ours.open(&ResponseId::random(), Some(2), &sealed).is_err());
            for other in [None, Some(1), Some(3), Some(22)] {
                assert!(ours.open(&id, other, &sealed).is_err(), "of another release");
            }
            for other in [SEALED, BOUND, LAID_OUT, PLAIN].into_iter().filter(|other| *other != form) {
                let taken_for_another = [&[other], &sealed[1..]].concat();
                assert!(ours.open(&id, Some(2), &taken_for_another).is_err());
                assert!(ours.open_laid_out(&id, Some(2), &taken_for_another).is_err());
            }
        }
    }

    impl Responses {
        fn copy(&self) -> Responses {
            Responses { campaign: self.campaign.clone(), key: self.key.clone(), layout: self.layout.clone() }
        }
    }

    #[test]
    fn an_envelope_and_a_row_from_before_open_with_their_key_only() {
        let (key, campaign, id) = (DataKey::random(), CampaignId::claimed("a"), ResponseId::random());
        let unbound = seal_unbound(&key, &campaign, id.as_str(), &kept("pay")).unwrap();
        assert!(open_unbound(&key, &campaign, id.as_str(), &unbound) == Some(kept("pay")));
        assert!(responses().open(&id, Some(2), &unbound).is_err());
        let envelope = seal_envelope(&key, &campaign, "t", &kept("pay")).unwrap();
        for wrong in [&envelope[1..], &envelope[..8_000], b"", b"{}"] {
            assert!(open_envelope(&key, &campaign, "t", wrong).is_none());
        }
        assert!(open_envelope(&key, &campaign, "t", &envelope).is_some());
        assert!(open_envelope(&key, &campaign, "another", &envelope).is_none());
        assert!(open_envelope(&DataKey::random(), &campaign, "t", &envelope).is_none());
    }

    #[test]
    fn a_row_from_before_there_were_seals_is_read_to_be_sealed() {
        let plain = serde_json::to_vec(&kept("pay")).unwrap();
        assert!(read_plain::<Kept>(&plain) == Some(kept("pay")));
        assert!(responses().open(&ResponseId::random(), None, &plain).is_err(), "and counts only when it is sealed");
    }
}
