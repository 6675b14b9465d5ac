//! HR's pages, through the door.

use crate::app::App;
use crate::campaign::Campaign;
use crate::db::schema::{invitation, mail};
use crate::id::CampaignId;
use crate::response::{self, Mode};
use crate::staff::tests::app;
use crate::survey::{self, Answer, Answers};
use crate::web::visitor::{Visitor, account};
use crate::{campaign, staff};
use actix_web::http::StatusCode;
use chrono::TimeDelta;
use diesel::prelude::*;

/// Ann of Milbury's HR, signed in, with the shipped exit survey published.
pub(super) fn ann(app: &App) -> (Visitor, String) {
    let now = app.clock.now();
    let source = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
    let version = app.db.write_blocking(|conn| survey::store::publish(conn, now, source)).unwrap();
    (Visitor::signed_in(app, &account(app, Some("Milbury Council"), "ann@example.org")), version.hash)
}

/// The form as it is sent when nothing is changed in it.
const USUAL: [(&str, &str); 8] = [
    ("name", "Leavers"),
    ("min_base", "5"),
    ("closing", "rolling"),
    ("reminder_days", "7"),
    ("reminder_limit", "2"),
    ("mode_online", "1"),
    ("offer_days", "3"),
    ("contact_days", "42"),
];

/// Opens a campaign by the form; the path of its page.
pub(super) async fn open(ann: &mut Visitor, survey: &str) -> String {
    let form = [&USUAL[..], &[("survey_version", survey)]].concat();
    let to = ann.post("/hr/campaigns", &form).await.location;
    to.strip_suffix("?done=opened").unwrap().to_owned()
}

pub(super) fn campaign(app: &App, page: &str) -> Campaign {
    let id = CampaignId::claimed(page.rsplit('/').next().unwrap());
    app.db.read_blocking(|conn| campaign::store::get(conn, &id)).unwrap().unwrap()
}

/// That many people have answered.
fn answer(app: &App, page: &str, people: usize) {
    let campaign = campaign(app, page);
    app.db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            let question = survey.questions().find(|question| question.type_name() == "single").unwrap();
            let answers = Answers::from([(question.code.clone(), Answer::One(question.choices()[0].code.clone()))]);
            response::record_all(conn, &app.keys, &campaign.id, Mode::Online, &survey, &vec![answers; people])
        })
        .unwrap();
}

fn queued(app: &App) -> i64 {
    app.db.read_blocking(|conn| mail::table.count().get_result(conn)).unwrap()
}

#[actix_web::test]
async fn a_campaign_is_opened_or_everything_that_is_wrong_is_said_and_what_was_typed_is_kept() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    assert!(ann.get("/hr/campaigns").await.body.contains("Open a campaign"));
    assert!(ann.get("/hr/campaigns/new").await.body.contains(&survey));
    let form = ann.get(&format!("/hr/campaigns/new?survey_version={survey}")).await.body;
    assert!(form.contains("Split figures by") && form.contains("checked"), "{form}");
    let wrong = [
        ("survey_version", survey.as_str()),
        ("name", ""),
        ("min_base", "own"),
        ("min_base_own", "2"),
        ("closing", "date"),
        ("closes_on", "soon"),
        ("reminder_days", "none"),
        ("reminder_limit", "99"),
    ];
    let refused = ann.post("/hr/campaigns", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Enter a name for the campaign",
        "The smallest group must be between",
        "Enter the last day",
        "The days between reminders",
        "The number of reminders",
        "value=\"soon\"",
        "value=\"99\"",
        "#f-min_base_own",
    ] {
        assert!(refused.body.contains(words), "{words} is not in {}", refused.body);
    }
    let page = open(&mut ann, &survey).await;
    let shown = ann.get(&format!("{page}?done=opened")).await.body;
    assert!(shown.contains("Leavers") && shown.contains("The campaign is open."));
    assert!(
        ann.post("/hr/campaigns", &[("survey_version", &survey), ("name", "Leavers")]).await.body.contains("already")
    );
    assert!(ann.get("/hr/campaigns").await.body.contains(&page));
}

