//! The keys of the key file: the root, and after it those that seal interviews and
//! campaigns' keys.
//!
//! The root cannot be changed: the codes that are out hang on it. What open
//! interviews hold of people, and what was handed in and not counted yet, hangs on a
//! key that can be, so that a copy of the file from long ago opens nothing of today.
//! The database names, by its fingerprint, the one that it is sealed with now; as long
//! as it names none (a key file from before there were such keys), that is the root.

use super::{Keys, Purpose, Rotated, Secret, hex, keyed, random_bytes};
use hmac::Mac;
use std::sync::PoisonError;

/// The bytes of a key file that is well formed.
#[derive(Clone, Debug)]
pub struct KeyRing {
    root: Secret<[u8; 32]>,
    further: Vec<SealingKey>,
}

/// A key that seals interviews and campaigns' keys, as the key file holds it.
#[derive(Clone, Debug)]
pub struct SealingKey(Secret<[u8; 32]>);

impl SealingKey {
    pub fn random() -> Self {
        SealingKey(Secret::new(random_bytes()))
    }

    /// What the database knows it by; nothing follows from it about the key.
    pub fn fingerprint(&self) -> String {
        let mut mac = keyed(self.0.expose());
        mac.update(b"candour/1/sealing fingerprint");
        hex(&mac.finalize().into_bytes())
    }
}

impl KeyRing {
    /// A root, and a key for sealing: what hangs on the root hangs on it for good.
    pub fn random() -> Self {
        KeyRing { root: Secret::new(random_bytes()), further: vec![SealingKey::random()] }
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

    /// What the database knows the root by; nothing follows from it about the root.
    pub fn fingerprint(&self) -> String {
        Keys::new(*self.root.expose()).fingerprint()
    }

    /// What a database that was never used is to be sealed with; none: a file from
    /// before there were such keys, and it is sealed with the root.
    pub fn newest(&self) -> Option<&SealingKey> {
        self.further.last()
    }

    /// The sealing key of this fingerprint.
    pub fn find(&self, fingerprint: &str) -> Option<&SealingKey> {
        self.further.iter().find(|key| key.fingerprint() == fingerprint)
    }

    /// The keys to work with where the sealing key is the one of this fingerprint
    /// (none: the root). None if it is not there.
    pub fn keys(&self, sealed_with: Option<&str>) -> Option<Keys> {
        Some(Keys::of(*self.root.expose(), self.rotated(sealed_with)?))
    }

    fn rotated(&self, sealed_with: Option<&str>) -> Option<Rotated> {
        let sealing = match sealed_with {
            Some(fingerprint) => &self.find(fingerprint)?.0,
            None => &self.root,
        };
        Some(Rotated { opening: vec![sealing.clone()], fingerprint: sealed_with.map(str::to_owned) })
    }
}

impl Keys {
    /// What the database knows the root by.
    pub fn fingerprint(&self) -> String {
        self.hash(Purpose::Fingerprint, &[])
    }

    /// The same, but sealed is with `key` from now on. What the key before it sealed
    /// still opens.
    pub fn sealing_with(&self, key: &SealingKey) -> Keys {
        let mut opening = vec![key.0.clone()];
        opening.extend(self.rotated().opening.first().cloned());
        Keys::of(*self.root.expose(), Rotated { opening, fingerprint: Some(key.fingerprint()) })
    }

    /// What the database knows the sealing key by; none: it is the root.
    pub fn sealing_fingerprint(&self) -> Option<String> {
        self.rotated().fingerprint
    }

    /// Goes over, in all copies of these keys, to the sealing key of this fingerprint
    /// out of the file as it is now. False: it is not there, or the file is another
    /// installation's; nothing has changed then.
    pub fn follow(&self, ring: &KeyRing, sealed_with: Option<&str>) -> bool {
        let is_ours = *ring.root.expose() == *self.root.expose();
        let Some(rotated) = ring.rotated(sealed_with).filter(|_| is_ours) else { return false };
        *self.rotated.write().unwrap_or_else(PoisonError::into_inner) = rotated;
        true
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
    fn copies_of_the_keys_follow_a_file_that_was_changed() {
        let (old, new) = (SealingKey::random(), SealingKey::random());
        let ring = KeyRing::random().with(vec![old.clone()]);
        let keys = ring.keys(Some(&old.fingerprint())).unwrap();
        let copy = keys.clone();
        assert!(!keys.follow(&ring, Some(&new.fingerprint())));
        assert!(!keys.follow(&KeyRing::random().with(vec![new.clone()]), Some(&new.fingerprint())));
        assert!(keys.follow(&ring.with(vec![new.clone()]), Some(&new.fingerprint())));
        assert_eq!(copy.sealing_fingerprint(), Some(new.fingerprint()));
        let sealed = ring.with(vec![new.clone()]).keys(Some(&new.fingerprint())).unwrap();
        let sealed = sealed.seal(Purpose::Interview, b"case", b"text");
        assert_eq!(copy.open(Purpose::Interview, b"case", &sealed).as_deref(), Some(&b"text"[..]));
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
