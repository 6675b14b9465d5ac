//! East Hertfordshire District Council, HR Committee of 4 July 2018: those who left by
//! their own will in 2017/18.

use super::bases_that_print;
use super::printed::{Printed, column};
use crate::support::TestApp;
use crate::support::employer::{Employer, code};
use candour::survey::{Answer, Answers};

const SURVEY: &str = r#"
code = "leaving"
kind = "exit"
minutes = 2
title = "Leaving"

[[section]]
code = "council"
title = "The council"

[[section.question]]
code = "rated"
type = "rating"
label = "The council, out of 10"
low = "Worst"
high = "Best"
favourable = 8

[[section.question]]
code = "recommend"
type = "single"
label = "Would you recommend the council as an employer?"
options = [{ code = "yes", label = "Yes", favourable = true }, { code = "no", label = "No" }]
"#;

/// Twelve at 8 or above of eighteen, and thirteen yes of fifteen: that much follows from
/// what was printed. Which rating each gave was not published, and is made up.
fn people() -> Vec<Answers> {
    let ratings = [vec![10; 5], vec![8; 7], vec![6; 6]].concat();
    let said = [vec![Some("yes"); 13], vec![Some("no"); 2], vec![None; 3]].concat();
    let one = |(rating, said): (u8, Option<&str>)| {
        let recommend = said.map(|said| (code("recommend"), Answer::One(code(said))));
        [(code("rated"), Answer::Rating(rating))].into_iter().chain(recommend).collect()
    };
    ratings.into_iter().zip(said).map(one).collect()
}

on_both! {
    /// Printed there: "42 %", "66 %" and "87 %", all beside "43 / 18".
    ///
    /// - 18 of 43 is 41.9: the same to the digit that was printed.
    /// - "66 %" was cut off and not rounded: 12 of 18 is 66.7.
    /// - "87 %" is none of 18: its base was 15, and a report has to say so.
    fn east_herts_is_printed_with_the_base_of_each_item_and_rounded_half_up(app: TestApp) {
        let council = Employer::asks(&app, "East Herts", SURVEY, false);
        council.offers(43, &people());
        let report = Printed::next(&council);
        assert_eq!(report.favourable("rated").unwrap()[1..], ["12", "66.7%", "43.7 to 83.7%"]);
        assert_eq!(report.base("rated"), "18 people answered.");
        assert_eq!(report.favourable("recommend").unwrap()[1..], ["13", "86.7%", "62.1 to 96.3%"]);
        assert_eq!(report.base("recommend"), "15 people answered.");
        assert_eq!(column(&report.answers("recommend"), 2), ["86.7%", "13.3%"]);
        let [uptake, _, favourable, ..] = &report.sentences()[..] else { panic!("sentences") };
        assert_eq!(
            uptake,
            "41.9% took up the offer and answered: 18 of the 43 people who were offered an interview (95% interval: \
             28.4 to 56.7%)."
        );
        // Two of three is more than half, but of eighteen people that may be chance.
        assert_eq!(
            favourable,
            "Of 2 questions with favourable answers, 1 was answered favourably by more than half (“Would you recommend \
             the council as an employer?”), and none by fewer than half; for the other one the interval leaves it open."
        );
    }

    /// To everybody it may not say that two would not recommend the council; then not
    /// that thirteen would, either.
    fn east_herts_to_everybody_is_printed_without_the_two_who_would_not_recommend_it(app: TestApp) {
        let council = Employer::asks(&app, "East Herts", SURVEY, true);
        council.offers(43, &people());
        let report = Printed::next(&council);
        assert_eq!(column(&report.answers("recommend"), 1), ["n/p", "n/p"]);
        assert_eq!(report.favourable("recommend"), None);
        assert_eq!(report.favourable("rated").unwrap()[1..3], ["12", "66.7%"], "six thought less of it");
        assert!(report.sentences().iter().all(|said| !said.contains("recommend")), "{:?}", report.sentences());
    }
}

#[test]
fn no_share_of_eighteen_people_or_fewer_is_what_east_herts_printed() {
    assert_eq!(bases_that_print(66, 1..=18), [], "12 of 18 was cut off");
    assert_eq!(bases_that_print(87, 1..=18), [(13, 15)], "so its base was 15");
    assert_eq!(bases_that_print(42, 43..=43), [(18, 43)]);
}
