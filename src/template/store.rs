//! Templates at rest: queries, nothing else.

use crate::db::schema::template;
use crate::db::{self, Conn};
use crate::id::OrganisationId;
use crate::report::Template;
use crate::report::template::{Colour, Logo, Look, Part};
use diesel::prelude::*;

type Row = (Option<String>, Option<String>, String, Option<String>, String, Option<Vec<u8>>, Option<String>);

/// The organisation's; Candour's own where none was saved.
pub fn load(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Template> {
    let row: Option<Row> = template::table
        .find(organisation)
        .select((
            template::title,
            template::committee,
            template::parts,
            template::breakdowns,
            template::accent,
            template::logo,
            template::logo_alt,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(read).unwrap_or_default())
}

/// In place of the one that there was. The day is of one paper and is not kept.
pub fn save(conn: &mut Conn, organisation: &OrganisationId, new: &Template) -> QueryResult<()> {
    let parts = new.parts.iter().map(|part| part.code()).collect::<Vec<_>>().join(" ");
    let (logo, logo_alt) = new.look.logo.as_ref().map(|logo| (logo.bytes.clone(), logo.alt.clone())).unzip();
    // Of two who save at once, the later stays.
    db::alone(conn, &format!("template {organisation}"))?;
    diesel::delete(template::table.find(organisation)).execute(conn)?;
    diesel::insert_into(template::table)
        .values((
            template::organisation_id.eq(organisation),
            template::title.eq(&new.title),
            template::committee.eq(&new.committee),
            template::parts.eq(parts),
            template::breakdowns.eq(new.breakdowns.as_ref().map(|codes| codes.join(" "))),
            template::accent.eq(new.look.accent.to_string()),
            template::logo.eq(logo),
            template::logo_alt.eq(logo_alt),
        ))
        .execute(conn)
        .map(drop)
}

/// A part that an earlier Candour had is passed over; so is a colour that cannot be read.
fn read((title, committee, parts, breakdowns, accent, logo, alt): Row) -> Template {
    let codes = |text: String| text.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    Template {
        title,
        committee,
        date: None,
        parts: codes(parts).iter().filter_map(|code| Part::from_code(code)).collect(),
        breakdowns: breakdowns.map(codes),
        look: Look {
            accent: Colour::accent(&accent).unwrap_or_default(),
            logo: logo.zip(alt).map(|(bytes, alt)| Logo { bytes, alt }),
        },
    }
}
