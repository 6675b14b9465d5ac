//! Secrets that do not print, and what is derived from the installation's key.
//!
//! The key is the one secret that is not in the database. Each use has a key of
//! its own ([`Purpose`]), so that what one part makes is worth nothing to another.

mod ring;
mod seal;

pub use ring::{KeyRing, SealingKey};
pub use seal::DataKey;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use subtle::ConstantTimeEq;

/// A value that is never printed: `Debug` and `Display` show a placeholder.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    pub fn new(value: T) -> Self {
        Secret(value)
    }

    /// The value, for the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Secret)
    }
}

/// What a derived key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Hash of an invitation's code, as the invitation side keeps it.
    Code,
    /// A ticket's serial, from the code that it is exchanged for.
    TicketSerial,
    /// The mark that makes a serial a ticket.
    TicketMark,
    /// Hash of a spent ticket, as the answer side keeps it.
    SpentTicket,
    /// Answers on their way through a leaver's browser.
    Draft,
    /// The token in a session's cookie.
    Session,
    /// The token that marks a browser as one that signed in before.
    Device,
    /// Hash of one-time sign-in links.
    SignInLink,
    /// Hash of API tokens.
    ApiToken,
    /// Hash of the invitation that an interview was asked for with.
    InterviewInvitation,
    /// Hash of a code and what it was exchanged for.
    Exchange,
    /// What an interview's row holds of a person and of their answers.
    Interview,
    /// A campaign's own keys.
    CampaignKey,
    /// Hash of the one-time link by which somebody reads what was written down.
    ReadBack,
    /// What an interview is called in an interviewer's calendar.
    Calendar,
    /// Over what a backup holds, so that one that somebody changed is refused.
    Backup,
    /// What the guesses at one address, or of one network, are counted under.
    Guess,
    /// Tells whether this is the key that the database was made with.
    Fingerprint,
}

impl Purpose {
    /// Whether it goes by the key that rotation replaces, and not by the root.
    fn is_rotated(self) -> bool {
        matches!(self, Purpose::Interview | Purpose::CampaignKey)
    }
}

/// The installation's keys, ready for use. Copies share what rotation replaces.
#[derive(Clone)]
pub struct Keys {
    root: Secret<[u8; 32]>,
    rotated: Arc<RwLock<Rotated>>,
}

/// What seals interviews and campaigns' keys.
#[derive(Clone)]
struct Rotated {
    /// What opens them; the first seals them too. Never empty.
    opening: Vec<Secret<[u8; 32]>>,
    /// The fingerprint of that first one; none: it is the root.
    fingerprint: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys([secret])")
    }
}

impl Keys {
    /// All of them derived from one key.
    pub fn new(root: [u8; 32]) -> Self {
        Keys::of(root, Rotated { opening: vec![Secret::new(root)], fingerprint: None })
    }

    pub fn random() -> Self {
        Keys::new(random_bytes())
    }

    fn of(root: [u8; 32], rotated: Rotated) -> Self {
        Keys { root: Secret::new(root), rotated: Arc::new(RwLock::new(rotated)) }
    }

    /// HMAC-SHA-256 (RFC 2104) of `parts` under the key for `purpose`. Each part
    /// goes in with its length, so that no two lists of parts look alike.
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = keyed(&self.derive(purpose));
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// [`Keys::mac`] in hexadecimal, for a column.
    pub fn hash(&self, purpose: Purpose, parts: &[&[u8]]) -> String {
        hex(&self.mac(purpose, parts))
    }

    /// Seals `plain` for ourselves. It opens only with the same `bound_to`.
    pub fn seal(&self, purpose: Purpose, bound_to: &[u8], plain: &[u8]) -> Vec<u8> {
        DataKey::new(self.derive(purpose)).seal(bound_to, plain)
    }

    /// Opens what [`Keys::seal`] sealed; none if a bit of it, its purpose or
    /// what it is bound to differs.
    pub fn open(&self, purpose: Purpose, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let opened = |key: &Secret<[u8; 32]>| DataKey::new(derived(key.expose(), purpose)).open(bound_to, sealed);
        if purpose.is_rotated() { self.rotated().opening.iter().find_map(opened) } else { opened(&self.root) }
    }

    /// The key for one purpose, as bytes: for a library that does its own HMAC.
    pub fn derive(&self, purpose: Purpose) -> [u8; 32] {
        let rotated = self.rotated().opening.first().filter(|_| purpose.is_rotated()).cloned();
        derived(rotated.as_ref().unwrap_or(&self.root).expose(), purpose)
    }

    fn rotated(&self) -> Rotated {
        // Nothing panics while it is held; if it did, what it holds is whole all the same.
        self.rotated.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn derived(key: &[u8; 32], purpose: Purpose) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(format!("candour/1/{purpose:?}").as_bytes());
    mac.finalize().into_bytes().into()
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    use hmac::KeyInit;
    // HMAC fills a short key up to SHA-256's block with zeros: RFC 2104 section 2.
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::<Sha256>::new(&block.into())
}

/// SHA-256 (FIPS 180-4) in hexadecimal.
pub fn sha256(data: &[u8]) -> String {
    hex(&Sha256::digest(data))
}

/// Whether two secrets are the same, in time that does not tell where they differ.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// Bytes from the operating system. It is meant to end the process when the
/// system has none: nothing may go on with a weaker secret.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness no secret is one")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new("swordfish");
        assert!(!format!("{secret:?} {secret} {:?}", Keys::new([7; 32])).contains("swordfish"));
    }

    #[test]
    fn what_is_sealed_opens_only_with_what_it_is_bound_to() {
        let keys = Keys::random();
        let sealed = keys.seal(Purpose::Draft, b"ticket", b"answers");
        assert_eq!(keys.open(Purpose::Draft, b"ticket", &sealed).as_deref(), Some(&b"answers"[..]));
        assert_eq!(keys.open(Purpose::Draft, b"another", &sealed), None);
        assert_eq!(keys.open(Purpose::Session, b"ticket", &sealed), None);
        assert_eq!(Keys::random().open(Purpose::Draft, b"ticket", &sealed), None);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let keys = Keys::random();
        assert_ne!(keys.mac(Purpose::Code, &[b"ab", b"c"]), keys.mac(Purpose::Code, &[b"a", b"bc"]));
    }
}
