//! An interview from end to end, each in their own browser: a leaver asks for
//! one, somebody from a neighbouring council takes it, enters it by keyboard
//! alone, reads it back and hands it in, and HR sees figures. Afterwards nothing
//! of who said it is anywhere in the files.

use super::keyboard::{ENTER, TAB, reach, type_keys};
use super::sign_in;
use crate::support::browser::{Browser, NARROW, settle};
use crate::support::council::{Council, add_account};
use crate::support::{TestApp, kept};
use candour::campaign::{self, Before, Campaign, Mode};
use candour::db::Conn;
use candour::id::{AccountId, InvitationId};
use candour::interview::{self, Channel, Request};
use candour::invitation::{self, InvitationCode};
use candour::jobs;
use candour::mail::Transport;
use candour::response::{self, Mode as How};
use candour::staff::{Role, interviewer, organisation};
use candour::survey::{self, Answer, Answers, Code, Lang};
use candour::ticket::{self, Ticket};
use serde_json::Value;

/// As WebDriver spells it.
const ESCAPE: &str = "\u{E00C}";
const NAME: &str = "Branwen Quillfeather";
const NUMBER: &str = "07700 900982";
const WORDS: &str = "the lift at Quay Street, always the lift";
const NOTES: &str = "sounded tired, ask about the lift again";
const EMAIL: &str = "morgan@harrowmere.example.org";

/// A council that lets people talk to somebody from next door.
struct Ground {
    app: TestApp,
    council: Council,
    morgan: AccountId,
}

impl Ground {
    fn new() -> Ground {
        let app = TestApp::on_sqlite();
        let source = crate::support::council::survey_source();
        let mut council = Council::with_survey(&app.app, "Milbury", &source, &["directorate", "mode"]);
        let now = app.app.clock.now();
        let morgan = app
            .app
            .db
            .write_blocking(|conn| {
                let neighbour = organisation::create(conn, "Harrowmere")?;
                let morgan = add_account(conn, Role::Interviewer(None), "Morgan Vale", EMAIL)?;
                interviewer::enrol(conn, &morgan, Some(&neighbour.id), "I look after complaints next door.")?;
                interviewer::serve(conn, &morgan.id, &council.organisation)?;
                let modes = vec![(Mode::Online, None), (Mode::Independent, None)];
                let before = Before { offered: 0, taken_up: 0 };
                let modes = campaign::set_modes(conn, now, &council.campaign, modes, before)?;
                council.campaign = Campaign { modes, ..council.campaign.clone() };
                anyhow::Ok(morgan.id)
            })
            .unwrap();
        Ground { app, council, morgan }
    }

    /// What everybody but the person of this story says.
    fn said() -> Answers {
        let one = |code: &str| Answer::One(Code::new(code).unwrap());
        let many = Answer::Many([Code::new("workload").unwrap()].into());
        [("directorate", one("children")), ("reasons", many), ("supported", one("agree"))]
            .into_iter()
            .map(|(question, answer)| (Code::new(question).unwrap(), answer))
            .collect()
    }

    fn online(&self, codes: &[String]) {
        for code in codes {
            self.take_up(code, How::Online, |_, right, _| Ok(right));
        }
    }

    /// Interviews that were held without anybody looking on.
    fn interviews(&self, codes: &[String]) {
        let (keys, now, campaign) = (&self.app.app.keys, self.app.app.clock.now(), &self.council.campaign);
        for code in codes {
            self.take_up(code, How::Independent, |conn, right, id| {
                let mode = interview::Mode::Independent;
                interview::ask(conn, keys, now, campaign, mode, id, request(), &right.bytes())?;
                let case = interview::listed(conn, keys, now, &self.morgan)?.pop().unwrap().case.id;
                interview::take(conn, now, &self.morgan, &case)?;
                let closed = interview::close(conn, keys, now, &self.morgan, &case, 0)?;
                Ok(Ticket::from_bytes(&closed.details.right).unwrap())
            });
        }
    }

