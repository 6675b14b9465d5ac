//! What the database holds of somebody who asked for an interview: while it is
//! open nothing that reads, and afterwards nothing at all.

use super::panel::{NUMBER, Panel, request};
use crate::support::{Catalog, TestApp};
use candour::db::Conn;
use candour::db::schema::interview::dsl;
use candour::id::InterviewId;
use candour::interview::{self, Draft, Plan};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeMap;

/// What the person left and said, and what the interviewer noted.
const SECRETS: [&str; 8] = [
    "Robin",
    "Reliant",
    NUMBER,
    "Mornings",
    "The canteen",
    "a quieter desk by the window",
    "sounded tired",
    "hours, not desks",
];

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

/// All of SQLite's files, the write-ahead log and free pages included; on
/// PostgreSQL all rows. What is ASCII is as it is there.
fn contents(app: &TestApp) -> String {
    if let Some(file) = app.app.settings.database.file() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let files = std::fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        let ours = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&name));
        let bytes: Vec<u8> = ours.flat_map(|path| std::fs::read(path).unwrap()).collect();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let tables: Vec<String> = Catalog::read(&app.app.db).0.into_keys().collect();
    app.app
        .db
        .read_blocking(|conn| {
            let mut all = String::new();
            for table in tables {
                let rows: Vec<Line> =
                    diesel::sql_query(format!("SELECT t::text AS text FROM \"{table}\" t")).load(conn)?;
                rows.iter().for_each(|row| all.push_str(&row.text));
            }
            diesel::QueryResult::Ok(all)
        })
        .unwrap()
}

fn assert_nothing_reads(app: &TestApp, when: &str) {
    let contents = contents(app);
    assert!(contents.contains("Westmere"), "nothing was looked at");
    for secret in SECRETS {
        assert!(!contents.contains(secret), "{secret:?} when {when}");
    }
}

/// The sealed texts of a case, in pieces: not one of them may be left.
fn sealed(conn: &mut Conn, id: &InterviewId) -> QueryResult<Vec<String>> {
    let (details, draft): (String, Option<String>) =
        dsl::interview.find(id).select((dsl::details, dsl::draft)).first(conn)?;
    let pieces = |text: &str| -> Vec<String> {
        text.as_bytes().chunks_exact(64).map(|piece| String::from_utf8(piece.to_vec()).unwrap()).collect()
    };
    Ok([pieces(&details), pieces(&draft.unwrap_or_default())].concat())
}

/// How many pieces are there. A few lie across two pages of a file, and are not
/// found.
fn found(app: &TestApp, pieces: &[String]) -> usize {
    let contents = contents(app);
    pieces.iter().filter(|piece| contents.contains(piece.as_str())).count()
}

/// Much was said: a draft of several pages of the database.
fn long_draft() -> Draft {
    let said = "a quieter desk by the window, ".repeat(200);
    let pages = BTreeMap::from([(super::panel::code("reasons"), vec![("q.stay".to_owned(), said)])]);
    Draft { pages, notes: "sounded tired".to_owned(), ..Draft::default() }
}

on_both! {
    fn nothing_reads_while_an_interview_is_open_and_nothing_is_left_of_it(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        assert_nothing_reads(&app, "taken");
        let at = "2026-09-03T14:30:00".parse().unwrap();
        panel.plan(&ivor, &id, Some(Plan { at, minutes: 30, place: "The canteen".to_owned() })).unwrap();
        panel.save(&ivor, &id, 0, &long_draft()).unwrap();
        assert_nothing_reads(&app, "under way");
        let token = panel.link(&ivor, &id).unwrap();
        panel.write(|conn| interview::correct(conn, &app.app.keys, &token, "hours, not desks"));
        assert!(!contents(&app).contains(&token), "the link's token is kept as a hash");
        panel.run();
        assert_nothing_reads(&app, "read back");

        let pieces = panel.read(|conn| sealed(conn, &id));
        let before = found(&app, &pieces);
        assert!(pieces.len() > 100 && before * 10 > pieces.len() * 9, "{before} of {} pieces", pieces.len());
        panel.close(&ivor, &id, 1).unwrap();
        panel.run();
        assert_eq!(found(&app, &pieces), 0, "of {} pieces", pieces.len());
        assert_nothing_reads(&app, "handed in");
    }

    fn nothing_is_left_of_what_was_withdrawn_or_became_too_old(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        for is_withdrawn in [true, false] {
            let (person, id) = panel.taken_by(&ivor, request());
            panel.save(&ivor, &id, 0, &long_draft()).unwrap();
            let pieces = panel.read(|conn| sealed(conn, &id));
            if is_withdrawn {
                assert!(panel.withdraw(&person));
            } else {
                panel.pass_days(42);
            }
            panel.run();
            assert_eq!(found(&app, &pieces), 0, "of {} pieces", pieces.len());
        }
    }
}
