//! The form by which a paper is put together.

use crate::paper::Paper;
use crate::report::Format;
use crate::report::template::Part;
use crate::template::{MAX_BYTES, MAX_SIDE};
use crate::web::Fields;
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field, Input, Look};
use maud::{Markup, html};

/// The logo that came along, so that nobody has to choose the file again.
pub(super) const KEPT_LOGO: &str = "kept_logo";
/// What the button sends that saves.
pub(super) const SAVE: &str = "save";

pub(super) fn form(action: &str, paper: &Paper, form: &Fields, problems: &Problems) -> Markup {
    html! {
        form method="post" action=(action) enctype="multipart/form-data" novalidate {
            (texts(form, problems))
            (parts(form, problems))
            (breakdowns(paper, form, problems))
            (look(form, problems))
            div.buttons {
                (go("preview", "Show it below", Look::Primary))
                (go(SAVE, "Save as our template", Look::Secondary))
            }
            p { "Take it away as it is now:" }
            div.buttons {
                @for format in Format::ALL { (go(format.extension(), format.label(), Look::Link)) }
            }
        }
    }
}

fn go(value: &str, label: &str, look: Look) -> Markup {
    ui::button(&Button { label, name: Some("go"), value: Some(value), look, ..Button::default() })
}

fn texts(form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let input = |name| Input { value: form.get(name), autocomplete: Some("off"), ..Input::default() };
    html! {
        (ui::text_input(&field("title", "Title", Some("Left empty, it is the campaign’s name.")), &input("title")))
        (ui::text_input(&field("committee", "Committee", Some("Whom it is for, as in “Overview and Scrutiny Committee”.")), &input("committee")))
        (ui::text_input(
            &field("date", "Day of the meeting", Some("Of this paper only: it is not saved. Left empty, it is the day of the release.")),
            &Input { kind: "date", ..input("date") },
        ))
    }
}

fn parts(form: &Fields, problems: &Problems) -> Markup {
    let choices = Part::ALL.map(|part| Choice {
        value: part.code(),
        label: part.title(),
        is_chosen: form.all("parts").any(|code| code == part.code()),
        ..Choice::default()
    });
    let hint = Some("What a release has nothing of is left out in any case.");
    ui::checkboxes(
        &Field { name: "parts", label: "Parts", hint, error: problems.on("parts"), ..Field::default() },
        &choices,
    )
}

fn breakdowns(paper: &Paper, form: &Fields, problems: &Problems) -> Markup {
    let known = paper.breakdowns();
    if known.is_empty() {
        return Markup::default();
    }
    let choices: Vec<Choice> = known
        .iter()
        .map(|(code, label)| Choice {
            value: code,
            label,
            is_chosen: form.all("breakdowns").any(|chosen| chosen == code),
            ..Choice::default()
        })
        .collect();
    let field =
        Field { name: "breakdowns", label: "Figures split by", error: problems.on("breakdowns"), ..Field::default() };
    ui::checkboxes(&field, &choices)
}

fn look(form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let logo = form.get(KEPT_LOGO);
    let size = format!("PNG or JPEG, at most {} kB and {MAX_SIDE} pixels.", MAX_BYTES / 1000);
    let described = if problems.on("logo").is_some() { "f-logo-hint f-logo-error" } else { "f-logo-hint" };
    html! {
        (ui::text_input(
            &field("accent", "Colour", Some("Of rules and charts: # and six digits, as in #0b5c6b. Dark enough to be read on white.")),
            &Input { value: form.get("accent"), autocomplete: Some("off"), width: Some(10), ..Input::default() },
        ))
        div.field.wrong[problems.on("logo").is_some()] {
            label for="f-logo" { "Logo" }
            p.hint #f-logo-hint { (size) }
            @if let Some(error) = problems.on("logo") { p.error #f-logo-error { (error) } }
            input #f-logo type="file" name="logo" accept="image/png,image/jpeg" aria-describedby=(described);
        }
        @if !logo.is_empty() {
            (ui::hidden(KEPT_LOGO, logo))
            (ui::checkboxes(
                &Field { name: "without_logo", label: "There is a logo", ..Field::default() },
                &[Choice { value: "1", label: "Take it off the paper", ..Choice::default() }],
            ))
        }
        (ui::text_input(
            &field("logo_alt", "What the logo says", Some("For whoever does not see it: the name of the organisation.")),
            &Input { value: form.get("logo_alt"), autocomplete: Some("off"), ..Input::default() },
        ))
    }
}
