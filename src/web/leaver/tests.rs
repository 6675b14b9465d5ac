//! A leaver's way through the pages, as a browser without script walks it.

use super::refused::{self, Closed};
use crate::campaign::keys;
use crate::clock::Clock;
use crate::db::schema::{campaign, campaign_mode, invitation, organisation};
use crate::id::{CampaignId, InvitationId};
use crate::invitation::{InvitationCode, store};
use crate::response;
use crate::secret::{hex, random_bytes};
use crate::survey::{self, Answers, Lang};
use crate::web::{Error, Fields, Site, server};
use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header;
use actix_web::test::{self, TestRequest};
use diesel::prelude::*;
use scraper::{Html, Selector};

const SURVEY: &str = r#"
code = "try"
kind = "exit"
minutes = 3
title = { en = "Why you leave", cy = "Pam rydych chi'n gadael" }
[scales.agreement]
points = [ { code = "agree", label = "Agree", favourable = true }, { code = "disagree", label = "Disagree" } ]
[[section]]
code = "one"
title = "First things"
[[section.question]]
code = "reason"
type = "single"
label = "What was the reason?"
required = true
options = [ { code = "pay", label = "Pay" }, { code = "work", label = "Work" } ]
[[section.question]]
code = "hours"
type = "number"
label = "How many hours a week?"
unit = "hours"
min = 0
max = 100
bands = [ { code = "all", label = "All", from = 0, to = 100 } ]
[[section]]
code = "pay"
title = "Your pay"
ask_if = [ { question = "reason", any_of = ["pay"] } ]
[[section.question]]
code = "fair"
type = "scale"
label = "My pay was fair"
scale = "agreement"
[[section.question]]
code = "clear"
type = "scale"
label = "My pay was clear"
scale = "agreement"
[[section]]
code = "last"
title = "In your own words"
[[section.question]]
code = "more"
type = "text"
label = "What else?"
max_length = 500
"#;

struct Ground {
    site: Site,
    code: String,
}

fn ground() -> Ground {
    let site = crate::web::tests::site();
    let code = InvitationCode::random();
    let hash = code.hash(&site.app.keys);
    site.app
        .db
        .write_blocking(|conn| {
            let version = survey::store::publish(conn, Clock::system().now(), SURVEY)?;
            diesel::insert_into(organisation::table)
                .values((organisation::id.eq("o"), organisation::name.eq("Milbury Council")))
                .execute(conn)?;
            diesel::insert_into(campaign::table)
                .values((
                    campaign::id.eq("c"),
                    campaign::organisation_id.eq("o"),
                    campaign::survey_version.eq(version.hash),
                    campaign::name.eq("Leavers"),
                    campaign::kind.eq("exit"),
                    campaign::min_base.eq(5),
                    campaign::comment_min_base.eq(10),
                    campaign::opened_on.eq(Clock::system().now().date()),
                    campaign::reminder_days.eq(7),
                    campaign::reminder_limit.eq(2),
                ))
                .execute(conn)?;
            diesel::insert_into(campaign_mode::table)
                .values((
                    campaign_mode::campaign_id.eq("c"),
                    campaign_mode::mode.eq("online"),
                    campaign_mode::position.eq(1),
                    campaign_mode::is_on.eq(true),
                    campaign_mode::since.eq(Clock::system().now().date()),
                ))
                .execute(conn)?;
            let id = InvitationId::random();
            diesel::insert_into(invitation::table)
                .values((
                    invitation::id.eq(&id),
                    invitation::campaign_id.eq("c"),
                    invitation::name.eq("Ann"),
                    invitation::state.eq("offered"),
                ))
                .execute(conn)?;
            store::add_code(conn, &id, &hash)?;
            keys::complete(conn, &site.app.keys)?;
            anyhow::Ok(())
        })
        .unwrap();
    Ground { site, code: code.spell() }
}

