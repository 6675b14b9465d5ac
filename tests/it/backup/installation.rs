//! An installation with rows in every table, and what all its rows are.

use crate::interview::panel::{Panel, answered, request};
use crate::support::{Catalog, Column, TestApp};
use candour::clock::Time;
use candour::db::{Conn, Db};
use candour::id::OrganisationId;
use candour::interview::Mode;
use candour::invitation::{self, Person};
use candour::staff::link::{self, LinkPurpose};
use candour::staff::session;
use candour::staff::token::{self, NewToken};
use candour::workforce::{self, Period, Workforce};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::process::{Command, Output};

/// A campaign with a release, people who have answered since, an interview that is
/// going on, and what goes with them.
pub fn populate(app: &TestApp) -> Panel {
    let panel = Panel::new(&app.app);
    let (ivor, ida) = (panel.independent("Ivor"), panel.independent("Ida"));
    panel.declare(&ida, Some("adults"));
    panel.ask(&panel.person(), Mode::Independent, request());
    let (_, case) = panel.holder(&[&ivor]).unwrap();
    panel.take(&ivor, &case).unwrap();
    panel.save(&ivor, &case, 0, &answered("pay")).unwrap();
    staff(&panel, &ivor);
    import(app, 12);
    let released = run(app, &["release", "create", "--campaign", "Leavers 2026"]);
    assert!(released.status.success(), "{released:?}");
    import(app, 7);
    let previewed = run(app, &["release", "preview", "--campaign", "Leavers 2026"]);
    assert!(previewed.status.success(), "{previewed:?}");
    for code in panel.council.codes(&app.app, 3) {
        answer(app, &code);
    }
    let campaign = &panel.council.campaign.id;
    panel.write(|conn| {
        // Bytes, as either database writes them.
        let sealed = if matches!(conn, Conn::Sqlite(_)) { "X'0102'" } else { "'\\x0102'::bytea" };
        for row in [
            format!("INSERT INTO decline_tally (campaign_id, reason, people) VALUES ('{campaign}', 'no_time', 2)"),
            "INSERT INTO guess (counter, number, since) VALUES ('ab', 2, '2026-09-01 09:20:00')".to_owned(),
            format!("INSERT INTO campaign_breakdown VALUES ('{campaign}', 1, 'mode')"),
            format!("INSERT INTO campaign_crossing VALUES ('{campaign}', 0, 'directorate', 'mode')"),
            format!(
                "INSERT INTO template (organisation_id, parts, accent) VALUES ('{}', 'brief made', '#0b5c6b')",
                panel.council.organisation
            ),
            format!("INSERT INTO comment_theme VALUES ('{campaign}', 'pay', 'Pay', 0, FALSE, 0)"),
            format!("INSERT INTO comment_annex VALUES ('{campaign}', 1, 'ab', '{{}}')"),
            format!("INSERT INTO comment_review VALUES ('{campaign}', 'one', {sealed})"),
            format!("INSERT INTO interview_tally VALUES ('{campaign}', 'hr', 3, TRUE, 1)"),
            format!(
                "INSERT INTO interview_pass (interview_id, account_id, is_refused) VALUES ('{case}', '{ida}', FALSE)"
            ),
        ] {
            diesel::sql_query(row).execute(conn)?;
        }
        QueryResult::Ok(())
    });
    panel
}

fn staff(panel: &Panel, account: &candour::id::AccountId) {
    let (keys, now) = (&panel.app.keys, panel.app.clock.now());
    let people = vec![Person::read("Zoë Ångström", "zoe@example.org", "2026-10-01").unwrap()];
    panel.write(|conn| {
        link::mint(conn, keys, now, account, LinkPurpose::SignIn)?;
        session::start(conn, now, account)?;
        workforce(conn, now, &panel.council.organisation)?;
        let new = NewToken {
            campaign_id: Some(panel.council.campaign.id.clone()),
            last_day: now.date().succ_opt(),
            ..NewToken::new(panel.council.organisation.clone(), "Dashboard")
        };
        let (token, _) = token::create(conn, keys, now, new)?;
        token::note_use(conn, now, &token.id)?;
        invitation::invite(conn, &panel.council.campaign, people)?;
        anyhow::Ok(invitation::send(conn, now, &panel.council.campaign)?)
    });
}

