//! People who are on the lists of two campaigns: releases of the two are protected each
//! by itself, and whoever compares them might tell who is in one only.

use super::people::Person;
use super::store;
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::BTreeSet;

/// How many of some people are on the list of another campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub campaign: String,
    pub people: usize,
}

/// The other open campaigns of the organisation, of the same kind, that some of `people`
/// are on the list of.
pub fn elsewhere(
    conn: &mut Conn,
    today: NaiveDate,
    campaign: &Campaign,
    people: &[Person],
) -> QueryResult<Vec<Elsewhere>> {
    let these: BTreeSet<_> = people.iter().map(Person::same).collect();
    let mut found = Vec::new();
    for other in campaign::store::list(conn, &campaign.organisation_id)? {
        if other.id != campaign.id && other.kind == campaign.kind && other.takes_invitations(today) {
            let theirs: BTreeSet<_> = store::invited(conn, &other.id)?.iter().map(Person::same).collect();
            let both = these.intersection(&theirs).count();
            found.extend((both > 0).then_some(Elsewhere { campaign: other.name, people: both }));
        }
    }
    Ok(found)
}
