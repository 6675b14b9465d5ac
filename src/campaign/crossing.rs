//! Two breakdowns at once, by which figures are split as well: `directorate*role`.

use super::open::{NewCampaign, Problem};
use crate::survey::Code;
use std::collections::BTreeSet;

/// The one whose groups come first, and the other.
pub type Crossing = (Code, Code);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no crossing: name two breakdowns with a * between them, as in directorate*role")]
pub struct InvalidCrossing(String);

/// Reads `directorate*role`.
pub fn read_crossing(text: &str) -> Result<Crossing, InvalidCrossing> {
    let code = |text: &str| Code::new(text.trim()).ok();
    text.split_once('*')
        .and_then(|(first, second)| code(first).zip(code(second)))
        .ok_or_else(|| InvalidCrossing(text.to_owned()))
}

/// What is wrong with a new campaign's crossings.
pub(super) fn check(new: &NewCampaign) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (mut seen, mut missing) = (BTreeSet::new(), BTreeSet::new());
    for (first, second) in &new.crossings {
        if first == second {
            problems.push(Problem::CrossingOfItself(first.clone()));
        } else if !seen.insert((first.min(second), first.max(second))) {
            problems.push(Problem::CrossingTwice(first.clone(), second.clone()));
        }
        for code in [first, second] {
            if !new.breakdowns.contains(code) && missing.insert(code) {
                problems.push(Problem::CrossingNotSplitBy(code.clone()));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OrganisationId;

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    #[test]
    fn a_crossing_is_written_with_a_star() {
        assert_eq!(read_crossing("directorate*role"), Ok((code("directorate"), code("role"))));
        assert_eq!(read_crossing(" directorate * role "), Ok((code("directorate"), code("role"))));
        for wrong in ["", "directorate", "directorate*", "*", "a*b*c", "a x b", "A*b"] {
            assert_eq!(read_crossing(wrong), Err(InvalidCrossing(wrong.to_owned())));
        }
    }

    #[test]
    fn everything_that_is_wrong_with_crossings_is_said_at_once() {
        let mut new = NewCampaign::new(OrganisationId::claimed("o"), "v", "Leavers");
        new.breakdowns = vec![code("a"), code("b"), code("c")];
        let crossings = |pairs: &[(&str, &str)]| pairs.iter().map(|(x, y)| (code(x), code(y))).collect::<Vec<_>>();
        new.crossings = crossings(&[("a", "b"), ("c", "a"), ("b", "c")]);
        assert_eq!(check(&new), []);
        new.crossings = crossings(&[("a", "b"), ("b", "a"), ("c", "c"), ("a", "grade"), ("grade", "b"), ("a", "b")]);
        assert_eq!(
            check(&new),
            [
                Problem::CrossingTwice(code("b"), code("a")),
                Problem::CrossingOfItself(code("c")),
                Problem::CrossingNotSplitBy(code("grade")),
                Problem::CrossingTwice(code("a"), code("b")),
            ]
        );
    }
}
