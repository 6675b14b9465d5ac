//! Passwords: what one must be, and hashing that starves nobody.
//!
//! A password is 12 characters or more and not one of those that everybody
//! tries; no rule says which characters (NIST SP 800-63B section 3.1.1.2). It is
//! kept as Argon2id with the parameters of the OWASP Password Storage Cheat
//! Sheet: 19 MiB, two passes, one lane.

use crate::queue::Queue;
use crate::secret::Secret;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

const MIN_CHARACTERS: usize = 12;
const MAX_CHARACTERS: usize = 256;

/// In lower case, one a line; shorter ones are refused for their length.
const COMMON: &str = include_str!("common_passwords.txt");

/// A password that may be kept.
#[derive(Clone, Debug)]
pub struct Password(Secret<String>);

/// What is kept of a password: a PHC string.
#[derive(Clone, Debug)]
pub struct Hash(Secret<String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    #[error("Password must be {MIN_CHARACTERS} characters or more")]
    TooShort,
    #[error("Password must be {MAX_CHARACTERS} characters or fewer")]
    TooLong,
    #[error("Choose a password that is harder to guess: this one is tried first")]
    Common,
    #[error("Choose a password that is not your name or email address")]
    Known,
}

impl Password {
    /// `known`: what others know of the account, as its name and address.
    pub fn choose(text: &str, known: &[&str]) -> Result<Password, PasswordProblem> {
        let characters = text.chars().count();
        let lower = text.to_lowercase();
        let is_one_character = text.chars().next().is_some_and(|first| text.chars().all(|c| c == first));
        match () {
            () if characters < MIN_CHARACTERS => Err(PasswordProblem::TooShort),
            () if characters > MAX_CHARACTERS => Err(PasswordProblem::TooLong),
            () if is_one_character || COMMON.lines().any(|common| common == lower) => Err(PasswordProblem::Common),
            () if known.iter().any(|known| known.trim().to_lowercase() == lower) => Err(PasswordProblem::Known),
            () => Ok(Password(Secret::new(text.to_owned()))),
        }
    }

    /// Hashes on this thread: some 50 ms of work and 19 MiB. Requests go through
    /// a [`Hasher`].
    pub fn hash(&self) -> Hash {
        // A hash that could not be made is empty, and an empty one fits nothing.
        let hash = argon2().hash_password(self.0.expose().as_bytes()).map(|phc| phc.to_string());
        Hash(Secret::new(hash.unwrap_or_default()))
    }
}

impl Hash {
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether `guess` is the password. With no hash to compare with it does the
/// same work and says no.
fn fits(guess: &str, hash: Option<&str>) -> bool {
    match hash {
        Some(hash) => argon2().verify_password(guess.as_bytes(), hash).is_ok(),
        None => {
            let _same_work = argon2().hash_password(guess.as_bytes());
            false
        }
    }
}

/// Who wants something hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// A browser that signed in before, or that holds a one-time link.
    Known,
    /// Anybody.
    Unknown,
}

/// Too many are waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many people are signing in at this moment")]
pub struct Busy;

/// Hashes off the async threads, one at a time in each lane and with few waiting.
/// A flood of guesses fills its own lane and nobody else's, and takes one core.
#[derive(Clone, Debug)]
pub struct Hasher {
    known: Queue,
    unknown: Queue,
}

/// The one whose turn it is among them.
const PLACES: usize = 32;

impl Default for Hasher {
    fn default() -> Self {
        Hasher { known: Queue::new(1, PLACES), unknown: Queue::new(1, PLACES) }
    }
}

impl Hasher {
    pub async fn hash(&self, password: Password) -> Result<Hash, Busy> {
        self.work(Lane::Known, move || password.hash()).await
    }

    /// Whether `guess` is the password with this hash; slow in either case, and
    /// when there is no hash.
    pub async fn verify(&self, lane: Lane, guess: Secret<String>, hash: Option<String>) -> Result<bool, Busy> {
        self.work(lane, move || fits(guess.expose(), hash.as_deref())).await
    }

    async fn work<T: Send + 'static>(&self, lane: Lane, f: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let queue = match lane {
            Lane::Known => &self.known,
            Lane::Unknown => &self.unknown,
        };
        queue.run(f).await.map_err(|_full_or_stopped| Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_and_being_hard_to_guess_are_the_only_rules() {
        assert!(Password::choose("all lower case words", &[]).is_ok());
        assert!(Password::choose("ŵŷâîôûêëïöüä", &[]).is_ok());
        assert_eq!(Password::choose("elevenchars", &[]).unwrap_err(), PasswordProblem::TooShort);
        assert_eq!(Password::choose(&"ab".repeat(129), &[]).unwrap_err(), PasswordProblem::TooLong);
        assert_eq!(Password::choose("Password1234", &[]).unwrap_err(), PasswordProblem::Common);
        assert_eq!(Password::choose("aaaaaaaaaaaaaa", &[]).unwrap_err(), PasswordProblem::Common);
        let known = ["Ann Jones", "ann.jones@example.org"];
        assert_eq!(Password::choose("Ann.Jones@example.org", &known).unwrap_err(), PasswordProblem::Known);
    }

    #[test]
    fn every_common_password_is_long_enough_to_be_on_the_list_and_in_lower_case() {
        for common in COMMON.lines() {
            assert!(common.chars().count() >= MIN_CHARACTERS && common == common.to_lowercase(), "{common}");
        }
    }

    #[test]
    fn a_hash_is_argon2id_as_owasp_asks_and_fits_its_password_only() {
        let hash = Password::choose("correct horse battery", &[]).unwrap().hash();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
        assert!(fits("correct horse battery", Some(hash.as_str())));
        assert!(!fits("correct horse batterY", Some(hash.as_str())));
        assert!(!fits("correct horse battery", None));
        assert!(!fits("", Some("")));
        assert!(!format!("{hash:?}").contains("argon2id"));
    }

    #[tokio::test]
    async fn a_full_lane_refuses_and_the_other_goes_on() {
        let hasher = Hasher::default();
        let _places = hasher.unknown.fill();
        let guess = || Secret::new("guess".to_owned());
        assert_eq!(hasher.verify(Lane::Unknown, guess(), None).await, Err(Busy));
        assert_eq!(hasher.verify(Lane::Known, guess(), None).await, Ok(false));
    }
}
