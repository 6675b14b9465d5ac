//! Every route as every role and as the wrong organisation. The table has exactly
//! the routes of `src/web/routes.rs`: a new one that is not in it fails.

use crate::support::council::{Council, administrator};
use crate::support::{Catalog, Column, TestApp, sources};
use candour::campaign::Campaign;
use candour::id::{AccountId, InterviewId, InvitationId, OrganisationId, WorkforceId};
use candour::interview::{self, Channel, Plan, Request};
use candour::release::{self, UptakeCounts};
use candour::response::{self, Mode};
use candour::staff::token::NewToken;
use candour::staff::{self, account, interviewer, session, token};
use candour::survey::{self, Answer, Answers, Code, Lang};
use candour::workforce::{self, Workforce};
use candour::{db::schema, invitation, ticket};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Anybody,
    /// Members of staff, whatever they are.
    Staff,
    Administrator,
    /// HR of the organisation that the thing belongs to.
    Hr,
    /// Those of HR of that organisation who were given the right to read comments.
    Reader,
    /// Whoever holds interviews, for whatever organisation.
    Interviewers,
    /// Programs with a token of that organisation.
    Program,
    /// The interviewer who has taken the case.
    Taker,
}

use For::{Administrator, Anybody, Hr, Interviewers, Program, Reader, Staff, Taker};

