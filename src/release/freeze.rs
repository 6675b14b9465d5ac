//! Freezing: a release becomes a text, with a hash over it, and never changes
//! again. Each holds the hash of the one before, so that none can be replaced or
//! left out without it showing.

use super::model::Release;
use sha2::{Digest, Sha256};

/// A release as it is kept and served, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub hash: String,
    pub body: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("it does not follow the release before it")]
    OutOfChain,
    #[error("this is no release: {0}")]
    NotARelease(#[from] serde_json::Error),
    #[error("the text was changed, or is not as Candour writes it")]
    NotAsWritten,
    #[error("the hash is {stated}, but it is {actual} that belongs to the text")]
    WrongHash { stated: String, actual: String },
}

/// Writes `release` (whatever hash it has) with the hash that belongs to it.
pub fn freeze(mut release: Release) -> Result<Frozen, serde_json::Error> {
    release.hash = hash_of(&release)?;
    Ok(Frozen { body: serde_json::to_string(&release)?, hash: release.hash })
}

/// Reads a frozen release, and makes sure that it is as it was frozen.
pub fn verify(body: &str) -> Result<Release, Broken> {
    let release: Release = serde_json::from_str(body)?;
    let actual = hash_of(&release)?;
    if actual != release.hash {
        return Err(Broken::WrongHash { stated: release.hash, actual });
    }
    // Unknown fields and another layout would be outside the hash.
    if serde_json::to_string(&release)? != body {
        return Err(Broken::NotAsWritten);
    }
    Ok(release)
}

/// SHA-256, in hexadecimal, over the release's JSON with an empty hash.
fn hash_of(release: &Release) -> Result<String, serde_json::Error> {
    let unsigned = Release { hash: String::new(), ..release.clone() };
    let digest = Sha256::digest(serde_json::to_string(&unsigned)?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    #[test]
    fn what_was_frozen_is_read_back() {
        let release = sample::release();
        let frozen = freeze(release.clone()).unwrap();
        assert_eq!(verify(&frozen.body).unwrap(), Release { hash: frozen.hash.clone(), ..release.clone() });
        assert_eq!(freeze(release).unwrap(), frozen, "the same bytes every time");
    }

    #[test]
    fn the_hash_is_that_of_the_text_with_an_empty_hash() {
        let frozen = freeze(sample::release()).unwrap();
        let unsigned = frozen.body.replace(&frozen.hash, "");
        let digest: String = Sha256::digest(unsigned).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, frozen.hash);
    }

    /// As Candour froze it before uptake was counted by mode.
    const EARLIER: &str = concat!(
        r#"{"organisation":"Borsetshire County Council","campaign":"Leavers","survey":{"code":"exit","version":"abc"},"#,
        r#""release":2,"as_of":"2026-09-30","previous_hash":"ab","#,
        r#""hash":"3edc8d8252dc720ac96f7d128d8ca40de84884a5879e4a07c5907cf6f7751611","#,
        r#""policy":{"min_base":5,"comment_min_base":10,"decimals":1},"#,
        r#""uptake":{"as_at":1,"offered":75,"taken_up":{"count":31,"percent":41.3,"low":30.9,"high":52.6}},"#,
        r#""base":30,"tables":[]}"#
    );

    #[test]
    fn a_release_of_an_earlier_candour_is_still_as_it_was_frozen() {
        let release = verify(EARLIER).unwrap();
        assert_eq!(release.uptake.as_ref().map(|uptake| (uptake.offered, uptake.by_mode.is_none())), Some((75, true)));
        assert_eq!(freeze(release).unwrap().body, EARLIER);
    }

    #[test]
    fn whatever_is_changed_shows() {
        let body = freeze(sample::release()).unwrap().body;
        assert!(matches!(verify(&body.replace("\"base\":30", "\"base\":31")), Err(Broken::WrongHash { .. })));
        assert!(matches!(verify(&body.replacen('{', "{\"note\":1,", 1)), Err(Broken::NotAsWritten)));
        assert!(matches!(verify(&format!("{body} ")), Err(Broken::NotAsWritten)));
        assert!(matches!(verify("{}"), Err(Broken::NotARelease(_))));
    }
}
