//! Published tables with cells of fewer than five people, and what is left of them under
//! the rules for what goes to everybody.

use super::bases_that_print;
use super::printed::{Printed, column};
use crate::support::TestApp;
use crate::support::employer::{Employer, choosing, main_reason};

on_both! {
    /// Vale of Glamorgan, April to September 2015: 214 left, 19 questionnaires came back;
    /// main reasons "42 %", "26 %" and "16 %", with no base and no more.
    ///
    /// The 16 % are three people, and as many gave a reason that was not named: both go,
    /// for each is the rest of the other. Uptake, which was not printed, is the first
    /// thing that a reader has to know.
    fn the_vale_of_glamorgan_is_printed_without_the_three_who_left_for_their_hours(app: TestApp) {
        let options = [
            ("career", "Career development"),
            ("personal", "Personal, family or social"),
            ("hours", "Working hours"),
            ("unnamed", "Reasons that were not named"),
        ];
        let vale = Employer::asks(&app, "Vale of Glamorgan", &main_reason(&options), true);
        vale.offers(214, &choosing(&[("career", 8), ("personal", 5), ("hours", 3), ("unnamed", 3)]));
        let report = Printed::next(&vale);
        let answers = report.answers("main_reason");
        assert_eq!(column(&answers, 1), ["8", "5", "n/p", "n/p"]);
        assert_eq!(column(&answers, 2), ["42.1%", "26.3%", "n/p", "n/p"]);
        assert_eq!(
            report.sentences()[..2],
            [
                "8.9% took up the offer and answered: 19 of the 214 people who were offered an interview (95% interval: \
                 5.8 to 13.4%).",
                "Asked “Main reason”, of the answers that are published, people chose “Career development” (42.1%) and \
                 “Personal, family or social” (26.3%) most; these intervals overlap, so which of them comes first is \
                 not certain.",
            ]
        );
    }

    /// An NHS trust, April 2013 to March 2014: of 62 who did not leave by their own will,
    /// five reasons are of 4, 4, 4, 2 and 2 people. Together they are 16, which may be
    /// known; so nothing else has to go with them.
    fn an_nhs_trust_is_printed_without_five_reasons_and_no_sixth(app: TestApp) {
        let options = [
            ("death", "Death in service"),
            ("capability", "Dismissal - capability"),
            ("conduct", "Dismissal - conduct"),
            ("transfer", "Employee transfer"),
            ("contract", "End of fixed term contract"),
            ("agreed", "Mutually agreed resignation"),
            ("health", "Retirement - ill health"),
        ];
        let trust = Employer::asks(&app, "NHS Trust", &main_reason(&options), true);
        let counts = [4, 4, 4, 2, 36, 10, 2];
        let chosen: Vec<(&str, usize)> = options.iter().map(|(code, _)| *code).zip(counts).collect();
        trust.offers(62, &choosing(&chosen));
        let report = Printed::next(&trust);
        assert_eq!(
            column(&report.answers("main_reason"), 2),
            ["n/p", "n/p", "n/p", "n/p", "58.1%", "16.1%", "n/p"]
        );
        assert_eq!(report.base("main_reason"), "62 people answered.");
    }

    /// What is not published may have been chosen as often: here "Hours", by 18.
    fn the_first_of_the_published_answers_is_not_called_the_first_of_all(app: TestApp) {
        let options = [("pay", "Pay"), ("hours", "Hours"), ("travel", "Travel"), ("health", "Health")];
        let said = |name: &str, counts: [usize; 4]| {
            let council = Employer::asks(&app, name, &main_reason(&options), true);
            let chosen: Vec<(&str, usize)> = options.iter().map(|(code, _)| *code).zip(counts).collect();
            council.offers(50, &choosing(&chosen));
            let report = Printed::next(&council);
            report.sentences().into_iter().find(|said| said.starts_with("Asked")).unwrap()
        };
        assert_eq!(
            said("Milbury", [29, 9, 7, 2]),
            "Asked “Main reason”, of the answers that are published, more people chose “Pay” than any other: 61.7%, \
             about three in five (29 of 47; 95% interval: 47.4 to 74.2%)."
        );
        assert_eq!(
            said("Aldham", [20, 18, 2, 2]),
            "Asked “Main reason”, of the answers only “Pay” is published: 47.6%, roughly half (20 of 42; 95% interval: \
             33.4 to 62.3%)."
        );
        assert_eq!(
            said("Westmere", [35, 5, 5, 0]),
            "Asked “Main reason”, more people chose “Pay” than anything else: 77.8%, most (35 of 45; 95% interval: 63.7 \
             to 87.5%)."
        );
    }
}

/// Three percentages without decimals tell less than with one, and still: of fewer than
/// sixty people, six numbers; that 19 questionnaires came back was printed elsewhere.
#[test]
fn the_vale_of_glamorgans_percentages_fit_six_bases_below_sixty() {
    let fits = |base: &u64| [42, 26, 16].iter().all(|printed| !bases_that_print(*printed, *base..=*base).is_empty());
    assert_eq!((1..60).filter(fits).collect::<Vec<_>>(), [19, 31, 38, 43, 50, 57]);
    let counts = [42, 26, 16].map(|printed| bases_that_print(printed, 19..=19)[0].0);
    assert_eq!(counts, [8, 5, 3]);
}
