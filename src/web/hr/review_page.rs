//! The page of one comment: its text with marks, what is taken out, and the decision.

use super::campaign::HERE;
use super::comment::{comment_path, label, progress, standing, topic_path};
use super::review_form::{self, PASSAGES, Row};
use crate::campaign::Campaign;
use crate::comment::marks::{Kind, Mark};
use crate::comment::redact::{self, Reason};
use crate::comment::{Decision, Opened, Reading, Theme, Topic, Why};
use crate::web::Fields;
use crate::web::auth::{HrUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field, Input, Look};
use actix_web::HttpResponse;
use maud::{Markup, html};

const DONE: [(&str, &str); 1] = [("saved", "Saved. This is the next one.")];

/// What the page shows.
pub(super) struct Shown<'a> {
    pub campaign: &'a Campaign,
    pub reading: &'a Reading,
    pub topic: &'a Topic,
    pub comment: &'a Opened,
    pub themes: &'a [Theme],
    pub marks: &'a [Mark],
}

pub(super) fn page(user: &HrUser, shown: &Shown, form: &Fields, problems: &Problems, query: &str) -> HttpResponse {
    let Shown { campaign, topic, comment, .. } = shown;
    let title = label(shown.reading, topic);
    let mut frame = frame(&user.account, title, HERE);
    (frame.has_errors, frame.is_wide) = (!problems.is_empty(), true);
    let all = topic.comments.len();
    let body = html! {
        (problems.summary())
        (done(query, &DONE))
        p { a href=(topic_path(campaign, topic)) { "All comments on this question" } }
        h1 { (title) }
        (ui::progress(&progress(topic), all - topic.to_do(), all))
        @match comment.review.as_ref().and_then(|review| review.counted) {
            Some(number) => (counted(shown, form, problems, number)),
            None => (ui::form(&comment_path(campaign, topic, comment), html! {
                (ui::hidden("state", &comment.state))
                div.desk {
                    div { (text(shown, form)) (takes(shown, form)) (passages(form, problems)) }
                    div { (decision(form, problems)) (themes(shown, form)) (buttons()) }
                }
            })),
        }
        (neighbours(shown))
    };
    ui::page_response(problems.status(), &frame, body)
}

/// The comment with its marks, and how it reads with what is ticked taken out.
fn text(shown: &Shown, form: &Fields) -> Markup {
    let text = &shown.comment.text;
    let taken = review_form::redactions(form, shown.comment, &mut Problems::default());
    html! {
        h2 { "The comment" }
        p.card.said dir="auto" { (marked(text, shown.marks)) }
        @if !taken.is_empty() {
            h2 { "How it would read" }
            p.card.said dir="auto" { (redact::apply(text, &taken)) }
        }
    }
}

fn marked(text: &str, marks: &[Mark]) -> Markup {
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let starts = marks.iter().map(|mark| mark.span.start).chain([text.len()]);
    let ends = [0].into_iter().chain(marks.iter().map(|mark| mark.span.end));
    html! {
        @for (n, (end, next)) in ends.zip(starts).enumerate() {
            (part(end, next))
            @if let Some(mark) = marks.get(n) {
                mark class=[(mark.kind == Kind::Rare).then_some("rare")] { (part(mark.span.start, mark.span.end)) }
            }
        }
    }
}

fn takes(shown: &Shown, form: &Fields) -> Markup {
    let rows = review_form::rows(shown.comment, shown.marks, form);
    let is_rare = |row: &&Row| row.mark.is_some_and(|mark| mark.kind == Kind::Rare);
    let is_ticked = |row: &Row| form.all("take").any(|value| value == review_form::take_value(row.span));
    let (rare, usual): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| is_rare(row) && !is_ticked(row));
    html! {
        fieldset.field {
            legend { "Take out" }
            p.hint {
                "Marked is what looks like a name, an address, a place or a date. Not everything is found, and not everything "
                "that is marked tells who somebody is."
            }
            @if usual.is_empty() { p { "Nothing is marked." } }
            @for row in usual { (take(shown, row, is_ticked(row))) }
            @if !rare.is_empty() {
                details {
                    summary { "Words that stand in no other comment (" (rare.len()) ")" }
                    div { @for row in rare { (take(shown, row, false)) } }
                }
            }
        }
    }
}

fn take(shown: &Shown, row: &Row, is_ticked: bool) -> Markup {
    let passage = shown.comment.text.get(row.span.start..row.span.end).unwrap_or_default();
    let (id, name) = (format!("take-{}", row.span.start), review_form::reason_field(row.span));
    let kind = row.mark.map_or("taken out by hand", |mark| mark.kind.label());
    html! {
        div.take {
            div.choice {
                input id=(id) type="checkbox" name="take" value=(review_form::take_value(row.span)) checked[is_ticked];
                label for=(id) { bdi { (passage) } " " span.soft { (kind) } }
            }
            label.unseen for={ (id) "-why" } { "What “" (passage) "” is" }
            (reasons(&format!("{id}-why"), &name, row.reason))
        }
    }
}

fn reasons(id: &str, name: &str, chosen: Reason) -> Markup {
    html! {
        select id=(id) name=(name) {
            @for reason in Reason::ALL {
                option value=(reason.as_str()) selected[*reason == chosen] { (reason.label()) }
            }
        }
    }
}

