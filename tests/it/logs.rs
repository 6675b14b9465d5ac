//! The real program is asked to log everything (`trace`) through a whole journey;
//! no line of it tells who anybody is or what anybody said, and of leavers there is
//! none at all.

use crate::leaver::FULL;
use crate::support::blinding::Blinding;
use crate::support::council::{Council, PASSWORD};
use crate::support::process::{Process, free_port};
use crate::support::{File, MailServer, TestApp, Visitor};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::time::{Duration, Instant};

const PEOPLE: &str = "name,email\nPersephone Quillfeather,persephone@leavers.example.org\n\
                      Ignatius Thistlewood,ignatius@leavers.example.org\n";

#[test]
fn no_line_of_the_log_holds_a_code_a_ticket_an_address_a_name_or_an_answer() {
    let mail_server = MailServer::start();
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let codes = council.codes(&app.app, 6);
    let smtp = [
        ("CANDOUR_SMTP_URL", mail_server.url().expose().clone()),
        ("CANDOUR_SMTP_CA_FILE", mail_server.authority().display().to_string()),
    ];
    let process = Process::start(&app, free_port(), "trace", &smtp);
    let mut secrets = Secrets::default();

    let mut hr = Visitor::new(&process.url);
    hr.open("/sign-in");
    hr.press("Sign in", &[("email", "nobody@example.net"), ("password", "wrong horse battery")]);
    hr.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]).expect(200, "Campaigns");
    secrets.all(["nobody@example.net", "wrong horse battery", PASSWORD, &council.hr_email]);
    secrets.all(hr.cookies());
    secrets.add(hr.address());
    hr.open(&format!("/hr/campaigns/{}/people/new", council.campaign.id));
    let file = File { field: "file", name: "leavers.csv", bytes: PEOPLE.as_bytes() };
    hr.upload("Add these people", &[("list", "")], &[file]);
    hr.press("Send 2 invitations", &[]).expect(200, "on their way");
    secrets.all(PEOPLE.lines().skip(1).flat_map(|line| line.split(',')).flat_map(|part| part.split(' ')));

    let received = mails(&mail_server);
    let before = process.printed();
    assert!(before.contains("route=\"/hr/campaigns/{id}/sendings\""), "staff's requests get a line:\n{before}");
    for code in &codes {
        secrets.add(code);
        let mut leaver = Visitor::new(&process.url);
        leaver.begin_and_answer(&format!("/i/{code}"), FULL);
        secrets.add(&leaver.field("ticket"));
        secrets.all(leaver.page.attributes("input[name=state]", "value"));
        secrets.add(leaver.address());
        leaver.send_answers();
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online", &[]).expect(404, "cannot be used");
        leaver.open("/i/NONS-ENSE-CODE").expect(404, "cannot be used");
        leaver.open("/wrong/NONS-ENSE-PATH?with=NONS-ENSE-QUERY");
    }
    make_ticket(&process.url, &council.codes(&app.app, 1).remove(0), &mut secrets);
    secrets.all(["A parking space", "NONS-ENSE"]);
    // Not of theirs and not of the libraries: the time and the length of a line would tell.
    assert_eq!(process.printed(), before, "leavers leave nothing in the log, whatever is asked for");
    hr.open(&format!("/hr/campaigns/{}", council.campaign.id));
    hr.press("Make the first release", &[]).expect(200, "Westmere");
    for received in received {
        let at = received.find("/i/").unwrap();
        let code = received[at + 3..].split_whitespace().next().unwrap().to_owned();
        secrets.add(&code);
        Visitor::new(&process.url).open(&format!("/i/{code}")).expect(200, "Answer online");
    }

    a_program_reads(&process.url, &mut hr, &council, &mut secrets);

    let log = process.printed();
    secrets.are_not_in(&log);
}

/// As somebody whose browser makes the ticket itself.
/// With a token as a bearer, and as a password.
fn a_program_reads(url: &str, hr: &mut Visitor, council: &Council, secrets: &mut Secrets) {
    hr.open("/hr/tokens/new");
    hr.press("Make the token", &[("name", "Dashboard")]).expect(200, "Copy the token now");
    let token = hr.page.all("p.card code").remove(0);
    let path = format!("/api/v1/campaigns/{}/releases/latest.csv", council.campaign.id);
    let basic = BASE64.encode(format!("Ann:{token}"));
    for authorization in [format!("Bearer {token}"), format!("Basic {basic}")] {
        let answer = ureq::get(format!("{url}{path}")).header("authorization", authorization).call().unwrap();
        assert_eq!(answer.status(), 200);
    }
    secrets.all([&token, &basic]);
}

fn make_ticket(url: &str, code: &str, secrets: &mut Secrets) {
    let mut leaver = Visitor::new(url);
    leaver.open(&format!("/i/{code}"));
    let blinding = Blinding::on_page(&mut leaver);
    let signature = blinding.exchange(&mut leaver, code).unwrap();
    let finished = blinding.finished(&signature);
    leaver.post("/answer/begin", &finished).expect(200, "Your ticket");
    secrets.all(blinding.request(code).map(|(_, value)| value));
    secrets.all(finished.into_iter().skip(1).map(|(_, value)| value));
    secrets.all(leaver.page.all(".ticket"));
    secrets.add(leaver.address());
}

fn mails(server: &MailServer) -> Vec<String> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        let received = server.received();
        if received.len() == 2 {
            return received.into_iter().map(|mail| mail.text).collect();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the invitations did not arrive");
}

/// What must not be in a log, in whatever way it is written.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn add(&mut self, text: &str) {
        assert!(text.len() > 3, "{text:?} would be found in any log");
        self.0.push(text.to_owned());
    }

    fn all(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        texts.into_iter().for_each(|text| self.add(text.as_ref()));
    }

    fn are_not_in(&self, log: &str) {
        let plain = |text: &str| text.to_lowercase().replace(['-', ' ', '+'], "").replace("%40", "@");
        let mut found = Vec::new();
        for line in log.lines() {
            let squeezed = plain(line);
            for secret in &self.0 {
                if squeezed.contains(&plain(secret)) {
                    found.push(format!("{secret:?} is in: {line}"));
                }
            }
        }
        assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    }
}

#[test]
fn the_search_finds_a_secret_however_it_is_written() {
    let found = |secret: &str, log: &str| {
        let mut secrets = Secrets::default();
        secrets.add(secret);
        std::panic::catch_unwind(|| secrets.are_not_in(log)).is_err()
    };
    assert!(found("ABCD-EFGH-JKMN", "GET /i/abcdefghjkmn"));
    assert!(found("pat@example.org", "to=Pat%40example.org"));
    assert!(!found("ABCD-EFGH-JKMN", "GET /i/[code]"));
}
