//! Typed random ids. They carry no order and no time.

/// 128 random bits in lower-case base 32, 26 characters.
pub fn random() -> String {
    const ALPHABET: [char; 32] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y',
        'z', '2', '3', '4', '5', '6', '7', '8', '9', '0',
    ];
    let mut bits = u128::from_le_bytes(crate::secret::random_bytes());
    std::iter::repeat_with(|| {
        let digit = usize::try_from(bits & 31).unwrap_or(0);
        bits >>= 5;
        ALPHABET.get(digit).copied().unwrap_or('0')
    })
    .take(26)
    .collect()
}

/// Ids as types of their own: an id of one thing is never taken for another's.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, diesel_derive_newtype::DieselNewType)]
        #[serde(from = "String")]
        pub struct $name(String);

        /// As in a URL: [`Self::claimed`].
        impl From<String> for $name {
            fn from(text: String) -> Self {
                $name::claimed(text)
            }
        }

        impl $name {
            pub fn random() -> Self {
                $name(random())
            }

            /// An id as it came in from outside: known only once a query finds it.
            /// With a NUL in it, which PostgreSQL takes for an error and not for
            /// an unknown id, it is nobody's.
            pub fn claimed(text: impl Into<String>) -> Self {
                let text = text.into();
                $name(if text.contains('\0') { String::new() } else { text })
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

ids! {
    OrganisationId
    AccountId
    SessionId
    ApiTokenId
    CampaignId
    InvitationId
    InterviewId
    MailId
    ReleaseId
    ResponseId
    CommentId
    AuditEntryId
    WorkforceId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_no_database_takes_is_nobodys() {
        assert_eq!(CampaignId::claimed("a\0b").as_str(), "");
        assert_eq!(CampaignId::claimed("ab").as_str(), "ab");
        let in_a_url: CampaignId = serde_json::from_str("\"a\\u0000b\"").unwrap();
        assert_eq!(in_a_url.as_str(), "");
        assert_eq!(serde_json::to_string(&CampaignId::claimed("ab")).unwrap(), "\"ab\"");
    }
}