impl Ground {
    /// What was answered, opened as a release opens it.
    fn kept(&self) -> Vec<Answers> {
        let (keys, id) = (&self.site.app.keys, CampaignId::claimed("c"));
        let read = self.site.app.db.write_blocking(|conn| {
            response::count_in(conn, keys, &id, 1)?;
            response::counted(conn, keys, &id)
        });
        read.unwrap().into_iter().map(|one| one.answers).collect()
    }
}

struct Page {
    status: u16,
    headers: header::HeaderMap,
    html: String,
}

impl Page {
    fn all(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        html.select(&Selector::parse(selector).unwrap()).map(|found| found.text().collect()).collect()
    }

    fn title(&self) -> String {
        self.all("title").remove(0)
    }

    /// The fields that the page's last form would send as it is.
    fn fields(&self) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.html);
        let form = html.select(&Selector::parse("form").unwrap()).next_back().unwrap();
        let mut fields = Vec::new();
        for found in form.select(&Selector::parse("input, textarea, option[selected]").unwrap()) {
            let attr = |name| found.value().attr(name).map(str::to_owned);
            let is_box = matches!(attr("type").as_deref(), Some("radio" | "checkbox"));
            let Some(name) = attr("name") else { continue };
            let value =
                attr("value").unwrap_or_else(|| found.text().collect::<String>().trim_start_matches('\n').into());
            if !is_box || attr("checked").is_some() {
                fields.push((name, value));
            }
        }
        fields
    }
}

async fn walk<S: Service<actix_http::Request, Response = ServiceResponse, Error = actix_web::Error>>(
    app: &S,
    request: TestRequest,
) -> Page {
    let response = test::call_service(app, request.to_request()).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let html = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
    Page { status, headers, html }
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

fn post(path: &str, fields: &[(String, String)]) -> TestRequest {
    TestRequest::post().uri(path).insert_header(("sec-fetch-site", "same-origin")).set_form(fields)
}

/// The page's form with these fields on top, sent to where it goes.
fn answer(page: &Page, more: &[(&str, &str)]) -> TestRequest {
    let mut fields = page.fields();
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    post("/answer", &fields)
}

/// With the cookies that a page had set.
fn with_cookies(mut request: TestRequest, page: &Page) -> TestRequest {
    for line in page.headers.get_all(header::SET_COOKIE) {
        request = request.cookie(Cookie::parse_encoded(line.to_str().unwrap().to_owned()).unwrap());
    }
    request
}

fn code(code: &str) -> Vec<(String, String)> {
    vec![("code".to_owned(), code.to_owned())]
}

fn count(site: &Site) -> u64 {
    site.app.db.read_blocking(|conn| response::waiting(conn, &CampaignId::claimed("c"))).unwrap()
}

#[actix_web::test]
async fn from_the_link_to_thank_you_and_counted_once() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let invited = walk(&app, get(&format!("/i/{}", ground.code))).await;
    assert_eq!(invited.status, 200);
    assert!(invited.html.contains("Milbury Council") && invited.html.contains("at least 5 people"));
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    assert_eq!(first.title(), "First things – Candour");
    assert!(!first.html.contains(&ground.code), "the code ends where the ticket begins");
    let pay = walk(&app, answer(&first, &[("q.reason", "pay"), ("q.hours", "37"), ("go", "next")])).await;
    assert_eq!(pay.all("h1"), ["Your pay"]);
    assert_eq!(pay.all("fieldset legend"), ["My pay was fair", "My pay was clear"]);
    let last = walk(&app, answer(&pay, &[("q.fair", "agree"), ("go", "next")])).await;
    let check = walk(&app, answer(&last, &[("q.more", "Thank you\n  all"), ("go", "next")])).await;
    assert_eq!(check.all("h1"), ["Check your answers"]);
    assert_eq!(check.all("dd"), ["Pay", "37 hours", "Agree", "Not answered", "Thank you\n  all"]);
    assert_eq!(count(&ground.site), 0, "nothing is kept before Send");
    let sent = walk(&app, post("/answer/send", &check.fields())).await;
    assert_eq!(
        (sent.status, sent.headers.get(header::LOCATION).unwrap().to_str().unwrap()),
        (303, "/thank-you?lang=en")
    );
    assert_eq!(walk(&app, get("/thank-you?lang=en")).await.status, 200);
    let again = walk(&app, post("/answer/send", &check.fields())).await;
    assert_eq!(again.status, 404);
    assert!(again.html.contains("they were counted, once"));
    assert_eq!(count(&ground.site), 1);
}