fn workforce(conn: &mut Conn, now: Time, organisation: &OrganisationId) -> anyhow::Result<()> {
    let period = Period { from: "2025-09-01".parse()?, to: "2026-08-31".parse()? };
    let rows = workforce::read("role,headcount\nGweithiwr tîm,40\n".as_bytes()).unwrap().rows;
    workforce::keep(conn, now, organisation, &Workforce { period, rows }, None)?;
    Ok(())
}

/// Somebody follows their link, answers and sends.
pub fn answer(app: &TestApp, code: &str) {
    let mut leaver = app.visitor();
    let story = [("q.directorate", "adults"), ("q.reasons", "none"), ("q.stay", "A word of thanks,\nor “two”")];
    leaver.begin_and_answer(&format!("/i/{code}"), &story);
    leaver.send_answers();
}

/// As many responses, each with a comment, from an earlier questionnaire.
pub fn import(app: &TestApp, people: usize) {
    let (map, answers) = (app.folder().join("map.toml"), app.folder().join("answers.csv"));
    let columns = "survey = 'leavers'\n[column.Where]\nquestion = 'directorate'\n[column.Words]\nquestion = 'stay'\n";
    std::fs::write(&map, columns).unwrap();
    let row = |n| format!("{},Text {n}\n", if n % 2 == 0 { "adults" } else { "children" });
    std::fs::write(&answers, format!("Where,Words\n{}", (0..people).map(row).collect::<String>())).unwrap();
    let done = run(
        app,
        // Of two answers that there are, many people give the same.
        &[
            "import",
            "--campaign",
            "Leavers 2026",
            "--again",
            "--map",
            &map.display().to_string(),
            &answers.display().to_string(),
        ],
    );
    assert!(done.status.success(), "{done:?}");
}

/// The same, in a new campaign.
pub fn import_into(app: &TestApp, people: usize) {
    crate::support::council::Council::new(&app.app, "Westmere");
    import(app, people);
}

/// The real program, on this installation.
pub fn run(app: &TestApp, words: &[&str]) -> Output {
    command(app, &app.database_url()).args(words).output().unwrap()
}

/// The real program with the key of this installation, on any database.
pub fn command(app: &TestApp, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candour"));
    command.env_clear().env("CANDOUR_DATABASE", database).env("CANDOUR_KEY_FILE", &app.app.settings.key_file);
    command
}

/// All rows of all tables, the same text for the same value on both databases.
pub fn rows(db: &Db) -> BTreeMap<String, Vec<String>> {
    let catalog = Catalog::read(db).0;
    catalog.into_iter().map(|(table, columns)| (table.clone(), lines(db, &table, columns))).collect()
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

fn lines(db: &Db, table: &str, mut columns: Vec<Column>) -> Vec<String> {
    columns.sort_by(|a, b| a.name.cmp(&b.name));
    let rows: Vec<Line> = db
        .read_blocking(|conn| {
            let is_sqlite = matches!(conn, Conn::Sqlite(_));
            let line: Vec<String> = columns.iter().map(|column| as_text(column, is_sqlite)).collect();
            let query = format!("SELECT {} AS line FROM \"{table}\"", line.join(" || '|' || "));
            diesel::sql_query(query).load(conn)
        })
        .unwrap();
    let mut lines: Vec<String> = rows.into_iter().map(|row| row.line).collect();
    lines.sort();
    lines
}

fn as_text(column: &Column, is_sqlite: bool) -> String {
    let name = format!("\"{}\"", column.name);
    let text = match (column.kind.as_str(), is_sqlite) {
        ("Bool", _) => format!("CASE WHEN {name} THEN 'yes' ELSE 'no' END"),
        ("Binary", true) => format!("lower(hex({name}))"),
        ("Binary", false) => format!("encode({name}, 'hex')"),
        ("Timestamp", _) => format!("substr(CAST({name} AS TEXT), 1, 19)"),
        _ => format!("CAST({name} AS TEXT)"),
    };
    format!("CASE WHEN {name} IS NULL THEN '-' ELSE {text} END")
}
