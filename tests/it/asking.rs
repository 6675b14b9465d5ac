//! A leaver asks for an interview, over real HTTP, and changes their mind in every
//! way there is.

use crate::interview::panel::{NUMBER, Panel};
use crate::leaver::SHORT;
use crate::support::{TestApp, Visitor};
use candour::campaign::{self, Before, Mode as Way};
use candour::db::schema::{decline_tally, invitation_code};
use candour::id::AccountId;
use candour::interview::{self, Channel, Draft, Mode};
use candour::invitation::{self, Counts, InvitationCode};
use candour::response;
use candour::survey::Code;
use diesel::prelude::*;

pub const ASK: &[(&str, &str)] = &[
    ("name", "Robin Reliant"),
    ("channel", "telephone"),
    ("reach", NUMBER),
    ("suits", "mornings"),
    ("times", "Not on Tuesdays"),
    ("directorate", "adults"),
];

/// A council that offers all three ways, with one interviewer of each kind.
pub struct Ground {
    pub panel: Panel,
    pub sam: AccountId,
    pat: AccountId,
}

pub fn ground(app: &TestApp) -> Ground {
    let panel = Panel::new(&app.app);
    set(&panel, &[Way::Independent, Way::Online, Way::Hr]);
    let (sam, pat) = (panel.independent("Sam Hill"), panel.of_the_council("Pat Lee"));
    Ground { panel, sam, pat }
}

fn set(panel: &Panel, modes: &[Way]) {
    let (app, campaign) = (&panel.app, &panel.council.campaign);
    let modes = modes.iter().map(|mode| (*mode, Some("the principal social worker".to_owned()))).collect();
    let before = Before { offered: 0, taken_up: 0 };
    panel.write(|conn| campaign::set_modes(conn, app.clock.now(), campaign, modes, before));
}

impl Ground {
    pub fn code(&self) -> String {
        self.panel.council.codes(&self.panel.app, 1).remove(0)
    }

    pub fn counts(&self) -> Counts {
        self.panel.read(|conn| invitation::uptake(conn, &self.panel.council.campaign.id))
    }

    pub fn answers(&self) -> u64 {
        self.panel.read(|conn| response::waiting(conn, &self.panel.council.campaign.id))
    }

    pub fn cases(&self) -> usize {
        self.panel.listed(&self.sam).len() + self.panel.listed(&self.pat).len()
    }

    /// Takes the only case that Sam is offered, and tells how it is asked for.
    pub fn sam_takes(&self) -> interview::Opened {
        let case = self.panel.listed(&self.sam).remove(0).case.id;
        self.panel.take(&self.sam, &case).unwrap();
        self.panel.open(&self.sam, &case).unwrap()
    }

    /// What the job does with a case that is too old.
    pub fn give_up(&self) {
        self.panel.pass_days(50);
        let (keys, now) = (&self.panel.app.keys, self.panel.app.clock.now());
        self.panel.write(|conn| {
            for id in interview::expire(conn, keys, now)? {
                invitation::stand_again(conn, &id)?;
            }
            diesel::QueryResult::Ok(())
        });
    }
}

pub fn ask<'a>(visitor: &'a mut Visitor, code: &str) -> &'a mut Visitor {
    visitor.open(&format!("/i/{code}")).expect(200, "Talk to an independent interviewer");
    visitor.press("Ask for an independent interview", &[]).expect(200, "What should they call you?");
    visitor.press("Ask for the interview", ASK).expect(200, "What happens next");
    visitor
}