/// In the order in which they are tried: what closes or ends something is last.
const TABLE: &[(&str, &str, For)] = &[
    ("GET", "/", Anybody),
    ("POST", "/", Anybody),
    ("GET", "/i/{code}", Anybody),
    ("POST", "/decline", Anybody),
    ("POST", "/interview", Anybody),
    ("POST", "/interview/ask", Anybody),
    ("POST", "/interview/change", Anybody),
    ("POST", "/interview/withdraw", Anybody),
    ("GET", "/read-back/{token}", Anybody),
    ("POST", "/read-back/{token}", Anybody),
    ("GET", "/answer/start", Anybody),
    ("POST", "/answer/start", Anybody),
    ("POST", "/answer/exchange", Anybody),
    ("GET", "/answer/begin", Anybody),
    ("POST", "/answer/begin", Anybody),
    ("GET", "/answer", Anybody),
    ("POST", "/answer", Anybody),
    ("GET", "/answer/send", Anybody),
    ("POST", "/answer/send", Anybody),
    ("GET", "/thank-you", Anybody),
    ("GET", "/healthz", Anybody),
    ("GET", "/readyz", Anybody),
    ("GET", "/assets/{name}", Anybody),
    ("GET", "/promise", Anybody),
    ("GET", "/campaigns/{id}", Anybody),
    ("GET", "/campaigns/{id}/key", Anybody),
    ("GET", "/reports/{id}.{format:[a-z]+}", Anybody),
    ("GET", "/reports/{id}", Anybody),
    ("GET", "/sign-in", Anybody),
    ("POST", "/sign-in", Anybody),
    ("GET", "/sign-in/link", Anybody),
    ("POST", "/sign-in/link", Anybody),
    ("GET", "/sign-in/links/{token}", Anybody),
    ("POST", "/sign-in/links/{token}", Anybody),
    ("GET", "/set-up/{token}", Anybody),
    ("POST", "/set-up/{token}", Anybody),
    ("GET", "/api", Anybody),
    ("GET", "/api/v1/schema/{name}.json", Anybody),
    ("GET", "/api/v1/openapi.json", Anybody),
    ("ANY", "/api/{rest:.*}", Anybody),
    ("GET", "/password", Staff),
    ("POST", "/password", Staff),
    ("GET", "/admin/organisations", Administrator),
    ("POST", "/admin/organisations", Administrator),
    ("GET", "/admin/organisations/new", Administrator),
    ("GET", "/admin/organisations/{id}", Administrator),
    ("POST", "/admin/organisations/{id}/accounts", Administrator),
    ("GET", "/admin/organisations/{id}/accounts/new", Administrator),
    ("POST", "/admin/organisations/{id}/interviewers", Administrator),
    ("GET", "/admin/organisations/{id}/interviewers/new", Administrator),
    ("GET", "/admin/interviewers", Administrator),
    ("POST", "/admin/interviewers", Administrator),
    ("GET", "/admin/interviewers/new", Administrator),
    ("GET", "/admin/interviewers/{id}", Administrator),
    ("POST", "/admin/interviewers/{id}", Administrator),
    ("GET", "/admin/accounts/{id}/closure", Administrator),
    ("GET", "/admin/administrators", Administrator),
    ("POST", "/admin/administrators", Administrator),
    ("GET", "/admin/administrators/new", Administrator),
    ("GET", "/admin/surveys", Administrator),
    ("POST", "/admin/surveys", Administrator),
    ("GET", "/admin/surveys/new", Administrator),
    ("GET", "/admin/surveys/{hash}", Administrator),
    ("POST", "/admin/surveys/shipped/{name}", Administrator),
    ("GET", "/admin/record", Administrator),
    ("GET", "/hr/campaigns", Hr),
    ("POST", "/hr/campaigns", Hr),
    ("GET", "/hr/campaigns/new", Hr),
    ("GET", "/hr/campaigns/{id}", Hr),
    ("POST", "/hr/campaigns/{id}/people", Hr),
    ("GET", "/hr/campaigns/{id}/people/new", Hr),
    ("POST", "/hr/campaigns/{id}/people/uploads", Hr),
    ("POST", "/hr/campaigns/{id}/sendings/{mail}/again", Hr),
    ("POST", "/hr/campaigns/{id}/sendings", Hr),
    ("POST", "/hr/campaigns/{id}/reminders", Hr),
    ("POST", "/hr/campaigns/{id}/letters", Hr),
    ("GET", "/hr/campaigns/{id}/min-base", Hr),
    ("POST", "/hr/campaigns/{id}/min-base", Hr),
    ("GET", "/hr/campaigns/{id}/modes", Hr),
    ("POST", "/hr/campaigns/{id}/modes", Hr),
    ("POST", "/hr/campaigns/{id}/preview", Hr),
    ("GET", "/hr/campaigns/{id}/preview", Hr),
    ("POST", "/hr/campaigns/{id}/releases", Hr),
    ("GET", "/hr/campaigns/{id}/releases/{number}.{format:[a-z]+}", Hr),
    ("GET", "/hr/campaigns/{id}/releases/{number}", Hr),
    ("GET", "/hr/campaigns/{id}/releases/{number}/paper", Hr),
    ("POST", "/hr/campaigns/{id}/releases/{number}/paper", Hr),
    ("POST", "/hr/campaigns/{id}/releases/{number}/publication", Hr),
    ("POST", "/hr/campaigns/{id}/releases/{number}/withdrawal", Hr),
    ("GET", "/hr/campaigns/{id}/comments", Reader),
    ("GET", "/hr/campaigns/{id}/comments/{question}", Reader),
    ("GET", "/hr/campaigns/{id}/comments/{question}/{comment}", Reader),
    ("POST", "/hr/campaigns/{id}/comments/{question}/{comment}", Reader),
    ("GET", "/hr/campaigns/{id}/themes", Reader),
    ("POST", "/hr/campaigns/{id}/themes", Reader),
    ("POST", "/hr/campaigns/{id}/themes/{theme}", Reader),
    ("POST", "/hr/campaigns/{id}/themes/{theme}/retirement", Reader),
    ("GET", "/hr/campaigns/{id}/releases/{number}/annex", Reader),
    ("POST", "/hr/campaigns/{id}/releases/{number}/annex", Reader),
    ("GET", "/hr/campaigns/{id}/closure", Hr),
    ("POST", "/hr/campaigns/{id}/closure", Hr),
    ("GET", "/hr/interviewers", Hr),
    ("POST", "/hr/interviewers/colleagues", Hr),
    ("GET", "/hr/workforce", Hr),
    ("GET", "/hr/workforce/new", Hr),
    ("GET", "/hr/workforce/template.csv", Hr),
    ("POST", "/hr/workforce/uploads", Hr),
    ("GET", "/hr/workforce/{id}", Hr),
    ("GET", "/hr/workforce/{id}/deletion", Hr),
    ("GET", "/hr/tokens", Hr),
    ("POST", "/hr/tokens", Hr),
    ("GET", "/hr/tokens/new", Hr),
    ("GET", "/hr/record", Hr),
    ("GET", "/interviews/conflicts", Interviewers),
    ("POST", "/interviews/conflicts", Interviewers),
    ("POST", "/interviews/conflicts/retraction", Interviewers),
    ("POST", "/interviews/about", Interviewers),
    ("GET", "/api/v1/campaigns", Program),
    ("GET", "/api/v1/campaigns/{id}/releases", Program),
    ("GET", "/api/v1/campaigns/{id}/releases/{release}.{format:[a-z]+}", Program),
    ("GET", "/api/v1/campaigns/{id}/releases/{release}", Program),
    ("GET", "/interviews", Interviewers),
    ("GET", "/interviews/{id}", Taker),
    ("POST", "/interviews/{id}/taking", Taker),
    ("GET", "/interviews/{id}/plan", Taker),
    ("POST", "/interviews/{id}/plan", Taker),
    ("GET", "/interviews/{id}/calendar.ics", Taker),
    ("GET", "/interviews/handed-in", Interviewers),
    ("GET", "/interviews/{id}/questionnaire", Taker),
    ("POST", "/interviews/{id}/questionnaire", Taker),
    ("GET", "/interviews/{id}/hand-in", Taker),
    ("POST", "/interviews/{id}/hand-in", Taker),
    ("GET", "/interviews/{id}/read-back", Taker),
    ("POST", "/interviews/{id}/read-back", Taker),
    ("POST", "/interviews/{id}/read-back/links", Taker),
    ("POST", "/interviews/{id}/read-back/mails", Taker),
    ("GET", "/interviews/{id}/passing", Taker),
    ("POST", "/interviews/{id}/passing", Taker),
    ("POST", "/hr/interviewers", Hr),
    ("POST", "/hr/interviewers/colleagues/{id}/deletion", Hr),
    ("POST", "/hr/tokens/{id}/deletion", Hr),
    ("POST", "/hr/workforce/{id}/deletion", Hr),
    ("POST", "/admin/accounts/{id}/password-links", Administrator),
    ("POST", "/admin/accounts/{id}/comments", Administrator),
    ("POST", "/admin/accounts/{id}/closure", Administrator),
    ("POST", "/sign-out", Anybody),
];