#[actix_web::test]
async fn whatever_is_of_no_use_gets_one_page() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let ticket = first.all(".ticket").remove(0);
    let mut pages = vec![walk(&app, get("/i/nonsense")).await];
    pages.push(walk(&app, get(&format!("/i/{}", InvitationCode::random().spell()))).await);
    pages.push(walk(&app, post("/", &code(""))).await);
    pages.push(walk(&app, post("/answer/start", &code("22"))).await);
    pages.push(walk(&app, post("/decline", &code("22"))).await);
    pages.push(walk(&app, answer(&first, &[("ticket", "x")])).await);
    pages.push(walk(&app, answer(&first, &[("campaign", "d")])).await);
    let done = answer(&first, &[("q.reason", "work"), ("go", "next")]);
    let done = walk(&app, answer(&walk(&app, done).await, &[("go", "next")])).await;
    assert_eq!(walk(&app, post("/answer/send", &done.fields())).await.status, 303);
    // Spent: by its link, by its ticket, typed, and sent again.
    pages.push(walk(&app, post("/answer/start", &code(&ground.code))).await);
    pages.push(walk(&app, post("/", &code(&ticket))).await);
    pages.push(walk(&app, answer(&first, &[("go", "next")])).await);
    for page in &pages {
        assert_eq!((page.status, &page.html), (404, &pages[0].html));
    }
}

#[actix_web::test]
async fn opening_twice_gets_the_same_ticket_and_the_ticket_alone_is_enough() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let again = walk(&app, post("/answer/start", &code(&ground.code))).await;
    assert_eq!(first.all(".ticket"), again.all(".ticket"));
    let typed = first.all(".ticket").remove(0).to_lowercase().replace('-', " ");
    let resumed = walk(&app, post("/", &code(&typed))).await;
    assert_eq!((resumed.status, resumed.all(".ticket")), (200, first.all(".ticket")));
    let invited = walk(&app, post("/", &code(&ground.code))).await;
    assert!(invited.html.contains("You have begun already"));
}

