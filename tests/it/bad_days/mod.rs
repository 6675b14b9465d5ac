//! What goes wrong around the service: the database is away or has no room, clients are
//! slow or many, clocks jump, mail servers hang. Those that take long run with
//! `tests/run --long`.

mod away;
mod clock;
mod kills;
mod mail;
mod room;
mod slow;

use crate::support::TestApp;
use crate::support::council::Council;
use crate::support::{Visitor, kept};
use std::time::{Duration, Instant};

/// So many people open a page at the same moment: what each got, and how long the last
/// one waited.
fn all_at_once(url: &str, people: usize, path: &str) -> (Vec<u16>, Duration) {
    let begun = Instant::now();
    let all: Vec<_> = (0..people)
        .map(|_| {
            let (mut visitor, path) = (Visitor::new(url), path.to_owned());
            std::thread::spawn(move || visitor.open(&path).status)
        })
        .collect();
    let statuses = all.into_iter().map(|one| one.join().unwrap()).collect();
    (statuses, begun.elapsed())
}

/// What a leaver says in the tests here.
fn story(words: &str) -> [(&str, &str); 3] {
    [("q.directorate", "adults"), ("q.reasons", "none"), ("q.stay", words)]
}

/// Each of these comments was counted once, and nothing else was.
fn are_counted_once(app: &TestApp, all: &[String]) {
    let mut comments: Vec<String> = kept(app).1.into_iter().map(|comment| comment.text).collect();
    let mut all = all.to_vec();
    comments.sort();
    all.sort();
    assert_eq!(comments, all);
}

/// For whoever runs it: how long it took, and how many it was.
#[expect(clippy::print_stdout, reason = "figures for those who ask for them, with --nocapture")]
fn tell(words: &str) {
    println!("{words}");
}

/// A campaign, and the codes of so many leavers.
fn leavers(app: &TestApp, count: usize) -> (Council, Vec<String>) {
    let council = Council::new(&app.app, "Westmere");
    let codes = council.codes(&app.app, count);
    (council, codes)
}

/// The page says that we are away, for how long, and holds what was sent.
#[track_caller]
fn is_away_with_answers(visitor: &Visitor, name: &str, value: &str) {
    visitor.page.expect(503, "Your answers are kept in this page");
    assert_eq!(visitor.page.header("retry-after"), Some("30"));
    let selector = format!("form input[type=hidden][name='{name}']");
    assert!(visitor.page.attributes(&selector, "value").iter().any(|is| is == value), "{}", visitor.page.text());
}