#[test]
fn the_table_has_every_route_and_no_other() {
    let written = routes(&sources::read("src/web/routes.rs"));
    assert!(written.len() > 15, "the routes were not found: {written:?}");
    let table: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    let missing: Vec<_> = written.difference(&table).collect();
    let stale: Vec<_> = table.difference(&written).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not in the table: {missing:#?}\nnot a route: {stale:#?}");
}

/// `(method, path)` of every line that registers one.
pub fn routes(source: &str) -> BTreeSet<(String, String)> {
    let source = source.replace("ui::STYLE_ROUTE", &format!("\"{}\"", candour::web::ui::STYLE_ROUTE));
    let mut found = BTreeSet::new();
    let (_, body) = source.split_once("pub fn configure(").unwrap();
    let body = body.split("\n}\n").next().unwrap();
    for statement in body.split(';') {
        let Some((_, rest)) = statement.split_once("web::resource(\"").or(statement.split_once("cfg.route(\"")) else {
            assert!(!statement.contains("scope("), "the test does not know scopes: {statement}");
            continue;
        };
        let (path, handlers) = rest.split_once('"').unwrap();
        let words: String = handlers.split_whitespace().collect();
        let before = found.len();
        for method in ["get", "post", "put", "patch", "delete"] {
            if words.contains(&format!(".{method}(")) || words.contains(&format!("web::{method}()")) {
                found.insert((method.to_uppercase(), path.to_owned()));
            }
        }
        if found.len() == before && words.contains(".to(") {
            found.insert(("ANY".to_owned(), path.to_owned()));
        }
        assert!(found.len() > before, "the test cannot read {statement}");
    }
    found
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nobody,
    Administrator,
    Hr,
    OtherHr,
    /// Of the same HR, and holds its interviews.
    HrInterviewer,
    /// Independent; serves the organisation.
    Interviewer,
    /// Independent; serves the other organisation only.
    OtherInterviewer,
    /// In a post of the organisation's own.
    OwnInterviewer,
    Program,
    OtherProgram,
}

const ROLES: [Role; 10] = [
    Role::Nobody,
    Role::OtherHr,
    Role::OtherProgram,
    Role::OtherInterviewer,
    Role::OwnInterviewer,
    Role::Interviewer,
    Role::Program,
    Role::Hr,
    Role::HrInterviewer,
    Role::Administrator,
];

impl Role {
    fn may(self, route: For) -> bool {
        match route {
            Anybody => true,
            Staff => matches!(self, Role::Administrator | Role::Hr | Role::OtherHr) || self.holds_interviews(),
            Administrator => self == Role::Administrator,
            Hr => matches!(self, Role::Hr | Role::HrInterviewer),
            // A colleague of the same HR has not been given the right.
            Reader => self == Role::Hr,
            Interviewers => self.holds_interviews(),
            Program => self == Role::Program,
            Taker => self == Role::Interviewer,
        }
    }

    fn holds_interviews(self) -> bool {
        use Role::{HrInterviewer, Interviewer, OtherInterviewer, OwnInterviewer};
        matches!(self, HrInterviewer | Interviewer | OtherInterviewer | OwnInterviewer)
    }
}

/// Two organisations, with everything that a path can name in the first.
struct World<'a> {
    app: &'a TestApp,
    names: BTreeMap<&'static str, String>,
    other_token: String,
    own_token: String,
}