#[actix_web::test]
async fn a_campaign_for_the_world_that_crosses_two_breakdowns_is_opened_by_the_form() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let policy = [("breakdowns", "directorate"), ("breakdowns", "role"), ("strict", "yes")];
    let form = [&USUAL[..], &[("survey_version", survey.as_str())], &policy].concat();
    let refused = ann.post("/hr/campaigns", &[&form[..], &[("crossings", "role*contract")]].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Figures cannot be crossed by contract", "<details open>", "value=\"role*contract\" checked"] {
        assert!(refused.body.contains(words), "{words} is not in {}", refused.body);
    }
    let page = ann.post("/hr/campaigns", &[&form[..], &[("crossings", "directorate*role")]].concat()).await.location;
    let page = page.strip_suffix("?done=opened").unwrap();
    let opened = campaign(&app, page);
    let crossed: Vec<_> = opened.crossings.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!((crossed, opened.protection, opened.is_strict), (vec![("directorate", "role")], 5, true));
    let shown = ann.get(page).await.body;
    assert!(shown.contains("? × Which") && shown.contains("Stricter, for publication"), "{shown}");
    let public = ann.get(&format!("/campaigns/{}", opened.id)).await.body;
    assert!(public.contains("made for the world to see") && public.contains("a range of 5 people"), "{public}");
}

#[actix_web::test]
async fn people_come_from_a_file_all_or_none_and_invitations_and_letters_go_out_once() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    let uploads = format!("{page}/people/uploads");
    let bad = "name,email\nAnn,ann@example.org\n,nobody\nCal,cal@\n";
    let refused = ann.upload(&uploads, &[("list", "")], bad.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Line 3") && refused.body.contains("Line 4") && refused.body.contains("Cal,cal@"));
    assert!(!ann.get(&page).await.body.contains("Send "), "nothing was half done");

    let good = "name,email\nAnn,ann@example.org\nBen,ben@example.org\nDee,letter\n";
    assert_eq!(ann.upload(&uploads, &[("list", good)], b"").await.location, format!("{page}?done=added"));
    let again = ann.upload(&uploads, &[], good.as_bytes()).await.body;
    assert!(again.contains("Some were on the list already") && again.contains("Ben"));
    let other = &ann
        .post("/hr/campaigns", &[&USUAL[1..], &[("name", "More leavers"), ("survey_version", &survey)]].concat())
        .await;
    let other = other.location.strip_suffix("?done=opened").unwrap().to_owned();
    let some = "name,email\nBen,BEN@example.org\nEve,eve@example.org\n";
    let twice = ann.upload(&format!("{other}/people/uploads"), &[("list", some)], b"").await.body;
    assert!(twice.contains("Some are on another list too") && twice.contains("Leavers: 1"), "{twice}");
    let by_hand = ann.post(&format!("{page}/people"), &[("name", ""), ("email", "x")]).await;
    assert_eq!(by_hand.status, StatusCode::UNPROCESSABLE_ENTITY);

    assert!(ann.get(&page).await.body.contains("Send 2 invitations"));
    assert!(ann.post(&format!("{page}/sendings"), &[]).await.location.ends_with("?done=sending"));
    assert!(ann.post(&format!("{page}/sendings"), &[]).await.location.ends_with("?done=nobody"));
    assert_eq!(queued(&app), 2);
    assert!(ann.post(&format!("{page}/reminders"), &[]).await.location.ends_with("?done=reminding"));
    assert_eq!(queued(&app), 2, "too soon");

    let letters = ann.post(&format!("{page}/letters"), &[]).await.body;
    assert!(letters.contains("Dear Dee") && letters.contains("<svg") && letters.contains("Annwyl Dee"));
    assert!(ann.post(&format!("{page}/letters"), &[]).await.location.ends_with("?done=nobody"));
    assert!(ann.post(&format!("{page}/letters"), &[("to", "everyone")]).await.body.contains("Dear Dee"));

    assert!(ann.post(&format!("{page}/closure"), &[]).await.location.ends_with("?done=closed"));
    for closed in ["/people/new", "/min-base", "/closure"] {
        assert_eq!(ann.get(&format!("{page}{closed}")).await.status, StatusCode::NOT_FOUND, "{closed}");
    }
    for closed in ["/people", "/sendings", "/reminders", "/letters"] {
        assert_eq!(ann.post(&format!("{page}{closed}"), &[]).await.status, StatusCode::NOT_FOUND, "{closed}");
    }
}

