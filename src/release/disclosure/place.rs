//! Where figures stand.

/// A question, what it is split by (a breakdown, a crossing; none: in total), and a
/// group (none: everybody). How large a group is, in a breakdown's own table, stands as
/// that breakdown split by itself, or by the crossing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub question: String,
    pub breakdown: Option<String>,
    pub group: Option<String>,
}

impl Place {
    pub fn new(question: &str, breakdown: Option<&str>, group: Option<&str>) -> Self {
        Place {
            question: question.to_owned(),
            breakdown: breakdown.map(str::to_owned),
            group: group.map(str::to_owned),
        }
    }

    /// How large `group` of `breakdown` is, as the table of `question` says.
    pub fn size(question: &str, breakdown: &str, group: &str) -> Self {
        Place::new(question, Some(breakdown), Some(group))
    }
}