impl World<'_> {
    fn new(app: &TestApp) -> World<'_> {
        administrator(&app.app, "ada@example.org");
        let ours = Council::new(&app.app, "Milbury");
        let other = Council::new(&app.app, "Aldham");
        let now = app.app.clock.now();
        let person = invitation::people::parse("name,email\nPat,pat@example.org").unwrap();
        app.app
            .db
            .write_blocking(|conn| {
                let survey = survey::store::load(conn, &ours.campaign.survey_version)?.unwrap();
                let answers = |code: &str| {
                    Answers::from([
                        (Code::new("directorate").unwrap(), Answer::One(Code::new(code).unwrap())),
                        (Code::new("stay").unwrap(), Answer::Text("More pay".to_owned())),
                    ])
                };
                let people = vec![answers("adults"); 12];
                response::record_all(conn, &app.app.keys, &ours.campaign.id, Mode::Online, &survey, &people)?;
                let uptake = UptakeCounts::default();
                release::create(conn, &app.app.keys, now, &ours.campaign, "Milbury", &survey, uptake)?;
                let_read_comments(conn, [&ours.hr_email, &other.hr_email])?;
                let comment = response::comments(conn, &app.app.keys, &ours.campaign.id)?.remove(0).id;
                invitation::invite(conn, &ours.campaign, person)?;
                invitation::send(conn, now, &ours.campaign)?;
                diesel::update(schema::mail::table).set(schema::mail::state.eq("failed")).execute(conn)?;
                let (own, own_secret) =
                    token::create(conn, &app.app.keys, now, NewToken::new(ours.organisation.clone(), "one"))?;
                let (_, other_secret) =
                    token::create(conn, &app.app.keys, now, NewToken::new(other.organisation.clone(), "two"))?;
                let (ended, _) =
                    token::create(conn, &app.app.keys, now, NewToken::new(ours.organisation.clone(), "three"))?;
                assert_ne!(own.id, ended.id);
                let independent = interviewers(conn, &ours.organisation, &other.organisation)?;
                let mail: String = schema::mail::table.select(schema::mail::id).first(conn)?;
                let case = taken_case(conn, &app.app, &ours.campaign, &independent)?;
                let released: String = schema::release::table.select(schema::release::id).first(conn)?;
                let names = BTreeMap::from([
                    ("/campaigns/{id}", ours.campaign.id.to_string()),
                    ("/hr/campaigns/{id}", ours.campaign.id.to_string()),
                    ("/api/v1/campaigns/{id}", ours.campaign.id.to_string()),
                    ("/hr/tokens/{id}", ended.id.to_string()),
                    ("/hr/workforce/{id}", workforce(conn, &ours.organisation)?.to_string()),
                    ("/admin/organisations/{id}", ours.organisation.to_string()),
                    ("/admin/interviewers/{id}", independent.to_string()),
                    ("/hr/interviewers/colleagues/{id}", account_of(conn, "kim@milbury.example.org")?.to_string()),
                    ("/admin/accounts/{id}", account_of(conn, &ours.hr_email)?.to_string()),
                    ("/reports/{id}", released),
                    ("/campaigns/{id}", ours.campaign.id.to_string()),
                    ("/interviews/{id}", case.to_string()),
                    ("{mail}", mail),
                    ("{comment}", comment.to_string()),
                    ("{hash}", ours.campaign.survey_version.clone()),
                ]);
                anyhow::Ok(World {
                    app,
                    names,
                    own_token: own_secret.expose().clone(),
                    other_token: other_secret.expose().clone(),
                })
            })
            .unwrap()
    }

    /// The path with ids in it that are right for the first organisation.
    fn path(&self, template: &str) -> String {
        let mut path = template.to_owned();
        for (pattern, value) in &self.names {
            if let Some(start) = pattern.strip_suffix("{id}") {
                if let Some(rest) = template.strip_prefix(pattern) {
                    path = format!("{start}{value}{rest}");
                }
            } else {
                path = path.replace(pattern, value);
            }
        }
        for (pattern, value) in [
            ("{number}", "1"),
            ("{release}", "latest"),
            ("{format:[a-z]+}", "json"),
            ("shipped/{name}", "shipped/exit"),
            ("schema/{name}", "schema/release"),
            ("{name}", "style.css"),
            ("{question}", "stay"),
            ("{theme}", "pay"),
            ("{code}", "NONSENSE"),
            ("{token}", "nonsense"),
            ("{rest:.*}", "nothing"),
        ] {
            path = path.replace(pattern, value);
        }
        assert!(!path.contains('{'), "{path}: the test does not know what to put there");
        path
    }

    /// A header that makes a request this role's, with a session of its own.
    fn header(&self, role: Role) -> Option<(&'static str, String)> {
        let signed_in = |email: &str| {
            let now = self.app.app.clock.now();
            let session = self.app.app.db.write_blocking(|conn| {
                let account = account_of(conn, email)?;
                session::start(conn, now, &account)
            });
            Some((
                "cookie",
                format!("candour_session={}", session::issue(&self.app.app.keys, now, &session.unwrap()).expose()),
            ))
        };
        match role {
            Role::Nobody => None,
            Role::Administrator => signed_in("ada@example.org"),
            Role::Hr => signed_in("hr@milbury.example.org"),
            Role::OtherHr => signed_in("hr@aldham.example.org"),
            Role::HrInterviewer => signed_in("hal@milbury.example.org"),
            Role::Interviewer => signed_in("ina@example.org"),
            Role::OtherInterviewer => signed_in("ivo@example.org"),
            Role::OwnInterviewer => signed_in("pia@milbury.example.org"),
            Role::Program => Some(("authorization", format!("Bearer {}", self.own_token))),
            Role::OtherProgram => Some(("authorization", format!("Bearer {}", self.other_token))),
        }
    }

    fn ask(&self, method: &str, path: &str, header: Option<(&str, String)>) -> Reply {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
        let agent: ureq::Agent = config.into();
        let url = format!("{}{path}", self.app.url());
        let mut request = ureq::http::Request::builder()
            .method(if method == "ANY" { "GET" } else { method })
            .uri(url)
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", format!("10.9.{}.{}", path.len() % 256, candour::id::random().len()));
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let takes_a_file = path.ends_with("/uploads") || path.ends_with("/paper") || path == "/admin/surveys";
        let mut response = if method == "POST" && takes_a_file {
            let request = request.header("content-type", "multipart/form-data; boundary=B");
            let body = "--B\r\ncontent-disposition: form-data; name=\"list\"\r\n\r\nname,email\r\n--B--\r\n";
            agent.run(request.body(body).unwrap())
        } else if method == "POST" {
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            agent.run(request.body("name=x&email=letter").unwrap())
        } else {
            agent.run(request.body(()).unwrap())
        }
        .unwrap();
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let body = response.body_mut().read_to_string().unwrap();
        Reply { status: response.status().as_u16(), to, body }
    }
}