fn passages(form: &Fields, problems: &Problems) -> Markup {
    html! {
        fieldset.field {
            legend { "Take out something else" }
            p.hint { "Type or copy the words as they stand in the comment. They are taken out wherever they stand." }
            @for n in 1..=PASSAGES {
                @let name = review_form::passage_field(n);
                @let reason_name = review_form::passage_reason_field(n);
                @let chosen = Reason::read(form.get(&reason_name)).unwrap_or(Reason::Name);
                div.pair {
                    (ui::text_input(
                        &Field { name: &name, label: &format!("Passage {n}"), error: problems.on(&name), ..Field::default() },
                        &Input { value: form.get(&name), autocomplete: Some("off"), width: Some(24), ..Input::default() },
                    ))
                    div.field {
                        label for=(ui::control_id(&reason_name)) { "What it is" span.unseen { ", passage " (n) } }
                        (reasons(&ui::control_id(&reason_name), &reason_name, chosen))
                    }
                }
            }
        }
    }
}

fn decision(form: &Fields, problems: &Problems) -> Markup {
    let choice = |value, label, hint| Choice {
        value,
        label,
        hint,
        is_chosen: form.get("decision") == value,
        ..Choice::default()
    };
    let field = Field {
        name: "decision",
        label: "What is to become of it?",
        error: problems.on("decision"),
        ..Field::default()
    };
    let first = [Choice {
        value: "yes",
        label: "Show this one before others",
        hint: Some("Where more are approved than a report may show."),
        is_chosen: form.get("first") == "yes",
        ..Choice::default()
    }];
    html! {
        (ui::radios(&field, &[
            choice("approve", "Approve it", Some("A report may quote it, without what is taken out.")),
            choice("not", "Do not publish it", Some("It still counts for its themes.")),
            choice("later", "Decide later", None),
        ]))
        (why(form, problems))
        (ui::checkboxes(&Field { name: "first", label: "If it is approved", ..Field::default() }, &first))
    }
}

fn why(form: &Fields, problems: &Problems) -> Markup {
    let chosen = Why::read(form.get("why"));
    let none = Choice { label: "Choose", is_chosen: chosen.is_none(), ..Choice::default() };
    let of = |why: &Why| Choice {
        value: why.as_str(),
        label: why.label(),
        is_chosen: chosen == Some(*why),
        ..Choice::default()
    };
    let options: Vec<Choice> = std::iter::once(none).chain(Why::ALL.iter().map(of)).collect();
    let field = Field {
        name: "why",
        label: "If it is not to be published: why",
        error: problems.on("why"),
        ..Field::default()
    };
    ui::select(&field, &options)
}

fn themes(shown: &Shown, form: &Fields) -> Markup {
    let has = |theme: &Theme| form.all("theme").any(|code| code == theme.code.as_str());
    let choices: Vec<Choice> = shown
        .themes
        .iter()
        .filter(|theme| !theme.is_retired)
        .map(|theme| Choice {
            value: theme.code.as_str(),
            label: &theme.label,
            is_chosen: has(theme),
            ..Choice::default()
        })
        .collect();
    let hint = "None, one or several. They are counted over all comments that were read, also over those that are not published.";
    let field = Field { name: "theme", label: "Themes", hint: Some(hint), ..Field::default() };
    html! { @if !choices.is_empty() { (ui::checkboxes(&field, &choices)) } }
}

fn buttons() -> Markup {
    let read = Button {
        label: "Show how it would read",
        name: Some("do"),
        value: Some("read"),
        look: Look::Secondary,
        ..Button::default()
    };
    html! {
        div.buttons {
            (ui::button(&Button { label: "Save and go on", ..Button::default() }))
            (ui::button(&read))
        }
    }
}

/// What an annex has counted cannot be read anew, only withdrawn.
fn counted(shown: &Shown, form: &Fields, problems: &Problems, number: u32) -> Markup {
    let Shown { campaign, topic, comment, .. } = shown;
    let review = comment.review.as_ref();
    let is_approved = review.is_some_and(|review| review.decision == Decision::Approved);
    let names: Vec<&str> = shown
        .themes
        .iter()
        .filter(|theme| review.is_some_and(|review| review.themes.contains(&theme.code)))
        .map(|theme| theme.label.as_str())
        .collect();
    html! {
        p.card.said dir="auto" { (review.and_then(|review| review.published(&comment.text)).unwrap_or(comment.text.clone())) }
        p { (standing(comment)) ". " @if !names.is_empty() { "Themes: " (names.join(", ")) "." } }
        p { "It was counted in release " (number) ", and so its themes stay." }
        @if is_approved {
            (ui::form(&comment_path(campaign, topic, comment), html! {
                (ui::hidden("state", &comment.state))
                (ui::hidden("decision", "not"))
                (why(form, problems))
                p.hint { "A report that quotes it stays as it is: withdraw that from the public if it has to go." }
                (ui::button(&Button { label: "Quote it no more", look: Look::Danger, ..Button::default() }))
            }))
        }
    }
}

fn neighbours(shown: &Shown) -> Markup {
    let comments = &shown.topic.comments;
    let at = comments.iter().position(|one| one.id == shown.comment.id).unwrap_or_default();
    let link = |one: &Opened| comment_path(shown.campaign, shown.topic, one);
    html! {
        p.actions {
            @if let Some(one) = at.checked_sub(1).and_then(|before| comments.get(before)) { a href=(link(one)) { "Previous comment" } }
            span { "Comment " (at + 1) " of " (comments.len()) }
            @if let Some(one) = comments.get(at + 1) { a href=(link(one)) { "Next comment" } }
        }
    }
}