on_both! {
    fn somebody_asks_and_sees_where_it_stands(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        let ways = ["Talk to an independent interviewer", "Answer online", "Talk to the principal social worker"];
        assert_eq!(leaver.page.all("main .card h3"), ways);
        let seen = ["They do not work for Westmere", "Sam Hill", "confidential, and not anonymous", "Pat Lee", "one exception"];
        for words in seen {
            leaver.page.expect(200, words);
        }
        ask(&mut leaver, &code).page.expect(200, "They ring you");
        assert_eq!(ground.counts(), Counts { offered: 1, taken_up: 1, ..Counts::default() });
        leaver.open(&format!("/i/{code}")).expect(200, "has been offered to an interviewer");
        let opened = ground.sam_takes();
        let request = &opened.details.request;
        assert_eq!((request.name.as_str(), request.reach.as_str()), ("Robin Reliant", NUMBER));
        assert_eq!((request.channel, request.times.as_str()), (Channel::Telephone, "Mornings\nNot on Tuesdays"));
        assert_eq!(request.directorate.as_ref().unwrap().as_str(), "adults");
        leaver.open(&format!("/i/{code}")).expect(200, "Sam Hill has taken your interview");
        for secret in [NUMBER, "Robin", "Tuesdays"] {
            assert!(!leaver.page.text().contains(secret), "whoever printed the letter sees {secret}");
        }
    }

    fn who_asked_can_leave_other_details(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        leaver.press("Leave other times or details", &[]).expect(200, "What you leave empty stays");
        let wrong = [("channel", "email"), ("reach", NUMBER), ("access", "No stairs")];
        leaver.press("Save", &wrong).expect(422, "Write an e-mail address").expect(422, "No stairs");
        leaver.press("Save", &[("reach", "robin@example.org")]).expect(200, "The interviewer sees it as it is now");
        let request = ground.sam_takes().details.request;
        assert_eq!((request.channel, request.reach.as_str()), (Channel::Email, "robin@example.org"));
        assert_eq!((request.name.as_str(), request.access.as_str()), ("Robin Reliant", "No stairs"));
        assert_eq!(request.times, "Mornings\nNot on Tuesdays");
    }

    fn who_asked_can_answer_online_instead_and_counts_once(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        ground.sam_takes();
        leaver.press("Answer online instead", &[]);
        assert_eq!(ground.cases(), 0, "the case goes when the ticket is theirs");
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!((ground.answers(), ground.counts().taken_up), (1, 1));
        leaver.open(&format!("/i/{code}")).expect(200, "You have begun already");
        leaver.press("Ask for an independent interview", &[]).expect(404, "they were counted, once");
        assert_eq!(ground.cases(), 0);
    }

    fn who_withdraws_is_asked_first_and_may_come_back(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        leaver.press("Withdraw", &[]).expect(200, "Do you want to withdraw?");
        assert_eq!(ground.cases(), 1);
        let sure = [("code", code.as_str()), ("sure", "yes")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        leaver.press("Withdraw", &[]).expect(200, "You have withdrawn");
        assert_eq!((ground.cases(), ground.counts().declined), (0, 1));
        let exchanged = invitation_code::table.filter(invitation_code::is_exchanged);
        assert_eq!(ground.panel.read(|conn| exchanged.count().get_result::<i64>(conn)), 0, "as if they had just declined");
        leaver.post("/interview/withdraw", &sure).expect(200, "You have withdrawn");
        ask(&mut leaver, &code);
        assert_eq!((ground.cases(), ground.counts().taken_up), (1, 1));
    }

    fn who_began_online_and_withdraws_from_an_interview_has_begun_still(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online", &[]);
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        leaver.press("Withdraw", &[]);
        leaver.press("Withdraw", &[]).expect(200, "You have withdrawn");
        leaver.open(&format!("/i/{code}")).expect(200, "You have begun already");
        assert_eq!((ground.cases(), ground.counts().taken_up, ground.counts().declined), (0, 1, 0));
    }

    fn who_withdraws_after_the_campaign_closed_is_told_that_it_is_done(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        let (campaign, now) = (&ground.panel.council.campaign, ground.panel.app.clock.now());
        ground.panel.write(|conn| campaign::close(conn, now, campaign));
        leaver.press("Withdraw", &[]);
        leaver.press("Withdraw", &[]).expect(200, "You have withdrawn");
        assert_eq!(ground.cases(), 0);
    }

    fn asking_twice_is_asking_once_and_the_mode_can_be_another(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let (mut first, mut second) = (app.visitor(), app.visitor());
        for tab in [&mut first, &mut second] {
            tab.open(&format!("/i/{code}"));
            tab.press("Ask for an independent interview", &[]);
        }
        first.press("Ask for the interview", ASK).expect(200, "What happens next");
        second.press("Ask for the interview", ASK).expect(200, "What happens next");
        assert_eq!((ground.cases(), ground.counts().taken_up), (1, 1));
        first.open(&format!("/i/{code}"));
        first.press("Ask to talk to the principal social worker", &[]).expect(200, "confidential, and not anonymous");
        first.press("Ask for the interview", ASK).expect(200, "only whoever takes it is told");
        assert_eq!(ground.panel.listed(&ground.pat)[0].case.mode, Mode::Hr);
        assert_eq!(ground.cases(), 1);
    }

    fn a_page_loaded_again_takes_nothing_from_the_interviewer(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code);
        let case = ground.sam_takes().case.id;
        let mut again: Vec<_> = ASK.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        again.extend([("code", code.as_str()), ("mode", "independent")].map(|(name, value)| (name.to_owned(), value.to_owned())));
        leaver.post("/interview/ask", &again).expect(200, "Sam Hill has taken your interview");
        assert!(ground.panel.open(&ground.sam, &case).is_some(), "with all that was entered");
        leaver.open(&format!("/i/{code}"));
        leaver.press("Ask for somebody else", &[]);
        leaver.press("Ask for the interview", &[("name", "")]).expect(422, "call you");
        leaver.press("Ask for the interview", ASK).expect(200, "What happens next");
        assert!(ground.panel.open(&ground.sam, &case).is_none(), "asked for with the interview in sight");
    }

    fn no_in_an_old_tab_leads_to_the_interview_that_is_open(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let (mut old, mut leaver) = (app.visitor(), app.visitor());
        old.open(&format!("/i/{code}"));
        ask(&mut leaver, &code);
        old.press("No, thank you", &[]).expect(200, "has been offered to an interviewer");
        old.press("Withdraw", &[]);
        old.press("Withdraw", &[]).expect(200, "You have withdrawn");
        assert_eq!((ground.cases(), ground.counts().declined), (0, 1));
    }

    fn everything_that_is_wrong_is_said_and_what_was_typed_is_kept(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        leaver.press("Ask for an independent interview", &[]);
        let wrong = [("reach", "pigeon"), ("avoid", ground.sam.as_str()), ("times", "Not on Tuesdays"), ("suits", "evenings")];
        leaver.press("Ask for the interview", &wrong).expect(422, "There is something to put right");
        assert_eq!(leaver.page.all(".errors li").len(), 3);
        leaver.page.expect(422, "Write what they should call you").expect(422, "That leaves nobody");
        assert_eq!(leaver.field("reach"), "pigeon");
        leaver.page.expect(422, "Not on Tuesdays");
        assert_eq!(leaver.page.attributes("input[checked]", "value"), ["evenings", "en", ground.sam.as_str()]);
        leaver.press("Cymraeg", &[]).expect(200, "Gofyn am y cyfweliad");
        assert_eq!(leaver.field("reach"), "pigeon");
        assert_eq!((ground.cases(), ground.counts().taken_up), (0, 0), "nothing has happened yet");
    }

    fn an_offer_stands_again_unless_its_ticket_is_out(app: TestApp) {
        let ground = ground(&app);
        let codes = [ground.code(), ground.code()];
        let seconds = codes.clone().map(|code| {
            let second = InvitationCode::random();
            let (keys, first) = (&ground.panel.app.keys, InvitationCode::read(&code).unwrap());
            ground.panel.write(|conn| {
                let offer = invitation::look(conn, keys, ground.panel.app.clock.now().date(), &first)?;
                invitation::store::add_code(conn, &offer.invitation_id, &second.hash(keys))?;
                anyhow::Ok(())
            });
            second.spell()
        });
        let mut leaver = app.visitor();
        // One began online before they asked: they could hand in that ticket still.
        leaver.open(&format!("/i/{}", codes[1]));
        leaver.press("Answer online", &[]);
        for code in &codes {
            ask(&mut leaver, code);
        }
        assert_eq!(ground.cases(), 2);
        ground.give_up();
        assert_eq!(ground.cases(), 0);
        leaver.open(&format!("/i/{}", codes[0])).expect(200, "No, thank you");
        leaver.open(&format!("/i/{}", seconds[0])).expect(200, "No, thank you");
        leaver.open(&format!("/i/{}", codes[1])).expect(200, "You have begun already");
        leaver.open(&format!("/i/{}", seconds[1])).expect(404, "cannot be used");
        assert_eq!(ground.counts(), Counts { offered: 2, taken_up: 1, outstanding: 1, unsent: 1, ..Counts::default() });
    }

    fn what_is_switched_off_is_not_to_be_had_but_who_asked_goes_on(app: TestApp) {
        let ground = ground(&app);
        let [asked, begun, new] = [ground.code(), ground.code(), ground.code()];
        let mut leaver = app.visitor();
        ask(&mut leaver, &asked);
        leaver.open(&format!("/i/{begun}"));
        leaver.press("Answer online", &[]);
        let post = |leaver: &mut Visitor, path: &str, code: &str, mode: &str| {
            let fields = [("code", code), ("mode", mode)].into_iter().chain(ASK.iter().copied());
            let fields: Vec<_> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            leaver.post(path, &fields).status
        };
        set(&ground.panel, &[Way::Hr]);
        for path in ["/interview", "/interview/ask"] {
            assert_eq!(post(&mut leaver, path, &new, "independent"), 404);
            assert_eq!(post(&mut leaver, path, &new, "online"), 404);
        }
        assert_eq!(post(&mut leaver, "/answer/start", &new, ""), 404);
        assert_eq!(post(&mut leaver, "/answer/start", &asked, ""), 404);
        assert_eq!(ground.cases(), 1, "what is refused takes nothing away");
        leaver.open(&format!("/i/{begun}"));
        leaver.press("Answer online", &[]).expect(200, "Where did you work?");
        leaver.open(&format!("/i/{asked}")).expect(200, "has been offered to an interviewer");
        assert!(!leaver.page.text().contains("nswer online"), "which is off");
        leaver.press("Leave other times or details", &[]);
        leaver.press("Save", &[("times", "Any")]).expect(200, "Saved");
        assert_eq!(ground.sam_takes().details.request.times, "Any");
    }

    fn who_says_no_may_say_why_and_come_back(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        leaver.press("No, thank you", &[]).expect(200, "If you like: why?");
        leaver.press("Say no", &[("reason", "not_anonymous")]).expect(200, "You have said no");
        let tally: Vec<(String, i32)> = ground.panel.read(|conn| {
            decline_tally::table.select((decline_tally::reason, decline_tally::people)).load(conn)
        });
        assert_eq!(tally, [("not_anonymous".to_owned(), 1)]);
        ask(&mut leaver, &code);
        assert_eq!(ground.counts().taken_up, 1);
    }

    fn what_was_written_down_is_confirmed_or_put_right_once(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code);
        let case = ground.sam_takes().case.id;
        let mut draft = Draft::default();
        draft.pages.insert(Code::new("words").unwrap(), vec![("q.stay".to_owned(), "A <kind> word".to_owned())]);
        ground.panel.save(&ground.sam, &case, 0, &draft).unwrap();
        let link = || {
            let keys = &ground.panel.app.keys;
            let token = ground.panel.write(|conn| interview::make_read_back(conn, keys, &ground.sam, &case));
            format!("/read-back/{}", token.expose())
        };
        let first = link();
        leaver.open(&first).expect(200, "A <kind> word").expect(200, "Not asked");
        assert_eq!(leaver.page.header("cache-control"), Some("no-store"), "the answers stay in no browser");
        leaver.press("Send this to the interviewer", &[]).expect(422, "Write what is not right");
        let both = [("wrong", "It was two words")];
        leaver.press("This is right", &both).expect(422, "send it, or empty the box").expect(422, "It was two words");
        leaver.press("Send this to the interviewer", &[]).expect(200, "will put it right");
        assert_eq!(ground.panel.open(&ground.sam, &case).unwrap().draft.correction, "It was two words");
        let second = link();
        leaver.open(&second);
        leaver.press("This is right", &[]).expect(200, "Thank you: it is right");
        let gone: Vec<_> = [first.as_str(), &second, "/read-back/x"].map(|path| leaver.open(path).bytes.clone()).into();
        leaver.page.expect(404, "There is nothing to look at here");
        assert!(gone.iter().all(|page| *page == gone[0]));
    }
}