/// Those who hold interviews: two colleagues in HR, somebody in a post, one of the
/// pool for each organisation. Returns the one who serves ours.
fn interviewers(
    conn: &mut candour::db::Conn,
    ours: &OrganisationId,
    other: &OrganisationId,
) -> anyhow::Result<AccountId> {
    let about = "Was a social worker for twenty years";
    let hal = account::open(conn, staff::Role::Hr(ours.clone()), "Hal Owen", "hal@milbury.example.org".parse()?)?;
    interviewer::enrol(conn, &hal, None, about)?;
    let kim = account::open(conn, staff::Role::Hr(ours.clone()), "Kim Orr", "kim@milbury.example.org".parse()?)?;
    interviewer::enrol(conn, &kim, None, about)?;
    interviewer::open(conn, Some(ours.clone()), "Pia Dunn", "pia@milbury.example.org".parse()?, None, about)?;
    let ina = interviewer::open(conn, None, "Ina Frost", "ina@example.org".parse()?, Some(other), about)?;
    let ivo = interviewer::open(conn, None, "Ivo Hart", "ivo@example.org".parse()?, Some(ours), about)?;
    assert!(interviewer::serve(conn, &ina.id, ours)? && interviewer::serve(conn, &ivo.id, other)?);
    Ok(ina.id)
}

