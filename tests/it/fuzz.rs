//! What others write for Candour to read: survey and mapping files, uploads, forms,
//! codes, tickets, sealed drafts. Whatever it is, it is read or refused, and nothing
//! panics. A few cases in every run; `PROPTEST_CASES` says how many (`tests/run --long`).

use crate::support::council::Council;
use crate::support::{TestApp, encoded, sources};
use candour::invitation::{InvitationCode, people};
use candour::response::import::{self, Map};
use candour::ticket::Ticket;
use candour::{survey, workforce};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// What files that people send have had in them.
const NASTY: [&[u8]; 24] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xf0\x9f\x92\xa9",
    b"\r",
    b"\r\n",
    b"\n\n\n",
    b"\"",
    b"\"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"=",
    b"[[",
    b"]]",
    b"-9223372036854775809",
    b"99999999999999999999",
    b"1e308",
    b"2026-02-30",
    b"\xe2\x80\xae",
    b"\\u0000",
    b"PK\x03\x04",
];

/// One thing that is done to a text.
#[derive(Clone, Debug)]
enum Harm {
    Put(usize, Vec<u8>),
    Take(usize, usize),
    Double(usize, usize),
    Change(usize, u8),
    End(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<u16>().prop_map(usize::from);
    prop_oneof![
        (at.clone(), prop::sample::select(NASTY.map(<[u8]>::to_vec).to_vec()))
            .prop_map(|(at, what)| Harm::Put(at, what)),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, what)| Harm::Put(at, what)),
        (at.clone(), 1..200_usize).prop_map(|(at, length)| Harm::Take(at, length)),
        (at.clone(), 1..200_usize).prop_map(|(at, length)| Harm::Double(at, length)),
        (at.clone(), any::<u8>()).prop_map(|(at, to)| Harm::Change(at, to)),
        at.prop_map(Harm::End),
    ]
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    prop::collection::vec(harm(), 0..8)
}

fn harmed(text: &[u8], harms: &[Harm]) -> Vec<u8> {
    let mut text = text.to_vec();
    for harm in harms {
        let place = |at: usize, text: &[u8]| if text.is_empty() { 0 } else { at % text.len() };
        match harm {
            Harm::Put(at, what) => {
                let at = place(*at, &text);
                text.splice(at..at, what.iter().copied());
            }
            Harm::Take(at, length) => {
                let at = place(*at, &text);
                text.drain(at..(at + length).min(text.len()));
            }
            Harm::Double(at, length) => {
                let at = place(*at, &text);
                let part = text[at..(at + length).min(text.len())].to_vec();
                text.splice(at..at, part);
            }
            Harm::Change(at, to) => {
                let at = place(*at, &text);
                if let Some(byte) = text.get_mut(at) {
                    *byte = *to;
                }
            }
            Harm::End(at) => text.truncate(place(*at, &text)),
        }
    }
    text
}

/// As many cases as the environment says, or few.
fn runner(few: u32) -> TestRunner {
    let default = ProptestConfig::default();
    // The crate's own default is 256.
    let cases = if default.cases == 256 { few } else { default.cases };
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..default })
}

#[expect(clippy::print_stdout, reason = "how many, for those who ask with --nocapture")]
fn said(name: &str, runner: &TestRunner) {
    println!("{name}: {} cases", runner.config().cases);
}

#[test]
fn fuzz_survey_files_are_read_or_refused() {
    let mut runner = runner(200);
    let shipped: Vec<String> = survey::shipped().iter().map(|(_, source)| (*source).to_owned()).collect();
    let all = (prop::sample::select(shipped), harms());
    runner
        .run(&all, |(source, harms)| {
            let text = String::from_utf8_lossy(&harmed(source.as_bytes(), &harms)).into_owned();
            if let Err(problems) = survey::parse(&text) {
                prop_assert!(!problems.is_empty());
            }
            Ok(())
        })
        .unwrap();
    said("survey files", &runner);
}

