//! What was found, in words.

use super::finding::{Breach, Narrowest, Rule, Whose};
use std::fmt::{Display, Formatter, Result};

/// From so many people to so many.
struct People(u64, u64);

impl Display for Breach {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.whose.fmt(f)?;
        let people = People(self.low, self.high);
        match self.rule {
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
        write!(f, "{}: {}", self.whose, People(self.low, self.high))
    }
}

impl Display for Whose {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.after {
            0 => write!(f, "release {}", self.up_to)?,
            after => write!(f, "after release {after}, up to {}", self.up_to)?,
        }
        write!(f, ", {}", self.question.as_deref().unwrap_or("all responses"))?;
        if let Some(breakdown) = &self.breakdown {
            write!(f, " by {breakdown}, {}", self.group.as_deref().unwrap_or("those who did not say"))?;
        }
        self.option.as_ref().map_or(Ok(()), |option| write!(f, ", {option}"))
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
        let team = Whose {
            question: Some("reasons".into()),
            breakdown: Some("directorate".into()),
            group: Some("housing".into()),
            option: None,
            after: 0,
            up_to: 3,
        };
        let breach = Breach { whose: team.clone(), low: 1, high: 3, rule: Rule::Few };
        assert_eq!(breach.to_string(), "release 3, reasons by directorate, housing: between 1 and 3 people");
        let silent = Whose { group: None, after: 2, ..team.clone() };
        let silent = Breach { whose: silent, low: 8, high: 11, rule: Rule::Narrow };
        assert_eq!(
            silent.to_string(),
            "after release 2, up to 3, reasons by directorate, those who did not say: between 8 and 11 people, which is known too well"
        );
        let all = Whose { question: None, breakdown: None, group: None, ..team };
        let all = Breach { whose: all, low: 1, high: 1, rule: Rule::Few };
        assert_eq!(all.to_string(), "release 3, all responses: 1 person");
    }
}