/// A case of ours that this interviewer has taken, with a time agreed.
fn taken_case(
    conn: &mut candour::db::Conn,
    app: &candour::app::App,
    campaign: &Campaign,
    taker: &AccountId,
) -> anyhow::Result<InterviewId> {
    let now = app.clock.now();
    let request = Request {
        name: "Pat".to_owned(),
        channel: Channel::Email,
        reach: "pat@example.org".to_owned(),
        times: String::new(),
        access: String::new(),
        lang: Lang::En,
        avoid: BTreeSet::new(),
        directorate: None,
    };
    let mode = interview::Mode::Independent;
    let right = ticket::mint(&app.keys, &campaign.id, b"Pat").bytes();
    interview::ask(conn, &app.keys, now, campaign, mode, &InvitationId::random(), request, &right)?;
    let id = interview::listed(conn, &app.keys, now, taker)?.remove(0).case.id;
    interview::take(conn, now, taker, &id)?;
    let plan = Plan { at: "2026-09-08T14:30:00".parse()?, minutes: 45, place: String::new() };
    interview::set_plan(conn, &app.keys, now, taker, &id, Some(plan))?;
    Ok(id)
}

/// Figures of a year that is over.
fn workforce(conn: &mut candour::db::Conn, organisation: &OrganisationId) -> anyhow::Result<WorkforceId> {
    let now = candour::clock::Time::new("2026-09-01T09:30:00Z".parse()?);
    let period = workforce::Period { from: "2025-09-01".parse()?, to: "2026-08-31".parse()? };
    let rows = workforce::read(b"role,headcount\nNurse,40\n").unwrap().rows;
    Ok(workforce::keep(conn, now, organisation, &Workforce { period, rows }, None)?)
}

fn let_read_comments(conn: &mut candour::db::Conn, emails: [&str; 2]) -> QueryResult<()> {
    for email in emails {
        let reader = account_of(conn, email)?;
        assert!(account::let_read_comments(conn, &reader, true)?);
    }
    Ok(())
}

fn account_of(conn: &mut candour::db::Conn, email: &str) -> QueryResult<AccountId> {
    let email: staff::EmailAddress = email.parse().unwrap();
    Ok(account::by_email(conn, &email)?.unwrap().id)
}

#[derive(Debug, PartialEq, Eq)]
struct Reply {
    status: u16,
    to: Option<String>,
    body: String,
}

