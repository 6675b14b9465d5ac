//! What was kept of answers, opened as a release opens it.

use super::TestApp;
use candour::response::{self, Comment, Counted};
use candour::{campaign, release};
use diesel::QueryResult;

/// All responses and comments of all campaigns; those that waited are counted now.
pub fn kept(app: &TestApp) -> (Vec<Counted>, Vec<Comment>) {
    let keys = &app.app.keys;
    let read = app.app.db.write_blocking(|conn| {
        let (mut responses, mut comments) = (Vec::new(), Vec::new());
        for id in campaign::store::ids(conn)? {
            let number = u32::try_from(release::store::bodies(conn, &id)?.len()).unwrap() + 1;
            response::count_in(conn, keys, &id, number)?;
            responses.extend(response::counted(conn, keys, &id)?);
            comments.extend(response::comments(conn, keys, &id)?);
        }
        QueryResult::Ok((responses, comments))
    });
    read.unwrap()
}
