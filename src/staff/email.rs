//! An address that mail can be sent to.

use std::fmt;
use std::str::FromStr;

/// One e-mail address in lower case, so that the same one typed twice is the
/// same. It does not print in `Debug`: addresses stay out of logs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Enter an email address in the correct format, like name@example.com")]
pub struct InvalidEmailAddress;

impl EmailAddress {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmailAddress;

    fn from_str(text: &str) -> Result<Self, InvalidEmailAddress> {
        let text = text.trim().to_lowercase();
        let address: lettre::Address = text.parse().map_err(|_not_an_address| InvalidEmailAddress)?;
        // 254: what fits between the angle brackets of RFC 5321 section 4.5.3.1.3.
        let is_reachable = text.len() <= 254 && address.domain().contains('.') && text.is_ascii();
        is_reachable.then_some(EmailAddress(text)).ok_or(InvalidEmailAddress)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress([address])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_lower_case_and_without_the_spaces_around_it() {
        let address: EmailAddress = "  Ann.Jones@Example.ORG ".parse().unwrap();
        assert_eq!(address.as_str(), "ann.jones@example.org");
        assert!(!format!("{address:?}").contains("ann"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "ann", "ann@", "@example.org", "a b@example.org", "ann@localhost", "a@b.c\r\nBcc: x@y.z"] {
            assert!(text.parse::<EmailAddress>().is_err(), "{text:?}");
        }
    }
}
