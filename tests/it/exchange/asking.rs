//! Interviews, asked for before and after a browser has made the ticket.

use crate::asking::{ASK, ask, ground};
use crate::leaver::SHORT;
use crate::support::TestApp;
use crate::support::blinding::Blinding;
use candour::campaign;
use candour::ticket::Ticket;

on_both! {
    fn who_began_in_their_browser_asks_with_their_ticket_and_counts_once(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        let ticket = Blinding::whole(&mut leaver, &code);
        leaver.open(&format!("/i/{code}")).expect(200, "with a ticket that a browser made");
        leaver.press("Ask for an independent interview", &[]).expect(200, "Your interviewer hands your answers in with it");
        let wrong = leaver.press("Ask for the interview", &[("ticket", &ticket.replace('-', "A"))]).clone();
        assert_eq!(wrong.attributes(".errors a", "href")[..2], ["#f-ticket", "#f-name"], "all at once");
        leaver.press("Ask for the interview", &[ASK, &[("ticket", "")]].concat()).expect(422, "Write your ticket");
        assert_eq!(ground.cases(), 0);
        leaver.press("Cymraeg", &[("ticket", &ticket)]);
        assert_eq!(leaver.field("ticket"), ticket);
        leaver.press("English", &[]);
        leaver.press("Ask for the interview", &[]).expect(200, "What happens next");
        assert_eq!((ground.cases(), ground.counts().taken_up), (1, 1));
        // Somebody else: the ticket is in the case already.
        leaver.open(&format!("/i/{code}"));
        leaver.press("Ask for somebody else", &[]);
        assert!(leaver.page.attributes("[name=ticket]", "name").is_empty());
        leaver.press("Ask for the interview", ASK).expect(200, "What happens next");
        assert!(Ticket::from_bytes(&ground.sam_takes().details.right) == Ticket::read(&ticket));
        // Online after all: with the same ticket, which nobody has to look for.
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online instead", &[]).expect(200, "Where did you work?");
        assert_eq!((leaver.field("ticket"), ground.cases()), (ticket.clone(), 0));
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!((ground.answers(), ground.counts().taken_up), (1, 1));
        leaver.open(&format!("/i/{code}"));
        leaver.press("Ask for an independent interview", &[]);
        let again = [ASK, &[("ticket", ticket.as_str())]].concat();
        leaver.press("Ask for the interview", &again).expect(404, "they were counted, once");
        assert_eq!(ground.cases(), 0);
    }

    fn a_ticket_that_is_out_stays_good_when_the_interview_comes_to_nothing(app: TestApp) {
        let ground = ground(&app);
        let codes = [ground.code(), ground.code()];
        let mut leaver = app.visitor();
        let tickets = codes.clone().map(|code| {
            let ticket = Blinding::whole(&mut leaver, &code);
            leaver.open(&format!("/i/{code}"));
            leaver.press("Ask for an independent interview", &[]);
            leaver.press("Ask for the interview", &[ASK, &[("ticket", &ticket)]].concat()).expect(200, "What happens next");
            ticket
        });
        leaver.open(&format!("/i/{}", codes[0]));
        leaver.press("Withdraw", &[]);
        leaver.press("Withdraw", &[]).expect(200, "You have withdrawn");
        ground.give_up();
        assert_eq!((ground.cases(), ground.counts().taken_up, ground.counts().outstanding), (0, 2, 0));
        for (code, ticket) in codes.iter().zip(&tickets) {
            leaver.open(&format!("/i/{code}")).expect(200, "with a ticket that a browser made");
            leaver.press("Continue", &[("ticket", ticket)]);
            leaver.answer(SHORT);
            leaver.send_answers();
        }
        assert_eq!(ground.answers(), 2);
    }

    fn who_asked_first_may_still_have_a_ticket_made_by_their_browser(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code).open(&format!("/i/{code}")).expect(200, "Answer online instead");
        ground.sam_takes();
        let blinding = Blinding::on_page(&mut leaver);
        let signature = blinding.exchange(&mut leaver, &code).unwrap();
        assert_eq!((ground.cases(), ground.counts().taken_up), (0, 1), "the case goes when the ticket is theirs");
        assert_eq!(blinding.exchange(&mut leaver, &code).unwrap(), signature);
        // What the code would have given here is to be had no more.
        leaver.post("/answer/start", &[("code".to_owned(), code.clone())]).expect(200, "with a ticket that a browser made");
        leaver.post("/answer/begin", &blinding.finished(&signature));
        leaver.press("Continue to the questions", &[]);
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!(ground.answers(), 1);
    }

    fn who_began_here_and_asked_goes_on_with_that_ticket(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        let blinding = Blinding::on_page(&mut leaver);
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online", &[]);
        let ticket = leaver.field("ticket");
        ask(&mut leaver, &code).open(&format!("/i/{code}"));
        assert!(leaver.page.attributes("form[data-campaign]", "action").is_empty());
        assert_eq!(blinding.exchange(&mut leaver, &code).unwrap_err().status, 404);
        assert_eq!(ground.cases(), 1, "what is refused takes nothing away");
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online instead", &[]);
        assert_eq!((leaver.field("ticket"), ground.cases()), (ticket, 0));
    }

    fn in_the_days_after_the_end_who_asked_answers_online_as_before(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code);
        let (campaign, now) = (&ground.panel.council.campaign, ground.panel.app.clock.now());
        ground.panel.write(|conn| campaign::close(conn, now, campaign));
        leaver.open(&format!("/i/{code}"));
        assert!(leaver.page.attributes("form[data-campaign]", "action").is_empty());
        leaver.press("Answer online instead", &[]).expect(200, "We made your ticket");
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!((ground.answers(), ground.cases()), (1, 0));
    }

    fn an_offer_that_stands_again_can_be_exchanged_by_a_browser(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        let mut leaver = app.visitor();
        ask(&mut leaver, &code);
        ground.give_up();
        Blinding::whole(&mut leaver, &code);
        leaver.open(&format!("/i/{code}")).expect(200, "with a ticket that a browser made");
    }
}
