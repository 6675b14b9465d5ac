//! The crossings of campaigns, in the order of the tables.

use super::broken;
use crate::campaign::Crossing;
use crate::db::Conn;
use crate::db::schema::campaign_crossing;
use crate::id::CampaignId;
use crate::survey::Code;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Its breakdowns are there already.
pub(super) fn insert_crossings(conn: &mut Conn, campaign: &CampaignId, crossings: &[Crossing]) -> QueryResult<()> {
    for (position, (question, by_question)) in (0..).zip(crossings) {
        diesel::insert_into(campaign_crossing::table)
            .values((
                campaign_crossing::campaign_id.eq(campaign),
                campaign_crossing::position.eq::<i32>(position),
                campaign_crossing::question.eq(question.as_str()),
                campaign_crossing::by_question.eq(by_question.as_str()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn crossings_of<'a>(
    conn: &mut Conn,
    campaigns: impl IntoIterator<Item = &'a CampaignId>,
) -> QueryResult<BTreeMap<CampaignId, Vec<Crossing>>> {
    let rows: Vec<(CampaignId, String, String)> = campaign_crossing::table
        .filter(campaign_crossing::campaign_id.eq_any(campaigns))
        .order((campaign_crossing::campaign_id, campaign_crossing::position))
        .select((campaign_crossing::campaign_id, campaign_crossing::question, campaign_crossing::by_question))
        .load(conn)?;
    let mut of: BTreeMap<CampaignId, Vec<Crossing>> = BTreeMap::new();
    for (id, question, by_question) in rows {
        let crossing = (Code::new(question).map_err(broken)?, Code::new(by_question).map_err(broken)?);
        of.entry(id).or_default().push(crossing);
    }
    Ok(of)
}
