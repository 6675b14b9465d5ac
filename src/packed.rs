//! JSON made small, for what is sealed.

use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Read;

pub fn pack<T: Serialize>(value: &T) -> serde_json::Result<Vec<u8>> {
    let plain = serde_json::to_vec(value)?;
    let mut packed = Vec::new();
    // Reading from memory into memory does not fail.
    let _ = DeflateEncoder::new(plain.as_slice(), Compression::default()).read_to_end(&mut packed);
    Ok(packed)
}

/// None: not whole, of another form, or longer than `longest` bytes when unpacked.
pub fn unpack<T: DeserializeOwned>(packed: &[u8], longest: u64) -> Option<T> {
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).take(longest).read_to_end(&mut plain).ok()?;
    serde_json::from_slice(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_unpacks_if_it_is_not_too_long() {
        let text = "a".repeat(10_000);
        let packed = pack(&text).unwrap();
        assert!(packed.len() < 100);
        assert_eq!(unpack::<String>(&packed, 1 << 20), Some(text));
        assert_eq!(unpack::<String>(&packed, 1_000), None);
        assert_eq!(unpack::<String>(b"nothing", 1_000), None);
    }
}
