//! Decisions, themes and annexes at rest: queries, and an annex as it was frozen.

use super::annex::{self, Annex};
use super::theme::Theme;
use crate::db::Conn;
use crate::db::schema::{comment_annex, comment_review, comment_theme};
use crate::id::{CampaignId, CommentId};
use crate::release;
use crate::survey::Code;
use diesel::prelude::*;
use diesel::result::Error::{DeserializationError, SerializationError};

/// The annex of a release, if there is one: as it was frozen, to the release that is
/// there, or an error.
pub fn annex(conn: &mut Conn, campaign: &CampaignId, number: u32) -> QueryResult<Option<Annex>> {
    let row: Option<String> =
        comment_annex::table.find((campaign, to_row(number)?)).select(comment_annex::body).first(conn).optional()?;
    row.map(|body| verified(conn, campaign, number, &body)).transpose()
}

/// All annexes of a campaign, first to last; see [`annex()`].
pub(super) fn annexes(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Annex>> {
    let ours = comment_annex::table.filter(comment_annex::campaign_id.eq(campaign)).order(comment_annex::number);
    let rows: Vec<(i32, String)> = ours.select((comment_annex::number, comment_annex::body)).load(conn)?;
    rows.iter().map(|(number, body)| verified(conn, campaign, from_row(*number)?, body)).collect()
}

/// The releases of a campaign that have an annex.
pub fn with_annex(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<u32>> {
    let ours = comment_annex::table.filter(comment_annex::campaign_id.eq(campaign)).order(comment_annex::number);
    let numbers: Vec<i32> = ours.select(comment_annex::number).load(conn)?;
    numbers.into_iter().map(from_row).collect()
}

fn verified(conn: &mut Conn, campaign: &CampaignId, number: u32, body: &str) -> QueryResult<Annex> {
    let annex = annex::verify(body).map_err(|e| DeserializationError(Box::new(e)))?;
    let release = release::store::find(conn, campaign, number)?;
    if annex.release == number && release.is_some_and(|release| release.hash == annex.release_hash) {
        return Ok(annex);
    }
    Err(DeserializationError(format!("the annex of release {number} belongs to another release").into()))
}

/// A unique violation means that the release has one already.
pub(super) fn insert_annex(conn: &mut Conn, campaign: &CampaignId, annex: &Annex, body: &str) -> QueryResult<()> {
    diesel::insert_into(comment_annex::table)
        .values((
            comment_annex::campaign_id.eq(campaign),
            comment_annex::number.eq(to_row(annex.release)?),
            comment_annex::hash.eq(&annex.hash),
            comment_annex::body.eq(body),
        ))
        .execute(conn)
        .map(drop)
}

/// In the order of their comments' ids.
pub(super) fn reviews(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<(CommentId, Vec<u8>)>> {
    comment_review::table
        .filter(comment_review::campaign_id.eq(campaign))
        .order(comment_review::comment_id)
        .select((comment_review::comment_id, comment_review::sealed))
        .load(conn)
}

/// In place of the one that there was.
pub(super) fn put_review(conn: &mut Conn, campaign: &CampaignId, id: &CommentId, sealed: Vec<u8>) -> QueryResult<()> {
    let row = comment_review::table.find((campaign, id));
    if diesel::update(row).set(comment_review::sealed.eq(&sealed)).execute(conn)? == 1 {
        return Ok(());
    }
    diesel::insert_into(comment_review::table)
        .values((
            comment_review::campaign_id.eq(campaign),
            comment_review::comment_id.eq(id),
            comment_review::sealed.eq(sealed),
        ))
        .execute(conn)
        .map(drop)
}

/// A campaign's own themes, in their order; none: nobody has changed those that come
/// with its survey.
pub(super) fn themes(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Theme>> {
    let rows: Vec<(String, String, bool, i32)> = comment_theme::table
        .filter(comment_theme::campaign_id.eq(campaign))
        .order((comment_theme::position, comment_theme::code))
        .select((comment_theme::code, comment_theme::label, comment_theme::is_retired, comment_theme::after_release))
        .load(conn)?;
    let theme = |(code, label, is_retired, after): (String, String, bool, i32)| {
        let code = Code::new(code).map_err(|e| DeserializationError(Box::new(e)))?;
        Ok(Theme { code, label, is_retired, after: from_row(after)? })
    };
    rows.into_iter().map(theme).collect()
}

/// In place of those that there were.
pub(super) fn put_themes(conn: &mut Conn, campaign: &CampaignId, themes: &[Theme]) -> QueryResult<()> {
    diesel::delete(comment_theme::table.filter(comment_theme::campaign_id.eq(campaign))).execute(conn)?;
    for (position, theme) in (0_i32..).zip(themes) {
        diesel::insert_into(comment_theme::table)
            .values((
                comment_theme::campaign_id.eq(campaign),
                comment_theme::code.eq(theme.code.as_str()),
                comment_theme::label.eq(&theme.label),
                comment_theme::position.eq(position),
                comment_theme::is_retired.eq(theme.is_retired),
                comment_theme::after_release.eq(to_row(theme.after)?),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn to_row(number: u32) -> QueryResult<i32> {
    i32::try_from(number).map_err(|e| SerializationError(Box::new(e)))
}

fn from_row(number: i32) -> QueryResult<u32> {
    u32::try_from(number).map_err(|e| DeserializationError(Box::new(e)))
}