    /// Takes an offer up, and hands in with the ticket that `on_the_way` gives back.
    fn take_up(
        &self,
        code: &str,
        how: How,
        on_the_way: impl FnOnce(&mut Conn, Ticket, &InvitationId) -> anyhow::Result<Ticket>,
    ) {
        let (keys, now, campaign) = (&self.app.app.keys, self.app.app.clock.now(), &self.council.campaign);
        let survey = survey::parse(&crate::support::council::survey_source()).unwrap().survey;
        let code = InvitationCode::read(code).unwrap();
        self.app
            .app
            .db
            .write_blocking(|conn| {
                let offer = invitation::take_up(conn, keys, now.date(), &code, &invitation::Exchange::Here)?;
                let right = ticket::mint(keys, &campaign.id, &code.as_bytes());
                let ticket = on_the_way(conn, right, &offer.invitation_id)?;
                response::hand_in(conn, keys, campaign, &survey, &ticket, how, &Ground::said())?;
                anyhow::Ok(())
            })
            .unwrap();
    }

    /// The offers have gone out, for uptake is a share of those.
    fn sent(&self) {
        let (keys, now) = (&self.app.app.keys, self.app.app.clock.now());
        let letters = invitation::Letters::Unsent;
        let print = |conn: &mut _| invitation::letters(conn, keys, now.date(), &self.council.campaign, letters);
        self.app.app.db.write_blocking(print).unwrap();
    }

    fn round(&self) {
        let app = &self.app.app;
        let transport = Transport::from_settings(&app.settings).unwrap();
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(jobs::run_due(app, &transport)))
            .unwrap();
    }

    /// Which of `texts` are anywhere in the files of the database.
    fn found<'t>(&self, texts: &[&'t str]) -> Vec<&'t str> {
        let file = |end: &str| {
            let path = self.app.app.settings.database.file().unwrap().display().to_string();
            std::fs::read(format!("{path}{end}")).unwrap_or_default()
        };
        let bytes: Vec<u8> = ["", "-wal", "-shm"].iter().flat_map(|end| file(end)).collect();
        let is_there = |text: &&&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        texts.iter().filter(is_there).copied().collect()
    }
}

fn request() -> Request {
    Request {
        name: "Somebody".to_owned(),
        channel: Channel::Telephone,
        reach: "01632 960 001".to_owned(),
        times: String::new(),
        access: String::new(),
        lang: Lang::En,
        avoid: [].into(),
        directorate: None,
    }
}

/// Presses what reads `label`, by keyboard.
async fn tab_to(browser: &Browser, label: &str) {
    let element = "document.activeElement";
    let reads = format!("{element}.matches('a, button, summary') && {element}.textContent.includes('{label}')");
    reach(browser, &reads).await;
    type_keys(browser, ENTER).await;
}

/// As a leaver on a narrow phone without JavaScript.
async fn ask(browser: &Browser, link: &str) {
    browser.resize(NARROW).await;
    browser.open(link).await;
    browser.expect("They do not work for Milbury").await;
    browser.press("Ask for an independent interview").await;
    browser.fill("input[name=name]", NAME).await;
    browser.tick("input[name=channel][value=telephone]").await;
    browser.fill("input[name=reach]", NUMBER).await;
    browser.press("Ask for the interview").await;
    browser.expect("You have asked for an interview").await;
}

/// As the interviewer: never a mouse.
async fn hold(browser: &Browser) {
    browser.expect("By telephone").await;
    assert!(!browser.words().await.contains(NAME), "an offered case says of nobody whose it is");
    tab_to(browser, "Take it").await;
    browser.expect(NAME).await;
    if !browser.words().await.contains(NUMBER) {
        tab_to(browser, NAME).await;
    }
    browser.expect(NUMBER).await;
    tab_to(browser, "Open the questionnaire").await;
    browser.expect("Nothing is unsaved").await;
    tab_to(browser, "Your work").await;
    settle().await;
    // Directorate, years, reasons, supported (refused), recommend, month and year.
    for key in ["n", "2", ENTER, "7", ENTER, "1", "n", "r", "n", "t", ENTER, "May", TAB, "2026", ENTER, "2", "n"] {
        type_keys(browser, key).await;
    }
    type_keys(browser, WORDS).await;
    type_keys(browser, ESCAPE).await;
    browser.expect("Saved at").await;
    tab_to(browser, "Notes for yourself").await;
    type_keys(browser, TAB).await;
    type_keys(browser, NOTES).await;
    tab_to(browser, "Save, read back and hand in").await;
    browser.expect(WORDS).await;
    tab_to(browser, "I have read it to them").await;
    browser.expect("Hand it in").await;
    tab_to(browser, "Hand it in").await;
    browser.expect("nobody can open these answers again").await;
    tab_to(browser, "Hand in").await;
}

