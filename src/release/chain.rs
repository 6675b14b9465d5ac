//! The chain of a campaign's releases: each is as it was frozen, and follows the one
//! before it.

use super::freeze::{self, Broken};
use super::model::Release;

/// A release that is not as it was frozen, or not where it belongs.
#[derive(Debug, thiserror::Error)]
#[error("release {number} is not as it was frozen ({reason})")]
pub struct BrokenChain {
    pub number: usize,
    pub reason: Broken,
}

/// Reads a campaign's frozen releases, first to last, unless one was tampered with,
/// or one is missing.
pub fn verified(bodies: Vec<String>) -> Result<Vec<Release>, BrokenChain> {
    let mut releases: Vec<Release> = Vec::new();
    for (number, body) in (1..).zip(bodies) {
        let broken = |reason| BrokenChain { number, reason };
        let release = freeze::verify(&body).map_err(broken)?;
        if release.previous_hash.as_ref() != releases.last().map(|before| &before.hash) {
            return Err(broken(Broken::OutOfChain));
        }
        releases.push(release);
    }
    Ok(releases)
}
