//! What was found, in words.

use super::finding::{Breach, Narrowest, Rule};
use std::fmt::{Display, Formatter, Result};

/// Whose number it is.
struct Place<'a> {
    question: Option<&'a str>,
    breakdown: Option<&'a str>,
    group: Option<&'a str>,
    option: Option<&'a str>,
    after: u32,
    up_to: u32,
}

/// From so many people to so many.
struct People(u64, u64);

impl Display for Breach {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Breach { question, breakdown, group, option, after, up_to, low, high, rule } = self;
        let [question, breakdown, group, option] = [question, breakdown, group, option].map(Option::as_deref);
        Place { question, breakdown, group, option, after: *after, up_to: *up_to }.fmt(f)?;
        let people = People(*low, *high);
        match rule {
            Rule::Few => write!(f, ": {people}"),
            Rule::Narrow => write!(f, ": {people}, which is known too well"),
            Rule::Alike => write!(f, ": {people}, and nobody in the group answered otherwise"),
            Rule::Contradiction => write!(f, ": the figures cannot all be true"),
            Rule::Unsolved => write!(f, ": the solver found no answer, so nothing is known to be safe"),
        }
    }
}

impl Display for Narrowest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Narrowest { question, breakdown, group, option, after, up_to, low, high } = self;
        let [question, breakdown, group, option] = [question, breakdown, group, option].map(Option::as_deref);
        Place { question, breakdown, group, option, after: *after, up_to: *up_to }.fmt(f)?;
        write!(f, ": {}", People(*low, *high))
    }
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.after {
            0 => write!(f, "release {}", self.up_to)?,
            after => write!(f, "after release {after}, up to {}", self.up_to)?,
        }
        write!(f, ", {}", self.question.unwrap_or("all responses"))?;
        if let Some(breakdown) = self.breakdown {
            write!(f, " by {breakdown}, {}", self.group.unwrap_or("those who did not say"))?;
        }
        self.option.map_or(Ok(()), |option| write!(f, ", {option}"))
    }
}

impl Display for People {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match (self.0, self.1) {
            (1, 1) => write!(f, "1 person"),
            (low, high) if low == high => write!(f, "{low} people"),
            (low, high) => write!(f, "between {low} and {high} people"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breach_is_said_with_its_place() {
        let breach = Breach {
            question: Some("reasons".into()),
            breakdown: Some("directorate".into()),
            group: Some("housing".into()),
            option: None,
            after: 0,
            up_to: 3,
            low: 1,
            high: 3,
            rule: Rule::Few,
        };
        assert_eq!(breach.to_string(), "release 3, reasons by directorate, housing: between 1 and 3 people");
        let silent = Breach { group: None, after: 2, low: 8, high: 11, rule: Rule::Narrow, ..breach.clone() };
        assert_eq!(
            silent.to_string(),
            "after release 2, up to 3, reasons by directorate, those who did not say: between 8 and 11 people, which is known too well"
        );
        let all = Breach { question: None, breakdown: None, group: None, low: 1, high: 1, ..breach };
        assert_eq!(all.to_string(), "release 3, all responses: 1 person");
    }
}