#[actix_web::test]
async fn the_smallest_group_is_raised_and_never_lowered() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    let to = format!("{page}/min-base");
    assert!(ann.post(&to, &[("min_base", "10")]).await.location.ends_with("?done=raised"));
    for wrong in ["5", "1000", "many", ""] {
        let refused = ann.post(&to, &[("min_base", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(campaign(&app, &page).min_base, 10);
}

#[actix_web::test]
async fn a_release_is_refused_when_too_few_answered_and_is_the_same_bytes_for_ever_afterwards() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    answer(&app, &page, 3);
    let refused = ann.post(&format!("{page}/releases"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("2 more responses are needed"), "{}", refused.body);
    answer(&app, &page, 4);
    let to = ann.post(&format!("{page}/releases"), &[]).await.location;
    assert_eq!(to, format!("{page}/releases/1?done=released"));
    let report = ann.get(&to).await;
    assert!(report.status == StatusCode::OK && report.body.contains("Milbury Council"));
    let json = ann.get(&format!("{page}/releases/1.json")).await.body;
    assert!(json.starts_with("{\"organisation\":\"Milbury Council\""), "{json}");
    assert!(ann.get(&format!("{page}/releases/1.csv")).await.body.lines().count() > 3);
    app.clock.advance(TimeDelta::minutes(20));
    answer(&app, &page, 5);
    assert!(ann.post(&format!("{page}/releases"), &[]).await.location.contains("/releases/2"));
    assert_eq!(ann.get(&format!("{page}/releases/1.json")).await.body, json);
    for missing in ["/releases/3", "/releases/3.json", "/releases/x", "/releases/99999999999", "/releases/1.exe"] {
        assert_eq!(ann.get(&format!("{page}{missing}")).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[actix_web::test]
async fn a_report_is_open_to_everybody_while_hr_says_so_and_never_else() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    answer(&app, &page, 6);
    let release = ann.post(&format!("{page}/releases"), &[]).await.location.replace("?done=released", "");
    let id = {
        let campaign = campaign(&app, &page).id;
        app.db.read_blocking(|conn| crate::release::store::find(conn, &campaign, 1)).unwrap().unwrap().id
    };
    let mut anybody = Visitor::new(&app);
    let public = format!("/reports/{id}");
    assert_eq!(anybody.get(&public).await.status, StatusCode::NOT_FOUND);
    ann.post(&format!("{release}/publication"), &[]).await;
    assert!(ann.get(&release).await.body.contains(&public));
    let json = ann.get(&format!("{release}.json")).await.body;
    assert_eq!(anybody.get(&format!("{public}.json")).await.body, json);
    assert_eq!(anybody.get(&public).await.status, StatusCode::OK);
    assert_eq!(anybody.get(&format!("{public}.csv")).await.status, StatusCode::OK);
    ann.post(&format!("{release}/withdrawal"), &[]).await;
    for path in [public.clone(), format!("{public}.json"), format!("{public}.csv")] {
        assert_eq!(anybody.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[actix_web::test]
async fn a_preview_is_seen_before_a_release_is_made_and_does_not_change_with_every_answer() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    let to = format!("{page}/preview");
    answer(&app, &page, 4);
    assert_eq!(ann.get(&to).await.location, page, "there is none yet");
    let refused = ann.post(&to, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("1 more response is needed"), "{}", refused.body);
    answer(&app, &page, 3);
    assert!(ann.get(&page).await.body.contains("Preview the next release"));
    assert_eq!(ann.post(&to, &[]).await.location, to);
    let first = ann.get(&to).await.body;
    assert!(first.contains("What release 1 would show") && first.contains("Make release 1"), "{first}");
    assert!(ann.get(&page).await.body.contains(&to));
    answer(&app, &page, 3);
    assert_eq!(ann.post(&to, &[]).await.location, to);
    assert_eq!(ann.get(&to).await.body, first);
    let releases = format!("{page}/releases");
    let made = ann.post(&releases, &[("number", "1")]).await.location;
    assert_eq!(made, format!("{page}/releases/1?done=released"));
    let again = ann.post(&releases, &[("number", "1")]).await.location;
    assert!(again.ends_with("?done=meanwhile"), "who presses twice is not told that too few have answered: {again}");
    assert!(ann.get(&format!("{page}/releases/1.json")).await.body.contains("\"base\":7"));
    assert_eq!(ann.get(&to).await.location, page);
    assert!(ann.get("/hr/record").await.body.contains("Previewed"));
}

#[actix_web::test]
async fn another_organisations_campaign_is_as_unknown_as_one_that_never_was() {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    answer(&app, &page, 6);
    ann.post(&format!("{page}/releases"), &[]).await;
    let mut mal = Visitor::signed_in(&app, &account(&app, Some("Aldham Council"), "mal@example.org"));
    let nowhere = "/hr/campaigns/nonesuch";
    for rest in
        ["", "/people/new", "/min-base", "/closure", "/preview", "/releases/1", "/releases/1.json", "/releases/1.csv"]
    {
        let (theirs, none) = (mal.get(&format!("{page}{rest}")).await, mal.get(&format!("{nowhere}{rest}")).await);
        assert_eq!((theirs.status, &theirs.body), (StatusCode::NOT_FOUND, &none.body), "{rest}");
    }
    let posts = ["/people", "/sendings", "/reminders", "/letters", "/min-base", "/closure", "/preview", "/releases"];
    for rest in posts.into_iter().chain(["/releases/1/publication", "/releases/1/withdrawal", "/sendings/x/again"]) {
        let (theirs, none) =
            (mal.post(&format!("{page}{rest}"), &[]).await, mal.post(&format!("{nowhere}{rest}"), &[]).await);
        assert_eq!((theirs.status, &theirs.body), (StatusCode::NOT_FOUND, &none.body), "{rest}");
    }
    assert!(!mal.get("/hr/campaigns").await.body.contains("Leavers"));
    assert!(!mal.get("/hr/record").await.body.contains("Leavers"));
    assert!(campaign(&app, &page).closed_on.is_none());
}

#[actix_web::test]
async fn a_token_is_shown_once_and_ended_by_its_organisation_only() {
    let app = app();
    let (mut ann, _) = ann(&app);
    let wrong = ann.post("/hr/tokens", &[("name", " "), ("campaign", "nonesuch"), ("last_day", "soon")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for problem in ["Enter what the token is for", "Choose what it may read", "Choose a campaign", "Enter the last day"]
    {
        assert!(wrong.body.contains(problem), "{problem}");
    }
    assert!(wrong.body.contains("value=\"soon\""), "what was entered is kept");
    let shown = ann.post("/hr/tokens", &[("name", "Dashboard"), ("scopes", "releases:read")]).await.body;
    assert!(shown.contains("<code>candour_"));
    let list = ann.get("/hr/tokens").await.body;
    assert!(list.contains("Dashboard") && !list.contains("<code>candour_"));
    let organisation = app.db.read_blocking(staff::organisation::list).unwrap().remove(0).id;
    let id = app.db.read_blocking(|conn| staff::token::list(conn, &organisation)).unwrap().remove(0).id;
    let mut mal = Visitor::signed_in(&app, &account(&app, Some("Aldham Council"), "mal@example.org"));
    assert_eq!(mal.post(&format!("/hr/tokens/{id}/deletion"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(ann.post(&format!("/hr/tokens/{id}/deletion"), &[]).await.location.ends_with("?done=deleted"));
    assert!(!ann.get("/hr/tokens").await.body.contains("Dashboard"));
}

/// All that HR sees of a campaign that asked one person by e-mail, before and
/// after a reminder, when that person is in this `state`.
async fn seen_of_one_person(state: &str) -> String {
    let app = app();
    let (mut ann, survey) = ann(&app);
    let page = open(&mut ann, &survey).await;
    app.clock.advance(TimeDelta::seconds(1));
    ann.upload(&format!("{page}/people/uploads"), &[], b"name,email\nBen,ben@example.org\n").await;
    app.clock.advance(TimeDelta::seconds(1));
    ann.post(&format!("{page}/sendings"), &[]).await;
    let today = app.clock.now().date();
    app.db
        .write_blocking(|conn| {
            diesel::update(mail::table).set(mail::state.eq("sent")).execute(conn)?;
            let sent = (invitation::times_sent.eq(1), invitation::last_sent_on.eq(today), invitation::state.eq(state));
            diesel::update(invitation::table).set(sent).execute(conn)
        })
        .unwrap();
    app.clock.advance(TimeDelta::seconds(1));
    // Names on the list to whom nothing went out make one person no group.
    let others = (0..9).map(|n| format!("P,p{n}@example.org\n")).collect::<String>();
    ann.upload(&format!("{page}/people/uploads"), &[], format!("name,email\n{others}").as_bytes()).await;
    app.clock.advance(TimeDelta::days(7));
    let account = app.db.read_blocking(|conn| staff::account::by_email(conn, &"ann@example.org".parse().unwrap()));
    let mut ann = Visitor::signed_in(&app, &account.unwrap().unwrap());
    let mut seen = ann.get(&page).await.body;
    let told = ann.post(&format!("{page}/reminders"), &[]).await.location;
    assert_eq!(queued(&app), if state == "offered" { 2 } else { 1 });
    for path in [told.as_str(), page.as_str(), "/hr/record"] {
        seen.push_str(&ann.get(path).await.body);
    }
    seen.replace(page.rsplit('/').next().unwrap(), "x")
}

#[actix_web::test]
async fn nothing_that_hr_sees_says_whether_the_only_one_who_was_asked_has_answered() {
    let outstanding = seen_of_one_person("offered").await;
    assert!(outstanding.contains("Send reminders"));
    for state in ["taken_up", "declined"] {
        assert_eq!(seen_of_one_person(state).await, outstanding, "{state}");
    }
}