impl Reply {
    fn is_refusal(&self) -> bool {
        matches!(self.status, 401 | 403 | 404) || self.leads_to_sign_in()
    }

    fn leads_to_sign_in(&self) -> bool {
        self.to.as_ref().is_some_and(|to| to.starts_with("/sign-in"))
    }
}

on_both! {
    fn every_role_gets_what_is_its_own_and_nothing_else(app: TestApp) {
        let world = World::new(&app);
        let mut wrong = Vec::new();
        for (method, template, whose) in TABLE {
            let path = world.path(template);
            for role in ROLES {
                let header = world.header(role);
                let before = contents(&app);
                let reply = world.ask(method, &path, header);
                let place = format!("{method} {template} as {role:?}: {} {:?}", reply.status, reply.to);
                if reply.status >= 500 {
                    wrong.push(format!("{place}: failed"));
                }
                match (whose, role.may(*whose)) {
                    (Anybody, _) if reply.leads_to_sign_in() && *template != "/sign-out" => {
                        wrong.push(format!("{place}: is for anybody"));
                    }
                    (Anybody, _) => {}
                    (_, true) if reply.is_refusal() && !was_ended(template, role) => wrong.push(format!("{place}: is theirs")),
                    (_, true) => {}
                    (_, false) if !is_collection(template, *whose, role) && !reply.is_refusal() => {
                        wrong.push(format!("{place}: is not theirs"));
                    }
                    (_, false) if reply.is_refusal() && contents(&app) != before => {
                        wrong.push(format!("{place}: was refused, and changed something"));
                    }
                    (_, false) => {}
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    }

    fn another_organisations_things_are_as_unknown_as_what_never_was(app: TestApp) {
        let world = World::new(&app);
        let mut wrong = Vec::new();
        for (method, template, whose) in TABLE.iter().filter(|(_, path, _)| path.contains("{id}")) {
            let role = match whose {
                Hr | Reader => Role::OtherHr,
                Program => Role::OtherProgram,
                Taker => Role::OtherInterviewer,
                _ => continue,
            };
            let path = world.path(template);
            let unknown = world.names.values().fold(path.clone(), |path, id| path.replace(id.as_str(), "nonesuch"));
            assert_ne!(path, unknown);
            let theirs = world.ask(method, &path, world.header(role));
            let none = world.ask(method, &unknown, world.header(role));
            if theirs.status != 404 || theirs != none {
                wrong.push(format!("{method} {template}: {theirs:?}\n  but what never was: {none:?}"));
            }
        }
        assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    }
}

/// A colleague has ended it a moment before.
fn was_ended(template: &str, role: Role) -> bool {
    role == Role::HrInterviewer
        && ["/hr/tokens/{id}/deletion", "/hr/workforce/{id}/deletion", "/hr/interviewers/colleagues/{id}/deletion"]
            .contains(&template)
}

/// A page that every HR has, each for its own organisation.
fn is_collection(template: &str, whose: For, role: Role) -> bool {
    let other_of_its_kind = (whose == Hr && role == Role::OtherHr) || (whose == Program && role == Role::OtherProgram);
    other_of_its_kind && !template.contains("{id}")
}

/// All that is in the database, but for the sessions that the test itself makes.
fn contents(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    static CATALOG: std::sync::OnceLock<BTreeMap<String, Vec<Column>>> = std::sync::OnceLock::new();
    let tables = CATALOG.get_or_init(|| Catalog::read(&app.app.db).0);
    app.app
        .db
        .read_blocking(|conn| {
            let mut contents = BTreeMap::new();
            for (table, columns) in tables.iter().filter(|(table, _)| *table != "session") {
                let line = columns.iter().map(|column| column.as_text(conn)).collect::<Vec<_>>().join(" || '|' || ");
                let rows: Vec<Line> =
                    diesel::sql_query(format!("SELECT {line} AS line FROM \"{table}\"")).load(conn)?;
                let mut lines: Vec<String> = rows.into_iter().map(|row| row.line).collect();
                lines.sort();
                contents.insert(table.clone(), lines);
            }
            QueryResult::Ok(contents)
        })
        .unwrap()
}
