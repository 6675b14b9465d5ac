//! Reading, redacting and adding comments, through the door.

use super::super::tests::{ann, campaign, open};
use crate::app::App;
use crate::release::{self, UptakeCounts};
use crate::response::{self, Mode};
use crate::staff::{account, tests::app};
use crate::survey::{self, Answer, Answers, Code};
use crate::web::visitor::{Visitor, link_to};
use actix_web::http::StatusCode;

/// People answer, some of them in their own words, and a release counts them.
fn released(app: &App, page: &str, texts: &[&str], silent: usize) {
    let campaign = campaign(app, page);
    let comment = Code::new("comment").unwrap();
    let said = texts.iter().map(|text| Answers::from([(comment.clone(), Answer::Text((*text).to_owned()))]));
    let people: Vec<Answers> = said.chain(std::iter::repeat_n(Answers::new(), silent)).collect();
    let now = app.clock.now();
    app.db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            response::record_all(conn, &app.keys, &campaign.id, Mode::Online, &survey, &people)?;
            release::create(conn, &app.keys, now, &campaign, "Milbury Council", &survey, UptakeCounts::default())?;
            anyhow::Ok(())
        })
        .unwrap();
}

fn let_read(app: &App, may: bool) {
    app.db
        .write_blocking(|conn| {
            let ann = account::by_email(conn, &"ann@example.org".parse().unwrap())?.unwrap();
            account::let_read_comments(conn, &ann.id, may)
        })
        .unwrap();
}

const TEXTS: [&str; 12] = [
    "I rang Oonagh on 01632 960 123 and nobody came",
    "Too much work",
    "Too little pay",
    "More supervision, please",
    "It was time",
    "I will miss the team",
    "The rota changed every week",
    "<b>Bold</b> & brave",
    "আমি কাজ ভালোবাসি",
    "أحببت العمل هنا",
    "Nothing to add",
    "Better computers",
];

/// A reader with a campaign in which twelve comments can be read.
async fn reader(app: &App) -> (Visitor, String) {
    let (mut ann, survey) = ann(app);
    let page = open(&mut ann, &survey).await;
    released(app, &page, &TEXTS, 8);
    let_read(app, true);
    (ann, page)
}

/// Where a comment that begins like this is decided about.
async fn place(ann: &mut Visitor, page: &str, text: &str) -> String {
    let list = ann.get(&format!("{page}/comments/comment")).await.body;
    let line = list.split("<li>").find(|line| line.contains(text)).unwrap_or_else(|| panic!("no {text} in {list}"));
    link_to(line, &format!("{page}/comments/comment/"))
}

fn state(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"state\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Approves or refuses all that are to do.
async fn decide_all(ann: &mut Visitor, page: &str, decision: &[(&str, &str)]) {
    loop {
        let list = ann.get(&format!("{page}/comments/comment")).await.body;
        let Some((_, rest)) = list.split_once("class=\"button\" href=\"") else { return };
        let next = rest.split('"').next().unwrap().to_owned();
        let state = state(&ann.get(&next).await.body);
        let saved = ann.post(&next, &[&[("state", state.as_str())], decision].concat()).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    }
}

#[actix_web::test]
async fn comments_are_for_those_who_were_given_the_right_and_it_can_be_taken_away() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    assert!(ann.get(&page).await.body.contains(&format!("{page}/comments")));
    assert_eq!(ann.get(&format!("{page}/comments")).await.status, StatusCode::OK);
    let one = place(&mut ann, &page, "Too much work").await;
    let_read(&app, false);
    assert!(!ann.get(&page).await.body.contains(&format!("{page}/comments")));
    for path in [format!("{page}/comments"), format!("{page}/themes"), format!("{page}/releases/1/annex"), one] {
        let refused = ann.get(&path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(refused.body.contains("An administrator of this installation can give it to you"));
        assert!(ann.post(&path, &[]).await.status.is_client_error());
    }
}

#[actix_web::test]
async fn a_comment_is_redacted_and_approved_or_the_page_says_what_is_wrong() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    let one = place(&mut ann, &page, "I rang").await;
    let shown = ann.get(&one).await.body;
    for words in [
        "<mark>Oonagh</mark>",
        "<mark>01632 960 123</mark>",
        "nobody came",
        "How it would read",
        "[contact details removed]",
    ] {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }
    assert!(!shown.contains("[name removed]"), "names are offered, not ticked");
    let state = state(&shown);
    let wrong =
        [("state", state.as_str()), ("take", "7-13"), ("passage-1", "Bob"), ("decision", "not"), ("theme", "workload")];
    let refused = ann.post(&one, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "“Bob” is not in the comment",
        "Choose why",
        "value=\"Bob\"",
        "value=\"workload\" checked",
        "value=\"7-13\" checked",
    ] {
        assert!(refused.body.contains(words), "{words} is not in {}", refused.body);
    }
    let right = [
        ("state", state.as_str()),
        ("take", "7-13"),
        ("reason-7-13", "name"),
        ("passage-1", "nobody"),
        ("passage-reason-1", "somebody"),
        ("decision", "approve"),
        ("theme", "workload"),
    ];
    let read = ann.post(&one, &[&right[..], &[("do", "read")]].concat()).await.body;
    assert!(
        read.contains("I rang [name removed] on 01632 960 123 and [details of somebody else removed] came"),
        "{read}"
    );
    assert!(ann.get(&one).await.body.contains("12 of 12 to do"), "showing is not saving");
    let saved = ann.post(&one, &right).await;
    assert!(saved.location.contains(&format!("{page}/comments/comment/")), "{}", saved.location);
    let again = ann.get(&one).await.body;
    assert!(
        again.contains("11 of 12 to do")
            && again.contains("value=\"7-13\" checked")
            && again.contains("taken out by hand")
    );
    let bold = place(&mut ann, &page, "&lt;b&gt;Bold").await;
    let bold = ann.get(&bold).await.body;
    assert!(bold.contains("&lt;b&gt;<mark>Bold</mark>&lt;/b&gt; &amp; brave") && !bold.contains("<b>"), "{bold}");
}

