//! What people wrote in their own words, read and added to the release.

use super::HR;
use crate::app::App;
use crate::audit::Action;
use crate::campaign::Campaign;
use crate::cli::campaign::record;
use crate::comment::marks::{self, Surroundings};
use crate::comment::redact::{self, Redaction};
use crate::comment::{Decision, Opened, Review, Why, annex, reading, review};
use crate::db::Conn;
use crate::demo;
use crate::staff::account;
use crate::survey::Code;
use anyhow::Context;

/// One in so many is left for whoever tries the demo.
const LEFT: usize = 6;

/// HR reads most of what was written, and adds it to the latest release.
pub(super) fn read(conn: &mut Conn, app: &App, campaign: &Campaign, release: u32) -> anyhow::Result<()> {
    let reader = account::by_email(conn, &HR.parse().context("the demo's addresses are right")?)?;
    account::let_read_comments(conn, &reader.context("HR has an account")?.id, true)?;
    let reading = reading::open(conn, &app.keys, campaign)?;
    let around = reading.surroundings(campaign);
    for topic in &reading.topics {
        for comment in topic.comments.iter().enumerate().filter(|(at, _)| at % LEFT != 0).map(|(_, one)| one) {
            let decided = decided(comment, &around)?;
            review::save(conn, &app.keys, campaign, &comment.id, &comment.state, decided)?;
        }
    }
    let proposal = annex::create::propose(conn, &app.keys, campaign, release)?;
    annex::create::create(conn, &app.keys, campaign, release, &proposal.annex.hash)?;
    record(conn, app, Action::ApproveComments, campaign)
}

fn decided(comment: &Opened, around: &Surroundings) -> anyhow::Result<Review> {
    let known = demo::comments::find(&comment.text).context("the demo knows its own comments")?;
    let certain = marks::find(&comment.text, around).into_iter().filter(|mark| mark.kind.is_certain());
    let certain = certain.map(|mark| Redaction { span: mark.span, reason: mark.kind.reason() });
    let by_hand = known.take.iter().flat_map(|(passage, reason)| {
        redact::find(&comment.text, passage).into_iter().map(|span| Redaction { span, reason: *reason })
    });
    let themes = known.themes.iter().map(|code| Code::new(*code)).collect::<Result<_, _>>()?;
    Ok(Review {
        decision: if known.is_private { Decision::NotPublished(Why::Somebody) } else { Decision::Approved },
        redactions: redact::merged(&comment.text, certain.chain(by_hand).collect()),
        themes,
        ..Review::none()
    })
}
