//! What happens to open interviews by itself.

use crate::app::App;
use crate::interview;
use crate::invitation;
use anyhow::Context;

/// Gives up what is too old, so that its offer stands again, hands on what nobody
/// took in time, and sees that nothing of what was erased is left behind.
pub(super) async fn see_to(app: &App) -> anyhow::Result<()> {
    let (keys, now) = (app.keys.clone(), app.clock.now());
    app.db
        .write(move |conn| {
            for id in interview::expire(conn, &keys, now)? {
                invitation::stand_again(conn, &id)?;
            }
            interview::hand_on(conn, &keys, now)
        })
        .await
        .context("open interviews could not be seen to")?;
    app.db.forget().await.context("what was erased may still be in the database's log")
}
