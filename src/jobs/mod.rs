//! Work that is a row until it is done. The server calls [`run_due`] on a timer,
//! tests call it by hand; several processes may do so at once.

mod interviews;
mod notices;
mod outbox;

use crate::app::App;
use crate::mail::{self, Outcome, Transport};
use crate::staff;
use anyhow::Context;
use chrono::TimeDelta;
use outbox::Next;

pub use crate::invitation::remind;

/// What one round of work came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub sent: u32,
    /// They will not be tried again by themselves.
    pub failed: u32,
    /// They will.
    pub retry: u32,
    /// Nobody knows whether they arrived: HR decides.
    pub uncertain: u32,
}

/// How long after the first, second, ... try the next one comes. After the last
/// it has failed.
const BACK_OFF: [TimeDelta; 5] =
    [TimeDelta::minutes(1), TimeDelta::minutes(5), TimeDelta::minutes(30), TimeDelta::hours(2), TimeDelta::hours(6)];

/// Does what is due: hands on the interviews that nobody took, sends the mails whose
/// time has come, one after the other, and takes away what is over.
pub async fn run_due(app: &App, transport: &Transport) -> anyhow::Result<Report> {
    run_until(app, transport, || false).await
}

/// [`run_due`], but begins nothing more once `is_over`.
pub async fn run_until(app: &App, transport: &Transport, is_over: impl Fn() -> bool) -> anyhow::Result<Report> {
    app.follow_key().await?;
    recover(app, transport).await?;
    // What is wrong there keeps no mail from going out.
    let interviews = interviews::see_to(app).await;
    let mut report = Report::default();
    while !is_over() {
        match outbox::next(app).await.context("the outbox cannot be read")? {
            Next::Nothing => break,
            Next::NotNeeded => {}
            Next::Message(prepared) => {
                let outcome = transport.send(&prepared.claimed.id, prepared.message).await;
                let is_over = matches!(outcome, Outcome::Unreachable(_));
                outbox::settle(app, prepared.claimed, &prepared.code, outcome, &mut report)
                    .await
                    .context("what became of a mail could not be kept")?;
                // What is true of every mail need not be found out with each.
                if is_over {
                    break;
                }
            }
        }
    }
    transport.rest().await;
    if report != Report::default() {
        let Report { sent, failed, retry, uncertain } = report;
        tracing::info!(sent, failed, retry, uncertain, "mail");
    }
    interviews.map(|()| report)
}

/// Takes up what a process left that died. Where doing it again does no harm, it
/// is done again; else nobody knows whether the server took it, and it is left to
/// HR. What another living process is at stays untouched.
pub async fn recover(app: &App, transport: &Transport) -> anyhow::Result<()> {
    let now = app.clock.now();
    let (to, why) = if transport.is_repeatable() {
        (mail::State::Queued, None)
    } else {
        (mail::State::Uncertain, Some("Candour stopped while it was sending this, and cannot tell whether it arrived"))
    };
    app.db
        .write(move |conn| {
            mail::store::recover(conn, now, to, why)?;
            mail::store::delete_sent_links(conn)?;
            staff::sweep(conn, now)
        })
        .await
        .map(drop)
        .context("what is over could not be taken away")
}

#[cfg(test)]
mod tests;