#[actix_web::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let wrong = walk(&app, answer(&first, &[("q.hours", "lots"), ("go", "next")])).await;
    assert_eq!((wrong.status, wrong.title()), (422, "Error: First things – Candour".to_owned()));
    assert_eq!(wrong.all(".errors li").len(), 2);
    assert!(wrong.html.contains(r##"href="#f-q-hours""##) && wrong.html.contains(r#"id="f-q-hours""#));
    assert!(wrong.fields().contains(&("q.hours".into(), "lots".into())));
    // A half-typed page is left by Back and found again as it was.
    let on = walk(&app, answer(&wrong, &[("q.reason", "pay"), ("q.hours", "37"), ("go", "next")])).await;
    let back = walk(&app, answer(&on, &[("q.clear", "disagree"), ("go", "back")])).await;
    assert!(back.fields().contains(&("q.reason".into(), "pay".into())));
    let on = walk(&app, answer(&back, &[("go", "next")])).await;
    assert!(on.fields().contains(&("q.clear".into(), "disagree".into())));
}

#[actix_web::test]
async fn answers_to_what_is_no_longer_asked_are_not_sent() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let pay = walk(&app, answer(&first, &[("q.reason", "pay"), ("go", "next")])).await;
    let last = walk(&app, answer(&pay, &[("q.fair", "agree"), ("go", "next")])).await;
    let check = walk(&app, answer(&last, &[("go", "next")])).await;
    let change = walk(&app, answer(&check, &[("go", "change:one")])).await;
    let check = walk(&app, answer(&change, &[("q.reason", "work"), ("go", "next")])).await;
    assert_eq!(check.all("h1"), ["Check your answers"]);
    assert_eq!(check.all("h2").len(), 3, "{:?}", check.all("h2"));
    assert_eq!(walk(&app, post("/answer/send", &check.fields())).await.status, 303);
    let kept = serde_json::to_string(&ground.kept()).unwrap();
    assert_eq!(kept, r#"[{"reason":{"one":"work"}}]"#);
}

#[actix_web::test]
async fn the_browsers_own_back_button_loses_nothing() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let text = "It was the workload, and nobody listened. ".repeat(10);
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let pay = walk(&app, answer(&first, &[("q.reason", "pay"), ("go", "next")])).await;
    let last = walk(&app, answer(&pay, &[("q.fair", "agree"), ("go", "next")])).await;
    let check = walk(&app, answer(&last, &[("q.more", &text), ("go", "next")])).await;
    // Back to the first page as the browser kept it, and on from there.
    let changed = answer(&first, &[("q.reason", "pay"), ("q.hours", "20"), ("go", "next")]);
    let pay = walk(&app, with_cookies(changed, &check)).await;
    assert!(pay.fields().contains(&("q.fair".into(), "agree".into())));
    let last = walk(&app, with_cookies(answer(&pay, &[("go", "next")]), &pay)).await;
    assert!(last.fields().contains(&("q.more".into(), text.clone())));
    // The link opened again in the same browser; another ticket's copy is nothing.
    let again = walk(&app, with_cookies(post("/answer/start", &code(&ground.code)), &last)).await;
    assert!(again.fields().contains(&("q.hours".into(), "20".into())));
    let check = walk(&app, answer(&last, &[("go", "next")])).await;
    let sent = walk(&app, with_cookies(post("/answer/send", &check.fields()), &check)).await;
    let cleared: Vec<_> = sent.headers.get_all(header::SET_COOKIE).map(|line| line.to_str().unwrap()).collect();
    assert!(sent.status == 303 && cleared.len() == 1 && cleared.iter().all(|line| line.contains("Max-Age=0")));
    assert!(cleared.iter().all(|line| line.contains("HttpOnly") && line.contains("SameSite=Strict")));
}

#[actix_web::test]
async fn the_head_of_a_page_is_no_longer_than_any_proxy_takes() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let mut longest = 0;
    for texts in 0..30 {
        let texts: Vec<String> = (0..texts).map(|_| hex(&random_bytes::<100>())).collect();
        let mut fields = vec![("q.reason", "pay"), ("go", "next")];
        fields.extend(texts.iter().map(|text| ("q.hours", text.as_str())));
        let page = walk(&app, answer(&first, &fields)).await;
        let head: usize = page.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        longest = longest.max(head);
    }
    assert!((3_000..3_900).contains(&longest), "{longest}");
}

#[actix_web::test]
async fn what_is_sent_is_what_was_shown() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let last = walk(&app, answer(&first, &[("q.reason", "work"), ("go", "next")])).await;
    let check = walk(&app, answer(&last, &[("go", "next")])).await;
    let mut broken = check.fields();
    broken.iter_mut().filter(|(name, _)| name == "state").for_each(|(_, value)| value.truncate(40));
    let shown = walk(&app, with_cookies(post("/answer/send", &broken), &check)).await;
    assert!(shown.html.contains("Some answers could not be taken over"), "{}", shown.html);
    assert_eq!((shown.status, shown.all("dd")[0].as_str(), count(&ground.site)), (200, "Work", 0));
    assert_eq!(walk(&app, post("/answer/send", &shown.fields())).await.status, 303);
}

#[actix_web::test]
async fn what_is_typed_on_the_first_page_takes_no_copy_away() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    for typed in [first.all(".ticket").remove(0), InvitationCode::random().spell()] {
        assert!(!walk(&app, post("/", &code(&typed))).await.headers.contains_key(header::SET_COOKIE), "{typed}");
    }
}

