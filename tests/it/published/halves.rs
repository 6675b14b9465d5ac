//! Where half-up shows: what the usual formatting of floating point numbers would have
//! printed of the same counts. Were our report to use it, these tests would say so.

use super::printed::{Printed, column};
use crate::support::TestApp;
use crate::support::employer::{Employer, choosing, main_reason};

/// What most programs do, and ours must not.
fn naive(count: u32, base: u32, decimals: usize) -> String {
    format!("{:.decimals$}", 100.0 * f64::from(count) / f64::from(base))
}

/// Cut off, as East Herts did.
fn cut_off(count: u32, base: u32) -> u32 {
    100 * count / base
}

#[test]
fn a_naive_formatter_prints_neither_alexandrias_45_nor_halves_of_a_tenth() {
    assert_eq!(naive(89, 200, 0), "44", "a half to even; printed there, and right: 45");
    assert_eq!((89 * 200 + 200) / 400, 45, "half-up in whole numbers");
    assert_eq!((naive(1, 16, 1), naive(5, 16, 1)), ("6.2".to_owned(), "31.2".to_owned()), "6.25 and 31.25");
    // 0.15 is a little less than itself in binary.
    assert_eq!(naive(3, 2000, 1), "0.1");
    assert_eq!((cut_off(12, 18), naive(12, 18, 0)), (66, "67".to_owned()));
}

on_both! {
    /// 1, 5 and 10 of 16: a sixteenth is a half of a tenth. They add up to 100.1.
    fn halves_of_a_tenth_go_up_in_the_report(app: TestApp) {
        let options = [("pay", "Pay"), ("hours", "Hours"), ("travel", "Travel")];
        let council = Employer::asks(&app, "Milbury", &main_reason(&options), false);
        council.offers(16, &choosing(&[("pay", 1), ("hours", 5), ("travel", 10)]));
        let report = Printed::next(&council);
        let answers = report.answers("main_reason");
        let found = column(&answers, 2);
        assert_eq!(found, ["6.3%", "31.3%", "62.5%"]);
        let naive = [1, 5, 10].map(|count| naive(count, 16, 1) + "%");
        assert_eq!(found.iter().zip(&naive).filter(|(ours, theirs)| *ours != theirs).count(), 2, "{naive:?}");
        assert_eq!(
            report.sentences()[0],
            "100.0% took up the offer and answered: 16 of the 16 people who were offered an interview (95% interval: \
             80.6 to 100.0%)."
        );
    }
}
