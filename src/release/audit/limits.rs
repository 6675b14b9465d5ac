//! When a range tells too much.

use super::finding::Rule;

/// What a number of people is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// *k*.
    pub least: u64,
    /// *w*.
    pub width: u64,
    /// Whether it is enough that they can be nobody: nobody can be shown to be among
    /// them, then, and that they are not counted by themselves was seen to otherwise.
    pub may_be_nobody: bool,
    /// What is published of a larger population says that they are no more than so
    /// many. That is no news of them, so long as it is all.
    pub room: Option<u64>,
    /// Whether they are those who gave an answer.
    pub is_answer: bool,
    /// Of an answer: how many there are who may have given it, where that is known. Those
    /// of them who did not are held to the same, and not all may have.
    pub of: Option<u64>,
}

impl Limits {
    /// Whether a range that reaches from `low` to `high`, or further, tells too little
    /// to be of harm.
    pub fn is_wide(&self, low: u64, high: u64) -> bool {
        let is_wide = |(low, high): (u64, u64)| self.is_wide_alone(low, high);
        is_wide((low, high)) && !self.is_everybody(low) && self.rest(low, high).is_none_or(is_wide)
    }

    fn rest(&self, low: u64, high: u64) -> Option<(u64, u64)> {
        self.of.map(|of| (of.saturating_sub(high), of.saturating_sub(low)))
    }

    fn is_everybody(&self, low: u64) -> bool {
        low > 0 && self.of == Some(low)
    }

    fn is_wide_alone(&self, low: u64, high: u64) -> bool {
        let is_all_there_is = low == 0 && high > 0 && self.room == Some(high);
        let is_open = high >= self.least || self.may_be_nobody && low == 0;
        is_open && high.saturating_sub(low) >= self.width || is_all_there_is
    }

    pub fn in_full(self) -> Self {
        self
    }

    /// Held to what must not be shown of them whatever else is known: that they are few,
    /// or how many within less than the width.
    pub fn as_told(self) -> Self {
        Limits { may_be_nobody: true, ..self }
    }

    /// Held to no more than that they cannot be shown to be few; an answer to that it cannot
    /// be shown to be nobody's or that of few.
    pub fn for_few(self) -> Self {
        Limits { width: 0, may_be_nobody: !self.is_answer, ..self }
    }

    /// The rule that a range of exactly `low` to `high` breaks.
    pub fn broken(&self, low: u64, high: u64) -> Option<Rule> {
        if self.is_everybody(low) {
            return Some(Rule::Alike);
        }
        let of_rest = self.rest(low, high).and_then(|(low, high)| self.broken_alone(low, high));
        self.broken_alone(low, high).into_iter().chain(of_rest).min()
    }

    fn broken_alone(&self, low: u64, high: u64) -> Option<Rule> {
        let is_known = low == high;
        if is_known && (low == 0 || low >= self.least) || self.is_wide_alone(low, high) {
            None
        } else if high < self.least {
            Some(Rule::Few)
        } else {
            Some(Rule::Narrow)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_k_may_be_known_and_what_lies_between_may_not() {
        let limits = Limits { least: 5, width: 5, may_be_nobody: false, room: None, is_answer: false, of: None };
        let broken = |range: (u64, u64)| limits.broken(range.0, range.1);
        assert_eq!([(0, 0), (5, 5), (0, 5), (3, 8), (40, 60)].map(broken), [None; 5]);
        assert_eq!([(1, 1), (4, 4), (0, 4), (1, 3)].map(broken), [Some(Rule::Few); 4]);
        assert_eq!([(1, 5), (4, 8), (40, 44)].map(broken), [Some(Rule::Narrow); 3]);
    }

    #[test]
    fn what_a_condition_leaves_room_for_is_no_news() {
        let limits = Limits { least: 5, width: 5, may_be_nobody: false, room: Some(3), is_answer: false, of: None };
        assert_eq!(limits.broken(0, 3), None);
        assert_eq!(limits.broken(1, 3), Some(Rule::Few));
        assert_eq!(limits.broken(3, 3), Some(Rule::Few));
    }

    #[test]
    fn those_who_gave_another_answer_are_held_to_the_same_and_not_all_may_have_given_one() {
        let limits = Limits { least: 5, width: 5, may_be_nobody: false, room: Some(20), is_answer: true, of: Some(20) };
        let broken = |range: (u64, u64)| limits.broken(range.0, range.1);
        assert_eq!([(0, 0), (5, 5), (15, 15), (0, 20), (0, 5), (15, 20)].map(broken), [None; 6]);
        assert_eq!(broken((20, 20)), Some(Rule::Alike));
        assert_eq!([(4, 4), (16, 16), (16, 20)].map(broken), [Some(Rule::Few); 3]);
        assert_eq!([(2, 6), (14, 18)].map(broken), [Some(Rule::Narrow); 2]);
    }
}