#[actix_web::test]
async fn somebody_who_guesses_does_not_hold_up_who_has_a_ticket() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    for _ in 0..40 {
        walk(&app, get("/i/guess")).await;
    }
    assert_eq!(walk(&app, get(&format!("/i/{}", ground.code))).await.status, 429);
    assert_eq!(walk(&app, answer(&first, &[("q.reason", "pay"), ("go", "next")])).await.status, 200);
    assert_eq!(walk(&app, answer(&first, &[("ticket", "x"), ("go", "next")])).await.status, 429);
}

#[actix_web::test]
async fn a_draft_that_is_not_ours_is_said_and_the_page_is_kept() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let next = walk(&app, answer(&first, &[("q.reason", "work"), ("state", "00ff"), ("go", "next")])).await;
    assert_eq!(next.status, 200);
    assert!(next.html.contains("Some answers could not be taken over"));
    let check = walk(&app, answer(&next, &[("go", "next")])).await;
    assert_eq!(check.all("dd")[0], "Work");
    let mut fields = check.fields();
    fields.retain(|(name, _)| name != "state");
    assert_eq!(walk(&app, post("/answer/send", &fields)).await.status, 422);
    assert_eq!(count(&ground.site), 0);
}

#[actix_web::test]
async fn saying_no_takes_two_steps_and_minds_may_change() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let state = || -> String {
        ground.site.app.db.read_blocking(|conn| invitation::table.select(invitation::state).first(conn)).unwrap()
    };
    let sure = walk(&app, post("/decline", &code(&ground.code))).await;
    assert_eq!((sure.status, state().as_str()), (200, "offered"));
    assert_eq!(walk(&app, post("/decline", &sure.fields())).await.status, 200);
    assert_eq!(state(), "declined");
    assert_eq!(walk(&app, get(&format!("/i/{}", ground.code))).await.status, 200);
    assert_eq!(walk(&app, post("/answer/start", &code(&ground.code))).await.status, 200);
    assert_eq!(state(), "taken_up");
}

#[actix_web::test]
async fn the_pages_speak_welsh_and_change_in_the_middle() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let invited = walk(&app, get(&format!("/i/{}?lang=cy", ground.code))).await;
    assert!(invited.html.contains(r#"<html lang="cy">"#) && invited.html.contains("Ateb ar-lein"));
    let first = walk(&app, post("/answer/start", &code(&ground.code))).await;
    let other = walk(&app, answer(&first, &[("q.reason", "pay"), ("go", "lang:cy")])).await;
    assert!(other.html.contains("Adran 1 o 3"), "{}", other.html);
    assert!(other.fields().contains(&("q.reason".into(), "pay".into())));
}

#[actix_web::test]
async fn guessing_is_slowed_down_and_says_for_how_long() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let mut statuses = Vec::new();
    for _ in 0..40 {
        statuses.push(walk(&app, get(&format!("/i/{}", InvitationCode::random().spell()))).await);
    }
    assert!(statuses.iter().take(30).all(|page| page.status == 404));
    let refused = statuses.iter().find(|page| page.status == 429).expect("guessing is refused in the end");
    assert!(refused.headers.contains_key(header::RETRY_AFTER));
}

#[actix_web::test]
async fn the_first_view_is_small() {
    let ground = ground();
    let app = test::init_service(server(&ground.site)).await;
    let invited = walk(&app, get(&format!("/i/{}", ground.code))).await;
    assert!(invited.html.len() < 6 * 1024, "{}", invited.html.len());
}

#[actix_web::test]
async fn while_the_database_is_away_the_page_keeps_what_was_sent() {
    let ground = ground();
    let sent = Fields::new(vec![("q.more".to_owned(), "My <words>".to_owned())]);
    let request = TestRequest::post().uri("/answer").to_http_request();
    let away = Err(Closed::Failed(Error::Unavailable));
    let response = refused::or_page(away, &ground.site, &request, Lang::En, &sent);
    assert_eq!(response.status().as_u16(), 503);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
    let html = String::from_utf8(to_bytes(response.into_body()).await.unwrap().to_vec()).unwrap();
    assert!(
        html.contains(r#"action="/answer""#) && html.contains(r#"name="q.more" value="My &lt;words&gt;""#),
        "{html}"
    );
}
