//! The keys of the key file: the root, and after it those that seal interviews.
//!
//! The root cannot be changed: the codes that are out hang on it. What open
//! interviews hold of people is sealed with a key that can be, so that a copy of
//! the file from long ago opens nothing of today. The database names, by its
//! fingerprint, the one that it is sealed with now; as long as it names none, that
//! is a key derived from the root.

use super::{Keys, Purpose, Secret, hex, keyed, random_bytes};
use hmac::Mac;

/// The bytes of a key file that is well formed.
#[derive(Clone, Debug)]
pub struct KeyRing {
    root: Secret<[u8; 32]>,
    further: Vec<SealingKey>,
}

/// A key that seals interviews, as the key file holds it.
#[derive(Clone, Debug)]
pub struct SealingKey(Secret<[u8; 32]>);

impl SealingKey {
    pub fn random() -> Self {
        SealingKey(Secret::new(random_bytes()))
    }

    /// What the database knows it by; nothing follows from it about the key.
    pub fn fingerprint(&self) -> String {
        hex(&self.derive("sealing fingerprint"))
    }

    /// The key itself is used for nothing but deriving.
    pub(super) fn derive(&self, what: &str) -> [u8; 32] {
        let mut mac = keyed(self.0.expose());
        mac.update(format!("candour/1/{what}").as_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl KeyRing {
    /// A root and nothing else.
    pub fn random() -> Self {
        KeyRing { root: Secret::new(random_bytes()), further: Vec::new() }
    }

    /// None: these bytes are not one or more keys of 32.
    pub fn read(bytes: &[u8]) -> Option<KeyRing> {
        let (keys, []) = bytes.as_chunks::<32>() else { return None };
        let (root, further) = keys.split_first()?;
        let further = further.iter().map(|key| SealingKey(Secret::new(*key))).collect();
        Some(KeyRing { root: Secret::new(*root), further })
    }

    pub fn bytes(&self) -> Secret<Vec<u8>> {
        let keys = std::iter::once(&self.root).chain(self.further.iter().map(|key| &key.0));
        Secret::new(keys.flat_map(|key| *key.expose()).collect())
    }

    /// The same root, with these sealing keys and no others.
    pub fn with(&self, further: Vec<SealingKey>) -> KeyRing {
        KeyRing { root: self.root.clone(), further }
    }

    /// The sealing key of this fingerprint.
    pub fn find(&self, fingerprint: &str) -> Option<&SealingKey> {
        self.further.iter().find(|key| key.fingerprint() == fingerprint)
    }

    /// The keys to work with where interviews are sealed with the key of this
    /// fingerprint (none: with one derived from the root). None if it is not there.
    pub fn keys(&self, sealed_with: Option<&str>) -> Option<Keys> {
        let plain = Keys::new(*self.root.expose());
        let Some(fingerprint) = sealed_with else { return Some(plain) };
        let mut keys = plain.sealing_with(self.find(fingerprint)?);
        keys.opening.truncate(1);
        Some(keys)
    }
}

impl Keys {
    /// The same, but interviews are sealed with `key` from now on. What the key
    /// before it sealed still opens.
    pub fn sealing_with(&self, key: &SealingKey) -> Keys {
        let derived = key.derive(&format!("{:?}", Purpose::Interview));
        let mut opening = vec![Secret::new(derived)];
        opening.extend(self.opening.first().cloned());
        Keys { root: self.root.clone(), opening, sealing: Some(key.fingerprint()) }
    }

    /// What the database knows the key by that seals interviews; none: it is
    /// derived from the root.
    pub fn sealing_fingerprint(&self) -> Option<&str> {
        self.sealing.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_one_or_more_whole_keys_is_read_as_it_was_written() {
        let ring = KeyRing::random().with(vec![SealingKey::random(), SealingKey::random()]);
        let read = KeyRing::read(ring.bytes().expose()).unwrap();
        assert_eq!(read.bytes().expose(), ring.bytes().expose());
        assert_eq!(read.bytes().expose().len(), 96);
        for wrong in [0, 1, 31, 33, 95] {
            assert!(KeyRing::read(&vec![7; wrong]).is_none(), "{wrong}");
        }
    }

    #[test]
    fn interviews_are_sealed_with_the_named_key_and_all_else_stays_with_the_root() {
        let (old, new) = (SealingKey::random(), SealingKey::random());
        let ring = KeyRing::random().with(vec![old.clone(), new.clone()]);
        let plain = ring.keys(None).unwrap();
        let keys = ring.keys(Some(&new.fingerprint())).unwrap();
        assert_eq!(keys.hash(Purpose::Code, &[b"code"]), plain.hash(Purpose::Code, &[b"code"]));
        let sealed = keys.seal(Purpose::Interview, b"case", b"07700 900123");
        assert_eq!(keys.open(Purpose::Interview, b"case", &sealed).as_deref(), Some(&b"07700 900123"[..]));
        for other in [plain, ring.keys(Some(&old.fingerprint())).unwrap()] {
            assert_eq!(other.open(Purpose::Interview, b"case", &sealed), None);
        }
        assert!(ring.keys(Some("another")).is_none());
    }

    #[test]
    fn while_keys_change_what_the_key_before_sealed_still_opens() {
        let (old, new) = (SealingKey::random(), SealingKey::random());
        let before = KeyRing::random().with(vec![old.clone()]).keys(Some(&old.fingerprint())).unwrap();
        let sealed = before.seal(Purpose::Interview, b"case", b"text");
        let turning = before.sealing_with(&new);
        assert_eq!(turning.open(Purpose::Interview, b"case", &sealed).as_deref(), Some(&b"text"[..]));
        assert_eq!(before.open(Purpose::Interview, b"case", &turning.seal(Purpose::Interview, b"case", b"text")), None);
    }
}