#[actix_web::test]
async fn of_two_readers_the_second_is_told_and_loses_nothing() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    let one = place(&mut ann, &page, "The rota").await;
    let before = state(&ann.get(&one).await.body);
    let first = [("state", before.as_str()), ("decision", "not"), ("why", "accuses")];
    assert_eq!(ann.post(&one, &first).await.status, StatusCode::SEE_OTHER);
    let second = [("state", before.as_str()), ("decision", "approve"), ("theme", "workload"), ("passage-2", "rota")];
    let refused = ann.post(&one, &second).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Somebody else has saved",
        "“not to be published” now",
        "value=\"rota\"",
        "value=\"workload\" checked",
        "value=\"approve\" checked",
    ] {
        assert!(refused.body.contains(words), "{words} is not in {}", refused.body);
    }
    let now = state(&refused.body);
    let again = [&[("state", now.as_str())], &second[1..]].concat();
    assert_eq!(ann.post(&one, &again).await.status, StatusCode::SEE_OTHER);
    assert!(ann.get(&one).await.body.contains("The [details removed] changed every week"));
}

#[actix_web::test]
async fn comments_are_added_to_a_release_once_and_what_was_looked_at_is_what_is_added() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    let annex = format!("{page}/releases/1/annex");
    let early = ann.get(&annex).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("Too few comments have been read"));
    decide_all(&mut ann, &page, &[("decision", "approve"), ("theme", "workload")]).await;
    let shown = ann.get(&annex).await.body;
    assert!(shown.contains("Of 12 that are counted, 1 can be quoted") && shown.contains("<blockquote"), "{shown}");
    let (_, rest) = shown.split_once("name=\"hash\" value=\"").unwrap();
    let hash = rest.split('"').next().unwrap().to_owned();

    let one = place(&mut ann, &page, "It was time").await;
    let state = state(&ann.get(&one).await.body);
    ann.post(&one, &[("state", state.as_str()), ("decision", "not"), ("why", "nothing")]).await;
    let changed = ann.post(&annex, &[("hash", &hash)]).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.body.contains("It has changed since you looked at it"));
    let (_, rest) = changed.body.split_once("name=\"hash\" value=\"").unwrap();
    let hash = rest.split('"').next().unwrap().to_owned();
    assert_eq!(ann.post(&annex, &[("hash", &hash)]).await.location, format!("{annex}?done=added"));
    assert_eq!(ann.post(&annex, &[("hash", &hash)]).await.location, format!("{annex}?done=meanwhile"));
    assert!(ann.get(&annex).await.body.contains("Comments in release 1"));
    assert!(ann.get("/hr/record").await.body.contains("Leavers, release 1: 1 approved to be quoted"));

    let fixed = ann.get(&one).await.body;
    assert!(fixed.contains("It was counted in release 1") && !fixed.contains("Quote it no more"), "{fixed}");
    let other = place(&mut ann, &page, "Too much work").await;
    let body = ann.get(&other).await.body;
    assert!(body.contains("Quote it no more"));
    let (_, rest) = body.split_once("name=\"state\" value=\"").unwrap();
    let state = rest.split('"').next().unwrap().to_owned();
    let again = ann.post(&other, &[("state", state.as_str()), ("decision", "approve")]).await;
    assert!(again.body.contains("only be taken out of later reports"), "{}", again.body);
    let gone = ann.post(&other, &[("state", state.as_str()), ("decision", "not"), ("why", "identifies")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(ann.get(&other).await.body.contains("Not to be published"));
}

#[actix_web::test]
async fn comments_that_come_after_are_read_when_ten_more_have_answered() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    released(&app, &page, &["A new one"], 7);
    let list = format!("{page}/comments/comment");
    assert!(!ann.get(&list).await.body.contains("A new one"), "eight people are too few");
    released(&app, &page, &["Another"], 5);
    let shown = ann.get(&list).await.body;
    assert!(shown.contains("A new one") && shown.contains("Another") && shown.contains("14 of 14 to do"), "{shown}");
}

#[actix_web::test]
async fn themes_are_added_renamed_and_retired() {
    let app = app();
    let (mut ann, page) = reader(&app).await;
    let themes = format!("{page}/themes");
    assert!(ann.get(&themes).await.body.contains("Workload"));
    assert_eq!(ann.post(&themes, &[("label", " Car  parking ")]).await.location, format!("{themes}?done=added"));
    let taken = ann.post(&themes, &[("label", "car parking")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("There is a theme of this name already") && taken.body.contains("#f-label"));
    let one = format!("{themes}/car_parking");
    assert_eq!(ann.post(&one, &[("label-car_parking", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ann.post(&one, &[("label-car_parking", "Parking")]).await.location, format!("{themes}?done=renamed"));
    let comment = place(&mut ann, &page, "Better computers").await;
    assert!(ann.get(&comment).await.body.contains("Parking"));
    assert_eq!(ann.post(&format!("{one}/retirement"), &[]).await.location, format!("{themes}?done=retired"));
    assert_eq!(ann.post(&format!("{one}/retirement"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(!ann.get(&comment).await.body.contains("Parking"));
    assert!(ann.get("/hr/record").await.body.contains("Leavers: Parking"));
}
