//! A decision about one comment.

use super::reading::{self, ReadError};
use super::redact::{self, Redaction};
use super::{alone, sealing, store, theme};
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::CommentId;
use crate::secret::Keys;
use crate::survey::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What was decided. It holds nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub decision: Decision,
    /// What is taken out, as [`redact::merged`] leaves it; nothing of what is not to be
    /// published.
    pub redactions: Vec<Redaction>,
    pub themes: BTreeSet<Code>,
    /// To be shown before others, where not all that are approved can be.
    pub is_first: bool,
    /// The release in whose annex it was counted first: its themes are fixed.
    pub counted: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It may be published, without what is taken out.
    Approved,
    NotPublished(Why),
    Later,
}

/// The words are stored: do not change one that is out.
macro_rules! whys {
    ($($name:ident $word:literal $label:literal)+) => {
        /// Why a comment is not to be published.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Why { $($name,)+ }

        impl Why {
            pub const ALL: &[Why] = &[$(Why::$name,)+];

            /// In forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Why::$name => $word,)+ }
            }

            /// As a page says it.
            pub fn label(self) -> &'static str {
                match self { $(Why::$name => $label,)+ }
            }
        }
    };
}

whys! {
    Identifies "identifies" "It would tell who wrote it, whatever is taken out"
    Somebody "somebody" "It is about somebody else"
    Accuses "accuses" "It accuses somebody"
    Harm "harm" "It tells of harm or danger, and has been passed on"
    Abusive "abusive" "It is abusive"
    Unreadable "unreadable" "Nobody here can read it"
    Nothing "nothing" "It says nothing about the question"
}

impl Why {
    pub fn read(word: &str) -> Option<Why> {
        Why::ALL.iter().copied().find(|why| why.as_str() == word)
    }
}

impl Review {
    /// What nobody has looked at is like this.
    pub fn none() -> Review {
        Review {
            decision: Decision::Later,
            redactions: Vec::new(),
            themes: BTreeSet::new(),
            is_first: false,
            counted: None,
        }
    }

    pub fn is_decided(&self) -> bool {
        self.decision != Decision::Later
    }

    /// The text as it may be published; none: it may not be.
    pub fn published(&self, text: &str) -> Option<String> {
        (self.decision == Decision::Approved).then(|| redact::apply(text, &self.redactions))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Not one that can be read in this campaign.
    #[error("there is no such comment")]
    Unknown,
    #[error("somebody else has decided about this comment since")]
    Stale,
    #[error("the comment was counted in the annex of release {0}")]
    Fixed(u32),
    /// Not a mistake that a form of ours can make.
    #[error("what is to be taken out is not in the text")]
    Misfit,
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Keeps a decision, if nobody has decided otherwise since `state` was shown. Of a
/// comment that an annex has counted all that can change is that it is not published
/// any more.
pub fn save(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    id: &CommentId,
    state: &str,
    review: Review,
) -> Result<(), SaveError> {
    alone(conn, &campaign.id)?;
    let reading = reading::open(conn, keys, campaign)?;
    let (_, comment) = reading.find(id).ok_or(SaveError::Unknown)?;
    if comment.state != state {
        return Err(SaveError::Stale);
    }
    let themes = theme::list(conn, &campaign.id, &reading.survey)?;
    let before = comment.review.clone().unwrap_or_else(Review::none);
    let kept = allowed(before, review, &themes)?;
    if !redact::fits(&comment.text, &kept.redactions) {
        return Err(SaveError::Misfit);
    }
    let key = campaign::keys::responses(conn, keys, &campaign.id)?;
    let sealed = sealing::seal(&key, &campaign.id, id, &kept)?;
    Ok(store::put_review(conn, &campaign.id, id, sealed)?)
}

fn allowed(before: Review, wanted: Review, themes: &[theme::Theme]) -> Result<Review, SaveError> {
    let is_open = |code: &Code| themes.iter().any(|theme| theme.code == *code && !theme.is_retired);
    let mut kept = match (before.counted, wanted.decision) {
        (None, _) => Review {
            themes: wanted
                .themes
                .iter()
                .filter(|code| is_open(code) || before.themes.contains(*code))
                .cloned()
                .collect(),
            counted: None,
            ..wanted
        },
        (Some(_), Decision::NotPublished(why)) => Review { decision: Decision::NotPublished(why), ..before },
        (Some(number), Decision::Approved | Decision::Later) => return Err(SaveError::Fixed(number)),
    };
    if let Decision::NotPublished(_) = kept.decision {
        (kept.redactions, kept.is_first) = (Vec::new(), false);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::super::redact::{Reason, Span};
    use super::*;

    #[test]
    fn nothing_of_what_is_not_published_is_kept() {
        let cut = Redaction { span: Span { start: 0, end: 3 }, reason: Reason::Name };
        let wanted = Review {
            decision: Decision::NotPublished(Why::Accuses),
            redactions: vec![cut],
            is_first: true,
            ..Review::none()
        };
        let kept = allowed(Review::none(), wanted, &[]).unwrap();
        assert_eq!((kept.redactions.len(), kept.is_first), (0, false));
    }

    #[test]
    fn what_an_annex_has_counted_can_only_be_withdrawn() {
        let theme = Code::new("pay").unwrap();
        let before = Review {
            decision: Decision::Approved,
            themes: BTreeSet::from([theme]),
            counted: Some(2),
            ..Review::none()
        };
        let again = Review { decision: Decision::Approved, ..Review::none() };
        assert!(matches!(allowed(before.clone(), again, &[]), Err(SaveError::Fixed(2))));
        let gone = Review { decision: Decision::NotPublished(Why::Identifies), ..Review::none() };
        let kept = allowed(before.clone(), gone, &[]).unwrap();
        assert_eq!(
            (kept.counted, kept.themes, kept.decision),
            (Some(2), before.themes, Decision::NotPublished(Why::Identifies))
        );
    }
}