#[test]
fn fuzz_mapping_files_and_what_they_map_are_read_or_refused() {
    let survey = survey::parse(&sources::read("surveys/examples/dete.toml")).unwrap().survey;
    let (good_map, good_csv) =
        (sources::read("surveys/examples/dete-map.toml"), sources::read("tests/it/fixtures/dete-small.csv"));
    let map = Map::read("map.toml", &good_map, &survey).unwrap();
    assert!(!import::read(&map, &survey, "old.csv", good_csv.as_bytes(), |_| {}).unwrap().people.is_empty());
    let mut runner = runner(300);
    runner
        .run(&(harms(), harms()), |(to_map, to_csv)| {
            let text = String::from_utf8_lossy(&harmed(good_map.as_bytes(), &to_map)).into_owned();
            let csv = harmed(good_csv.as_bytes(), &to_csv);
            let other = Map::read("map.toml", &text, &survey);
            for map in [Some(&map), other.as_ref().ok()].into_iter().flatten() {
                if let Err(refused) = import::read(map, &survey, "old.csv", &csv, |_| {}) {
                    prop_assert!(!refused.problems.is_empty());
                }
            }
            Ok(())
        })
        .unwrap();
    said("mapping files and CSV", &runner);
}

#[test]
fn fuzz_uploads_codes_and_tickets_are_read_or_refused() {
    let mut runner = runner(300);
    let people_file = "name,email,leaving_on\nPat Young,pat@example.org,2026-08-31\n\"Ó Briain, Seán\",,2026-09-01\n";
    let workforce_file = sources::read("src/demo/workforce.csv");
    runner
        .run(&(harms(), harms(), "\\PC{0,40}"), |(first, second, typed)| {
            let _ = people::parse_csv(&harmed(people_file.as_bytes(), &first));
            let _ = workforce::read(&harmed(workforce_file.as_bytes(), &second));
            // Read, it is spelt so that it is read again.
            if let Some(code) = InvitationCode::read(&typed) {
                prop_assert!(InvitationCode::read(&code.spell()).is_some());
            }
            let real = InvitationCode::random().spell();
            let _ = InvitationCode::read(&String::from_utf8_lossy(&harmed(real.as_bytes(), &first)));
            if let Some(ticket) = Ticket::read(&typed) {
                prop_assert!(Ticket::read(&ticket.spell()) == Some(ticket));
            }
            Ok(())
        })
        .unwrap();
    said("uploads, codes and tickets", &runner);
}

/// Whatever a browser, or something that says it is one, sends to a leaver's pages.
#[test]
fn fuzz_forms_with_sealed_drafts_never_end_in_a_fault_of_ours() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let code = council.codes(&app.app, 1).remove(0);
    let mut leaver = app.visitor();
    leaver.open(&format!("/i/{code}"));
    leaver.press("Answer online", &[]);
    leaver.press("Continue", &[("q.directorate", "adults")]).expect(200, "Continue");
    let fields: Vec<(String, String)> = ["ticket", "campaign", "lang", "state", "section"]
        .into_iter()
        .filter_map(|name| {
            let value = leaver.page.attributes(&format!("input[name='{name}']"), "value").into_iter().next()?;
            Some((name.to_owned(), value))
        })
        .chain([("q.reasons".to_owned(), "pay".to_owned()), ("go".to_owned(), "next".to_owned())])
        .collect();
    assert!(fields.len() >= 6, "{fields:?}");
    let paths = [
        "/answer",
        "/answer/send",
        "/answer/begin",
        "/answer/start",
        "/answer/exchange",
        "/interview",
        "/decline",
        "/",
    ];
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .build()
        .into();
    let url = app.url().to_owned();
    let mut runner = runner(200);
    // Mostly where sealed drafts are opened.
    let path = prop_oneof![3 => Just("/answer"), 1 => Just("/answer/send"), 1 => prop::sample::select(paths.to_vec())];
    let one = (path, 0..fields.len(), harms(), prop::collection::vec(harm(), 0..2), any::<[u8; 3]>());
    let mut seen = std::collections::BTreeMap::<u16, u32>::new();
    let seen_by = std::cell::RefCell::new(&mut seen);
    runner
        .run(&one, |(path, which, to_value, to_body, from)| {
            let mut sent = fields.clone();
            sent[which].1 = String::from_utf8_lossy(&harmed(sent[which].1.as_bytes(), &to_value)).into_owned();
            let body = harmed(encoded(&sent).as_bytes(), &to_body);
            let response = agent
                .post(format!("{url}{path}"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .header("x-forwarded-for", format!("10.{}.{}.{}", from[0], from[1], from[2]))
                .send(&body[..])
                .unwrap();
            let status = response.status().as_u16();
            *seen_by.borrow_mut().entry(status).or_insert(0) += 1;
            prop_assert!(status < 500, "{path} answered {status} to {body:?}");
            Ok(())
        })
        .unwrap();
    said("forms", &runner);
    println!("statuses: {seen:?}");
}
