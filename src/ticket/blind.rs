//! Signing tickets without seeing them: RSA blind signatures, RFC 9474, variant
//! RSABSSA-SHA384-PSS-Randomized. The server's half; the leaver's is a script.
//!
//! A browser chooses a serial, blinds it with the campaign's public key and has that
//! signed; what it makes of the signature proves that we signed *something* for this
//! campaign, and not for whom. The serial is the random prefix of the RFC's section
//! 4.1, the message is the campaign's id: a signature is good for one campaign, even
//! if two had the same key.

use crate::id::CampaignId;
use crate::secret::{self, Secret};
use blind_rsa_signatures::{
    DefaultRng, KeyPairSha384PSSRandomized, MessageRandomizer, PublicKeySha384PSSRandomized,
    SecretKeySha384PSSRandomized, Signature,
};

/// Bits of the modulus.
const BITS: usize = 2048;

/// What a browser chooses. The RFC's message prefix.
pub type Serial = [u8; 32];

/// A campaign's key for signing tickets. It does not print.
pub struct SigningKey(SecretKeySha384PSSRandomized);

/// What everybody may know of it.
#[derive(Clone)]
pub struct PublicKey {
    key: PublicKeySha384PSSRandomized,
    spki: Vec<u8>,
}

/// The crate does not say more.
#[derive(Debug, thiserror::Error)]
#[error("a key for signing tickets could not be made: {0}")]
pub struct NoKey(#[from] blind_rsa_signatures::Error);

impl SigningKey {
    /// A new one. Takes some tenths of a second.
    pub fn generate() -> Result<SigningKey, NoKey> {
        Ok(SigningKey(KeyPairSha384PSSRandomized::generate(&mut DefaultRng, BITS)?.sk))
    }

    /// PKCS #8, for sealing it.
    pub fn to_der(&self) -> Result<Secret<Vec<u8>>, NoKey> {
        Ok(Secret::new(self.0.to_der()?))
    }

    /// None: that is not one.
    pub fn from_der(der: &[u8]) -> Option<SigningKey> {
        SecretKeySha384PSSRandomized::from_der(der).ok().map(SigningKey)
    }

    pub fn public(&self) -> Result<PublicKey, NoKey> {
        let key = self.0.public_key()?;
        Ok(PublicKey { spki: key.to_der()?, key })
    }

    /// BlindSign (section 4.3): the same for the same, bit by bit. None: that is not
    /// a number below the modulus, written as long as it.
    pub fn sign(&self, blinded: &[u8]) -> Option<Vec<u8>> {
        self.0.blind_sign(blinded).ok().map(|signature| signature.0)
    }
}

impl PublicKey {
    /// From SubjectPublicKeyInfo in DER; none: that is not one.
    pub fn from_spki(spki: &[u8]) -> Option<PublicKey> {
        let key = PublicKeySha384PSSRandomized::from_der(spki).ok()?;
        Some(PublicKey { key, spki: spki.to_vec() })
    }

    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// What people compare: the first 128 bits of SHA-256 over [`PublicKey::spki`],
    /// in eight groups of four digits.
    pub fn fingerprint(&self) -> String {
        let hash = secret::sha256(&self.spki);
        let digits: Vec<char> = hash.chars().take(32).collect();
        digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// Whether the signature is ours, for this serial in this campaign (section 4.5).
    pub fn verify(&self, campaign: &CampaignId, serial: &Serial, signature: &[u8]) -> bool {
        let signature = Signature(signature.to_vec());
        self.key.verify(&signature, Some(MessageRandomizer(*serial)), campaign.as_str()).is_ok()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey([secret])")
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(name: &str) -> CampaignId {
        CampaignId::claimed(name)
    }

    /// What a browser does: blinds, has it signed, and makes the signature of it.
    fn exchanged(key: &SigningKey, id: &CampaignId) -> (Serial, Vec<u8>) {
        let public = key.public().unwrap().key;
        let blinding = public.blind(&mut DefaultRng, id.as_str()).unwrap();
        let signed = key.sign(blinding.blind_message.as_ref()).unwrap();
        let signature = public.finalize(&blind_rsa_signatures::BlindSignature(signed), &blinding, id.as_str()).unwrap();
        (blinding.msg_randomizer.unwrap().0, signature.0)
    }

    #[test]
    fn what_was_signed_blindly_is_good_for_its_campaign_and_serial_only() {
        let (key, id) = (SigningKey::generate().unwrap(), campaign("a"));
        let key = SigningKey::from_der(key.to_der().unwrap().expose()).unwrap();
        let public = PublicKey::from_spki(key.public().unwrap().spki()).unwrap();
        let (serial, signature) = exchanged(&key, &id);
        assert!(public.verify(&id, &serial, &signature));
        assert!(!public.verify(&campaign("b"), &serial, &signature));
        assert!(!public.verify(&id, &[7; 32], &signature));
        let mut wrong = signature.clone();
        wrong[100] ^= 1;
        assert!(!public.verify(&id, &serial, &wrong));
        for wrong in [&signature[1..], &[], &[0; 256], &[255; 256]] {
            assert!(!public.verify(&id, &serial, wrong));
        }
        assert!(!SigningKey::generate().unwrap().public().unwrap().verify(&id, &serial, &signature));
    }

    #[test]
    fn the_same_is_signed_the_same_and_what_is_no_number_below_the_modulus_is_not() {
        let key = SigningKey::generate().unwrap();
        let mut blinded = vec![7; 256];
        blinded[0] = 0;
        assert_eq!(key.sign(&blinded).unwrap(), key.sign(&blinded).unwrap());
        for wrong in [vec![], vec![1; 255], vec![0; 257], vec![255; 256]] {
            assert_eq!(key.sign(&wrong), None, "{}", wrong.len());
        }
    }

    #[test]
    fn a_fingerprint_is_eight_groups_of_four_digits_and_nothing_else_prints() {
        let key = SigningKey::generate().unwrap();
        let fingerprint = key.public().unwrap().fingerprint();
        assert!(fingerprint.split(' ').all(|group| group.len() == 4 && group.bytes().all(|b| b.is_ascii_hexdigit())));
        assert_eq!(fingerprint.len(), 39);
        assert_eq!(format!("{key:?}"), "SigningKey([secret])");
        assert!(PublicKey::from_spki(b"nothing").is_none() && SigningKey::from_der(b"nothing").is_none());
    }
}
