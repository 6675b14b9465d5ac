//! What the parts of uptake are called, and what can be said of a difference.

use super::words::minus;
use crate::release::uptake::{IndependentOption, Parts};
use crate::release::{Cell, Figure, Points};
use crate::report::view::{self, RowView};
use crate::survey::Lang;

/// Above this, an interval that includes 0 says nothing either way, in points.
const WIDE: i32 = 20;

pub fn outcome(code: &str) -> Option<&'static str> {
    Some(match code {
        "online" => "Online",
        "independent" => "With an independent interviewer",
        "hr" => "With HR, or the post named for it",
        "declined" => "Declined",
        "outstanding" => "No answer yet",
        _ => return None,
    })
}

pub fn reason(code: &str) -> Option<&'static str> {
    Some(match code {
        "no_time" => "No time",
        "not_anonymous" => "Not sure that it is anonymous",
        "nothing_changes" => "Nothing would change",
        "said_already" => "Said it to somebody already",
        "other" => "Something else",
        _ => return None,
    })
}

/// A row for each cell; a code stands for itself where it has no words.
pub fn rows(parts: &Parts, words: fn(&str) -> Option<&'static str>) -> Vec<RowView> {
    let row = |cell: &Cell| {
        let figure = view::figure(cell);
        RowView {
            code: cell.option.clone(),
            label: words(&cell.option).map_or_else(|| cell.option.clone(), str::to_owned),
            is_favourable: false,
            as_at: None,
            base: figure.map(|_| parts.base),
            figure,
        }
    };
    parts.cells.iter().map(row).collect()
}

/// Uptake before and since as rows of a table.
pub fn before_and_after(option: &IndependentOption) -> [RowView; 2] {
    let day = Lang::En.date(option.since);
    let row = |code: &str, label: String, base: u64, figure: Figure| RowView {
        code: code.to_owned(),
        label,
        is_favourable: false,
        as_at: None,
        base: Some(base),
        figure: Some(figure),
    };
    let (before, after) = (&option.before, &option.after);
    [
        row("before", format!("Before {day}"), before.offered, before.taken_up),
        row("after", format!("Since {day}"), after.offered, after.taken_up),
    ]
}

/// What the interval allows to say, and no more.
pub fn comparison(option: &IndependentOption) -> String {
    let difference = &option.difference;
    let above = |(low, high): (Points, Points), word: &str| {
        let points = Points(difference.points.0.abs());
        format!(
            "Uptake was {points} percentage points {word} among those who were offered an interview since then (95% \
             interval: {low} to {high} points {word}). The interval does not include 0: so large a difference is \
             hardly chance alone."
        )
    };
    let (low, high) = (difference.low, difference.high);
    if low.0 > 0 {
        above((low, high), "higher")
    } else if high.0 < 0 {
        above((Points(-high.0), Points(-low.0)), "lower")
    } else if high.0 - low.0 > WIDE * 10 {
        format!(
            "Too few have been asked to tell whether uptake changed: the interval for the difference, {} to {} percentage \
             points, includes 0 and is wide.",
            minus(low),
            minus(high)
        )
    } else {
        format!(
            "These figures do not show that uptake changed: the difference is {} percentage points, and its 95% interval, \
             {} to {}, includes 0.",
            minus(difference.points),
            minus(low),
            minus(high)
        )
    }
}

/// What holds whatever the interval says.
pub const CAUTION: &str = "This comparison does not show why. Other things changed over the same time, and those who were \
    invited lately have had less time to answer. Those who were offered an interview before are counted as they stood on \
    that day, though they had the option too from then on.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::difference::{Share, difference};
    use crate::release::percent::figure;
    use crate::release::uptake::TakenUp;

    fn said(before: (u64, u64), after: (u64, u64)) -> String {
        let taken_up = |(count, base)| TakenUp { offered: base, taken_up: figure(count, base).expect("a figure") };
        let share = |(count, base)| Share { count, base };
        comparison(&IndependentOption {
            as_at: None,
            since: chrono::NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day"),
            before: taken_up(before),
            after: taken_up(after),
            difference: difference(share(before), share(after)).expect("a difference"),
        })
    }

    #[test]
    fn nothing_is_said_of_a_difference_that_its_interval_does_not_say() {
        let higher = said((48, 80), (56, 70));
        assert!(higher.starts_with("Uptake was 20.0 percentage points higher among"), "{higher}");
        assert!(higher.contains("5.2 to 33.4 points higher)"), "{higher}");
        let lower = said((56, 70), (48, 80));
        assert!(lower.starts_with("Uptake was 20.0 percentage points lower"), "{lower}");
        assert!(lower.contains("5.2 to 33.4 points lower)"), "{lower}");
        let same = said((400, 800), (210, 400));
        assert!(same.starts_with("These figures do not show that uptake changed: the difference is 2.5 "), "{same}");
        assert!(same.contains("\u{2212}3.5 to 8.5, includes 0"), "{same}");
        let few = said((5, 10), (8, 12));
        assert!(few.starts_with("Too few have been asked to tell"), "{few}");
        assert!(few.contains("\u{2212}21.5 to 49.5") && few.contains("includes 0 and is wide"), "{few}");
    }

    #[test]
    fn nothing_claims_a_cause() {
        for pair in [((48, 80), (56, 70)), ((56, 70), (48, 80)), ((400, 800), (210, 400)), ((5, 10), (8, 12))] {
            let words = said(pair.0, pair.1);
            for claim in ["because", "due to", "raised", "caused", "thanks to", "effect"] {
                assert!(!words.contains(claim), "{claim}: {words}");
            }
        }
        assert!(CAUTION.contains("does not show why") && CAUTION.contains("less time to answer"));
    }
}
