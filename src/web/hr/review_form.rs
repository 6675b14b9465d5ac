//! The form about one comment: its fields, and the decision that they say.

use crate::comment::marks::Mark;
use crate::comment::redact::{self, Reason, Redaction, Span};
use crate::comment::{Decision, Opened, Review, Why};
use crate::survey::Code;
use crate::web::Fields;
use crate::web::problems::Problems;

/// How many further passages there is room for at a time.
pub(super) const PASSAGES: usize = 4;

/// What the form says; no decision where something is wrong with it.
pub(super) struct Entered {
    pub review: Option<Review>,
    pub problems: Problems,
}

/// A part of the text that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub span: Span,
    pub mark: Option<Mark>,
    pub reason: Reason,
}

pub(super) fn take_value(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}

pub(super) fn reason_field(span: Span) -> String {
    format!("reason-{}", take_value(span))
}

pub(super) fn passage_field(n: usize) -> String {
    format!("passage-{n}")
}

pub(super) fn passage_reason_field(n: usize) -> String {
    format!("passage-reason-{n}")
}

/// The fields as a comment was decided; of one that nobody has looked at, with ticks
/// where there is hardly a reason to leave something in.
pub(super) fn filled(comment: &Opened, marks: &[Mark]) -> Fields {
    let taken: Vec<(Span, Reason)> = match &comment.review {
        Some(review) => review.redactions.iter().map(|one| (one.span, one.reason)).collect(),
        None => {
            marks.iter().filter(|mark| mark.kind.is_certain()).map(|mark| (mark.span, mark.kind.reason())).collect()
        }
    };
    let mut pairs = vec![("state".to_owned(), comment.state.clone())];
    for (span, reason) in taken {
        pairs.push(("take".to_owned(), take_value(span)));
        pairs.push((reason_field(span), reason.as_str().to_owned()));
    }
    pairs.extend(comment.review.iter().flat_map(decided));
    Fields::new(pairs)
}

