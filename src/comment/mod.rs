//! What people wrote in their own words, between the answers and the report: it is
//! read, redacted, approved and given themes by somebody who has the right to, and then
//! added to a release as an annex that never changes again.
//!
//! - [`batch`]: which comments can be read yet
//! - [`reading`]: those that can, and what was decided about each
//! - [`marks`]: what in a text may tell who somebody is
//! - [`redact`]: what is taken out of a text
//! - [`review`]: a decision about one comment
//! - [`theme`]: what comments can be about
//! - [`annex`]: the quotations and the counted themes that a release gets
//!
//! Nothing lies beside a comment: who wrote it, when, how they answered, what else they
//! said, which release counted it. Nor who read it, or when. A decision is sealed as the
//! comment itself is, and holds nothing of its text: what is published is the text with
//! the passages taken out that the decision names.

pub mod annex;
pub mod batch;
pub mod marks;
pub mod reading;
pub mod redact;
pub mod review;
mod sealing;
pub mod store;
pub mod theme;

pub use annex::{Annex, AnnexQuestion, ThemeCell, Themes};
pub use reading::{Opened, ReadError, Reading, Topic};
pub use redact::{Reason, Redaction, Span};
pub use review::{Decision, Review, SaveError, Why};
pub use theme::Theme;

use crate::db::{self, Conn};
use crate::id::CampaignId;
use diesel::QueryResult;

/// Lets one transaction at a time decide about a campaign's comments, until it ends.
/// Those who hand in answers do not wait.
fn alone(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<()> {
    db::alone(conn, &format!("comments/{campaign}"))
}
