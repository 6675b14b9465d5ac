//! Secrets that do not print, and what is derived from the installation's key.
//!
//! The key is the one secret that is not in the database. Each use has a key of
//! its own ([`Purpose`]), so that what one part makes is worth nothing to another.

mod ring;

pub use ring::{KeyRing, SealingKey};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
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
    /// What an interview's row holds of a person and of their answers.
    Interview,
    /// Hash of the one-time link by which somebody reads what was written down.
    ReadBack,
    /// What an interview is called in an interviewer's calendar.
    Calendar,
    /// Tells whether this is the key that the database was made with.
    Fingerprint,
}

/// The installation's keys, ready for use.
#[derive(Clone)]
pub struct Keys {
    root: Secret<[u8; 32]>,
    /// What opens interviews; the first of them seals them too. Never empty.
    opening: Vec<Secret<[u8; 32]>>,
    /// The fingerprint of that first one; none: it is derived from the root.
    sealing: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys([secret])")
    }
}

impl Keys {
    /// All of them derived from one key.
    pub fn new(root: [u8; 32]) -> Self {
        let interviews = derived(&root, Purpose::Interview);
        Keys { root: Secret::new(root), opening: vec![Secret::new(interviews)], sealing: None }
    }

    pub fn random() -> Self {
        Keys::new(random_bytes())
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

    /// Seals `plain` for ourselves (XChaCha20-Poly1305 with a random nonce in
    /// front). It opens only with the same `bound_to`.
    pub fn seal(&self, purpose: Purpose, bound_to: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 24] = random_bytes();
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound_to });
        // Encryption fails only for texts of 256 GiB; a body limit stands before it.
        let mut out = nonce.to_vec();
        out.extend(sealed.unwrap_or_default());
        out
    }

    /// Opens what [`Keys::seal`] sealed; none if a bit of it, its purpose or
    /// what it is bound to differs.
    pub fn open(&self, purpose: Purpose, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<24>()?;
        let opened = |key: &[u8; 32]| {
            let payload = Payload { msg: text, aad: bound_to };
            XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload).ok()
        };
        match purpose {
            Purpose::Interview => self.opening.iter().find_map(|key| opened(key.expose())),
            _ => opened(&self.derive(purpose)),
        }
    }

    /// The key for one purpose, as bytes: for a library that does its own HMAC.
    pub fn derive(&self, purpose: Purpose) -> [u8; 32] {
        match (purpose, self.opening.first()) {
            (Purpose::Interview, Some(sealing)) => *sealing.expose(),
            _ => derived(self.root.expose(), purpose),
        }
    }

    fn cipher(&self, purpose: Purpose) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(purpose).into())
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