async fn release(browser: &Browser, ground: &Ground, label: &str) -> Value {
    browser.open(&format!("{}/hr/campaigns/{}", ground.app.url(), ground.council.campaign.id)).await;
    browser.press(label).await;
    browser.expect("What became of the offer").await;
    let body = ground.app.app.db.read_blocking(|conn| {
        let latest = candour::release::store::latest(conn, &ground.council.campaign.id)?.unwrap();
        candour::release::store::body(conn, &ground.council.campaign.id, latest.number)
    });
    serde_json::from_str(&body.unwrap().unwrap()).unwrap()
}

/// What the release's table of modes says of one.
fn count(release: &Value, option: &str) -> Value {
    let tables = release["tables"].as_array().unwrap();
    let table = tables.iter().find(|table| table["question"] == "mode").unwrap();
    of(&table["groups"][0]["cells"], option)
}

/// What it says of those who took the offer up in that way.
fn uptake(release: &Value, mode: &str) -> Value {
    of(&release["uptake"]["by_mode"]["cells"], mode)
}

/// Null where it is hidden, the one option or all.
fn of(cells: &Value, option: &str) -> Value {
    let cells = cells.as_array().map(Vec::as_slice).unwrap_or_default();
    cells.iter().find(|cell| cell["option"] == option).map_or(Value::Null, |cell| cell["count"].clone())
}

#[test]
fn from_asking_to_figures_and_nothing_is_left_of_who_said_it() {
    let ground = Ground::new();
    let codes = ground.council.codes(&ground.app.app, 40);
    ground.sent();
    ground.online(&codes[..12]);
    Browser::run(false, async |browser| {
        ask(&browser, &format!("{}/i/{}", ground.app.url(), codes[39])).await;
        browser.close().await;
    });
    assert_eq!(ground.found(&[NAME, NUMBER]), Vec::<&str>::new(), "it is sealed from the first moment on");
    Browser::run(true, async |browser| {
        sign_in(&browser, &ground.app, EMAIL).await;
        hold(&browser).await;
        browser.expect("Handed in").await;
        ground.round();
        browser.close().await;
    });
    let rest = ground.found(&[NAME, NUMBER, NOTES, "Quillfeather", "900982"]);
    assert_eq!(rest, Vec::<&str>::new(), "what is erased is in no file, write-ahead log and free pages included");
    assert_eq!(ground.found(&[WORDS, "Harrowmere"]), ["Harrowmere"], "it is sealed; the search finds what is there");

    Browser::run(true, async |browser| {
        sign_in(&browser, &ground.app, &ground.council.hr_email).await;
        let first = release(&browser, &ground, "Make the first release").await;
        assert_eq!(first["base"], 13);
        assert!(
            kept(&ground.app).1.iter().any(|comment| comment.text == WORDS),
            "a comment is kept, apart from everything"
        );
        assert_eq!(ground.found(&[WORDS]), Vec::<&str>::new(), "sealed, also when it is counted");
        assert_eq!(count(&first, "independent"), Value::Null, "one interview is nobody's figure");
        assert_eq!(uptake(&first, "independent"), Value::Null);
        ground.interviews(&codes[12..19]);
        ground.online(&codes[19..27]);
        let second = release(&browser, &ground, "Make the next release").await;
        assert_eq!(second["base"], 28);
        assert_eq!((count(&second, "online"), count(&second, "independent")), (20.into(), 8.into()));
        assert_eq!((uptake(&second, "online"), uptake(&second, "independent")), (20.into(), 8.into()));
        browser.expect("With an independent interviewer").await;
        browser.close().await;
    });
}