/// The fields below the text.
fn decided(review: &Review) -> Vec<(String, String)> {
    let (decision, why) = match review.decision {
        Decision::Approved => ("approve", ""),
        Decision::Later => ("later", ""),
        Decision::NotPublished(why) => ("not", why.as_str()),
    };
    let first = if review.is_first { "yes" } else { "" };
    let themes = review.themes.iter().map(|code| ("theme", code.as_str()));
    let pairs = [("decision", decision), ("why", why), ("first", first)].into_iter().chain(themes);
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What can be ticked: what was taken out before, what the form has ticked, and the marks
/// beside those.
pub(super) fn rows(comment: &Opened, marks: &[Mark], form: &Fields) -> Vec<Row> {
    let stored = comment.review.iter().flat_map(|review| review.redactions.iter().copied());
    let ticked = spans(form, &comment.text).map(|span| Redaction { span, reason: Reason::Other });
    let marked = marks.iter().map(|mark| Redaction { span: mark.span, reason: mark.kind.reason() });
    let mut rows: Vec<Row> = Vec::new();
    for Redaction { span, reason } in stored.chain(ticked) {
        let mark = marks.iter().copied().find(|mark| mark.span == span);
        if rows.iter().all(|row| row.span != span) {
            rows.push(Row { span, mark, reason: mark.map_or(reason, |mark| mark.kind.reason()) });
        }
    }
    for Redaction { span, reason } in marked {
        if rows.iter().all(|row| row.span.end <= span.start || span.end <= row.span.start) {
            let mark = marks.iter().copied().find(|mark| mark.span == span);
            rows.push(Row { span, mark, reason });
        }
    }
    for row in &mut rows {
        let said = Reason::read(form.get(&reason_field(row.span)));
        let stored = comment.review.iter().flat_map(|review| &review.redactions).find(|one| one.span == row.span);
        row.reason = said.or(stored.map(|one| one.reason)).unwrap_or(row.reason);
    }
    rows.sort_by_key(|row| row.span);
    rows
}

/// What the form takes out; what is wrong with its passages is added to `problems`.
pub(super) fn redactions(form: &Fields, comment: &Opened, problems: &mut Problems) -> Vec<Redaction> {
    let reason = |field: &str| Reason::read(form.get(field)).unwrap_or(Reason::Other);
    let mut all: Vec<Redaction> =
        spans(form, &comment.text).map(|span| Redaction { span, reason: reason(&reason_field(span)) }).collect();
    for n in 1..=PASSAGES {
        let (field, passage) = (passage_field(n), form.get(&passage_field(n)).trim());
        let found = redact::find(&comment.text, passage);
        if !passage.is_empty() && found.is_empty() {
            let message =
                format!("“{passage}” is not in the comment. Copy the words as they stand there, whole words only");
            problems.add(&field, message);
        }
        let reason = reason(&passage_reason_field(n));
        all.extend(found.into_iter().map(|span| Redaction { span, reason }));
    }
    redact::merged(&comment.text, all)
}

/// The ticks that are parts of the text.
fn spans<'a>(form: &'a Fields, text: &'a str) -> impl Iterator<Item = Span> + 'a {
    let span = |value: &str| {
        let (start, end) = value.split_once('-')?;
        Some(Span { start: start.parse().ok()?, end: end.parse().ok()? })
    };
    let is_part = |span: &Span| span.start < span.end && text.get(span.start..span.end).is_some();
    form.all("take").filter_map(span).filter(is_part)
}

pub(super) fn read(form: &Fields, comment: &Opened) -> Entered {
    let mut problems = Problems::default();
    let redactions = redactions(form, comment, &mut problems);
    let decision = decision(form, &mut problems);
    if decision == Some(Decision::Approved) && !redact::leaves_something(&comment.text, &redactions) {
        problems.add("decision", "Nothing would be left of it: choose that it is not to be published");
    }
    let themes = form.all("theme").filter_map(|code| Code::new(code).ok()).collect();
    let is_first = form.get("first") == "yes" && decision == Some(Decision::Approved);
    let review = decision.map(|decision| Review { decision, redactions, themes, is_first, counted: None });
    Entered { review, problems }
}

fn decision(form: &Fields, problems: &mut Problems) -> Option<Decision> {
    match form.get("decision") {
        "approve" => Some(Decision::Approved),
        "later" => Some(Decision::Later),
        "not" => {
            let why = Why::read(form.get("why"));
            if why.is_none() {
                problems.add("why", "Choose why it is not to be published");
            }
            why.map(Decision::NotPublished)
        }
        _ => {
            problems.add("decision", "Choose what is to become of this comment");
            None
        }
    }
}

/// Those that showing how it reads has to do with.
pub(super) fn about_passages(problems: &Problems) -> Problems {
    let mut about = Problems::default();
    for field in (1..=PASSAGES).map(passage_field) {
        if let Some(message) = problems.on(&field) {
            about.add(&field, message);
        }
    }
    about
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::CommentId;

    fn comment(text: &str) -> Opened {
        Opened { id: CommentId::random(), text: text.to_owned(), review: None, state: String::new() }
    }

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn ticks_and_passages_are_taken_out_together() {
        let comment = comment("Ann at Elm House said no to Ann");
        let pairs = [
            ("take", "7-16"),
            ("reason-7-16", "place"),
            ("passage-1", " Ann "),
            ("passage-reason-1", "name"),
            ("decision", "approve"),
        ];
        let entered = read(&form(&pairs), &comment);
        assert!(entered.problems.is_empty());
        let published = entered.review.unwrap().published(&comment.text).unwrap();
        assert_eq!(published, "[name removed] at [place removed] said no to [name removed]");
    }

    #[test]
    fn everything_that_is_wrong_is_said() {
        let entered =
            read(&form(&[("passage-2", "Bob"), ("passage-4", "An"), ("decision", "not")]), &comment("Ann left"));
        for field in ["passage-2", "passage-4", "why"] {
            assert!(entered.problems.on(field).is_some(), "{field}");
        }
        assert!(entered.review.is_none());
        assert!(read(&form(&[]), &comment("Ann")).problems.on("decision").is_some());
        let nothing = read(&form(&[("take", "0-3"), ("decision", "approve")]), &comment("Ann."));
        assert!(nothing.problems.on("decision").is_some_and(|said| said.contains("Nothing would be left")));
    }

    #[test]
    fn ticks_that_are_no_part_of_the_text_are_none() {
        let hostile = ["9-3", "0-99", "1-2", "-", "0--1", "99999999999999999999-1", "0-0"].map(|value| ("take", value));
        let entered = read(&form(&[&hostile[..], &[("decision", "later")]].concat()), &comment("ŵ a"));
        assert!(entered.review.unwrap().redactions.is_empty());
    }

    #[test]
    fn a_form_that_was_filled_from_a_decision_says_the_same_decision() {
        let mut comment = comment("Ann at Elm House");
        let cut = |start, end, reason| Redaction { span: Span { start, end }, reason };
        let review = Review {
            decision: Decision::Approved,
            redactions: vec![cut(0, 3, Reason::Somebody), cut(7, 16, Reason::Job)],
            themes: [Code::new("pay").unwrap()].into(),
            is_first: true,
            counted: None,
        };
        comment.review = Some(review.clone());
        let filled = filled(&comment, &[]);
        assert_eq!(read(&filled, &comment).review, Some(review));
        let rows = rows(&comment, &[], &filled);
        assert_eq!(rows.iter().map(|row| row.reason).collect::<Vec<_>>(), [Reason::Somebody, Reason::Job]);
    }
}
