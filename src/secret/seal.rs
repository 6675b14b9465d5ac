//! Sealing with a key of its own: XChaCha20-Poly1305 with a random nonce in front.

use super::{Secret, random_bytes};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// A key that seals one kind of thing.
#[derive(Clone, Debug)]
pub struct DataKey(Secret<[u8; 32]>);

impl DataKey {
    pub fn new(key: [u8; 32]) -> Self {
        DataKey(Secret::new(key))
    }

    pub fn random() -> Self {
        DataKey::new(random_bytes())
    }

    /// For sealing it with another.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// It opens only with the same `bound_to`.
    pub fn seal(&self, bound_to: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 24] = random_bytes();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound_to });
        // Encryption fails only for texts of 256 GiB; a body limit stands before it.
        let mut out = nonce.to_vec();
        out.extend(sealed.unwrap_or_default());
        out
    }

    /// None if a bit of it or what it is bound to differs.
    pub fn open(&self, bound_to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<24>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: bound_to }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.expose().into())
    }
}
