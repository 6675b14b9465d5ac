//! How often what is answered, in an invented council.

use crate::survey::Code;

/// What weighs most for people: option codes that the shipped surveys share.
pub const DRIVERS: [(&str, u64); 11] = [
    ("workload", 24),
    ("pay", 15),
    ("management", 11),
    ("career", 10),
    ("flexibility", 9),
    ("supervision", 7),
    ("agency_offer", 7),
    ("culture", 5),
    ("retirement", 6),
    ("personal", 4),
    ("housing", 2),
];

/// Among the options of one question; what is not listed weighs 10.
const OPTIONS: [(&str, &str, u64); 23] = [
    ("directorate", "children", 46),
    ("directorate", "adults", 33),
    ("directorate", "corporate", 19),
    ("directorate", "health", 0),
    // Few enough to be hidden, and so to show what hiding looks like.
    ("directorate", "other", 2),
    ("destination", "similar_council", 30),
    ("destination", "agency", 18),
    ("destination", "similar_health", 9),
    ("destination", "abroad", 2),
    ("destination", "study", 3),
    ("destination", "retired", 9),
    ("destination", "not_known", 5),
    ("main_reason", "none", 0),
    ("would_return", "yes", 40),
    ("would_return", "maybe", 35),
    ("would_return", "no", 22),
    ("contract", "permanent_full", 45),
    ("contract", "permanent_part", 30),
    ("contract", "casual", 4),
    ("intention", "same_job", 55),
    ("intention", "same_employer", 18),
    ("agency_place", "here", 4),
    ("agency_pay", "much_lower", 0),
];

pub fn of(question: &Code, option: &Code) -> u64 {
    let listed = OPTIONS.iter().find(|(q, o, _)| *q == question.as_str() && *o == option.as_str());
    listed.map_or(10, |(_, _, weight)| *weight)
}

/// In a hundred, how many choose this among several when it is not their driver.
pub fn common(option: &Code) -> u64 {
    match option.as_str() {
        "workload" => 38,
        "pay" => 27,
        "management" | "flexibility" => 22,
        "career" | "culture" | "supervision" => 16,
        "retirement" | "contract_ended" | "housing" => 3,
        _ => 9,
    }
}
