//! The code in an e-mailed link or a letter.

use crate::secret::{self, Keys, Purpose};
use crate::typed;
use std::fmt;

/// How many codes there are: 29^11, 53 bits.
const CODES: u128 = 29_u128.pow(11);

/// A code in the clear: on its way into an e-mail or letter, or as somebody
/// brought it back. The database keeps [`InvitationCode::hash`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationCode(u128);

impl InvitationCode {
    pub fn random() -> Self {
        // 128 random bits, so that no code is likelier than another by more than
        // one part in 2^74.
        InvitationCode(u128::from_le_bytes(secret::random_bytes()) % CODES)
    }

    /// As it was typed or stood in a link; none if it cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        typed::read(text, typed::CODE_DIGITS).map(InvitationCode)
    }

    /// For people and links: `ABCD-EFGH-JKMN`.
    pub fn spell(&self) -> String {
        typed::spell(self.0, typed::CODE_DIGITS)
    }

    /// What the code's ticket is made from.
    pub fn as_bytes(&self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// What the database keeps of it. Worth nothing without the installation's
    /// key: 53 bits alone could be tried out.
    pub fn hash(&self, keys: &Keys) -> String {
        keys.hash(Purpose::Code, &[&self.as_bytes()])
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode([secret])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_and_does_not_print() {
        for _ in 0..200 {
            let code = InvitationCode::random();
            assert!(code.0 < CODES);
            assert_eq!(InvitationCode::read(&code.spell().to_lowercase()), Some(code.clone()));
            assert!(!format!("{code:?}").contains(&code.spell()));
        }
    }

    #[test]
    fn its_hash_needs_the_key() {
        let code = InvitationCode::random();
        let keys = Keys::random();
        assert_eq!(code.hash(&keys), code.clone().hash(&keys));
        assert_ne!(code.hash(&keys), code.hash(&Keys::random()));
    }
}
