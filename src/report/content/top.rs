//! The question that a report leads with, and which of its answers stand out.

use crate::release::Figure;
use crate::report::view::{QuestionView, RowView};

/// What the shipped surveys call it: why people leave, stay, or work for an agency.
const USUAL: [&str; 4] = ["reasons", "stay_reasons", "agency_reasons", "main_reason"];

/// The question about reasons; of a survey that has none by a usual name, the first in
/// which one chooses from a list.
pub fn leading(questions: &[QuestionView]) -> Option<&QuestionView> {
    let has_figures = |question: &&QuestionView| question.total.rows.iter().any(|row| row.figure.is_some());
    let usual = USUAL.iter().find_map(|code| questions.iter().filter(has_figures).find(|one| one.code == *code));
    let of_kind = |kind: &str| questions.iter().filter(has_figures).find(|one| one.kind == kind && !one.is_breakdown);
    usual.or_else(|| of_kind("multiple")).or_else(|| of_kind("single"))
}

/// Answers with figures, the most frequent first; those that are as frequent, in the
/// survey's order.
pub fn ordered(question: &QuestionView) -> Vec<(&RowView, Figure)> {
    let mut rows: Vec<(&RowView, Figure)> =
        question.total.rows.iter().filter_map(|row| Some((row, row.figure?))).collect();
    rows.sort_by_key(|(_, figure)| std::cmp::Reverse(figure.percent));
    rows
}

/// The answers that may be the most frequent: those whose interval reaches that of the
/// first. One alone is the most frequent; of several, nobody can say which.
pub fn in_front<'a>(ordered: &[(&'a RowView, Figure)]) -> Vec<(&'a RowView, Figure)> {
    let Some((_, first)) = ordered.first() else { return Vec::new() };
    ordered.iter().take_while(|(_, figure)| figure.high >= first.low && figure.count > 0).copied().collect()
}
