//! The fields by which a campaign is opened.

use super::mode_fields::{self, Serving};
use super::policy_fields;
use crate::survey::{Lang, MODE, Survey};
use crate::web::Fields;
use crate::web::problems::Problems;
use crate::web::ui::{self, Choice, Field, Input};
use maud::{Markup, html};

pub(super) fn all(survey: &Survey, form: &Fields, problems: &Problems, serving: Serving) -> Markup {
    html! {
        (name(form, problems))
        (mode_fields::all(form, problems, serving))
        (cases(form, problems))
        (breakdowns(survey, form, problems))
        (policy_fields::crossings(survey, form, problems))
        (min_base(form, problems))
        (policy_fields::strictness(form))
        (closing(form, problems))
        (reminders(form, problems))
    }
}

fn name(form: &Fields, problems: &Problems) -> Markup {
    ui::text_input(
        &Field {
            name: "name",
            label: "Name",
            hint: Some("Stands on reports, as in “Leavers 2027”."),
            error: problems.on("name"),
            ..Field::default()
        },
        &Input { value: form.get("name"), autocomplete: Some("off"), ..Input::default() },
    )
}

fn breakdowns(survey: &Survey, form: &Fields, problems: &Problems) -> Markup {
    let by = survey.breakdowns().map(|question| (question.code.as_str(), question.label.get(Lang::En)));
    let choices: Vec<Choice> = by
        .chain([(MODE, "How they took part: online, or by which kind of interview")])
        .map(|(value, label)| Choice {
            value,
            label,
            is_chosen: form.all("breakdowns").any(|code| code == value),
            ..Choice::default()
        })
        .collect();
    let field = Field {
        name: "breakdowns",
        label: "Split figures by",
        hint: Some("Cannot be changed later. The more there are, the more small groups have to be hidden."),
        error: problems.on("breakdowns"),
        ..Field::default()
    };
    ui::checkboxes(&field, &choices)
}

fn min_base(form: &Fields, problems: &Problems) -> Markup {
    let choice = |value, label| Choice { value, label, is_chosen: form.get("min_base") == value, ..Choice::default() };
    let choices = [
        choice("5", "5 people"),
        choice("10", "10 people"),
        choice("11", "11 people"),
        choice("own", "Another number"),
    ];
    let field = Field {
        name: "min_base",
        label: "Smallest group with figures",
        hint: Some("No figure is about fewer people than this. It can be raised later, never lowered."),
        error: problems.on("min_base"),
        ..Field::default()
    };
    let own = Field {
        name: "min_base_own",
        label: "If another: how many",
        error: problems.on("min_base_own"),
        ..Field::default()
    };
    html! { (ui::radios(&field, &choices)) (ui::text_input(&own, &number(form, "min_base_own", Some("people")))) }
}

fn closing(form: &Fields, problems: &Problems) -> Markup {
    let choice = |value, label| Choice { value, label, is_chosen: form.get("closing") == value, ..Choice::default() };
    let choices =
        [choice("rolling", "No: it goes on until you close it"), choice("date", "Yes, on a day that is set now")];
    let field = Field { name: "closing", label: "Does it end by itself?", ..Field::default() };
    let last = Field {
        name: "closes_on",
        label: "If it does: the last day",
        hint: Some("On which an invitation can be taken up. Whoever has begun by then has a week more."),
        error: problems.on("closes_on"),
        ..Field::default()
    };
    let input = Input { kind: "date", value: form.get("closes_on"), autocomplete: Some("off"), ..Input::default() };
    html! { (ui::radios(&field, &choices)) (ui::text_input(&last, &input)) }
}

fn reminders(form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let hint = "They go out when you send them, to whoever has neither taken up nor declined the offer.";
    html! {
        (ui::text_input(
            &field("reminder_limit", "Reminders to one person at most", Some(hint)),
            &number(form, "reminder_limit", None),
        ))
        (ui::text_input(
            &field("reminder_days", "Days between them at least", None),
            &number(form, "reminder_days", Some("days")),
        ))
    }
}

fn cases(form: &Fields, problems: &Problems) -> Markup {
    let field =
        |name, label, hint| Field { name, label, hint: Some(hint), error: problems.on(name), ..Field::default() };
    html! {
        (ui::text_input(
            &field(
                "offer_days",
                "If interviews are offered: days in which an interviewer takes a case",
                "After that it is offered to another.",
            ),
            &number(form, "offer_days", Some("days")),
        ))
        (ui::text_input(
            &field(
                "contact_days",
                "If interviews are offered: days after which contact details are erased",
                "If no interview was held by then. The person can ask again.",
            ),
            &number(form, "contact_days", Some("days")),
        ))
    }
}

fn number<'a>(form: &'a Fields, name: &str, unit: Option<&'a str>) -> Input<'a> {
    Input {
        value: form.get(name),
        inputmode: Some("numeric"),
        width: Some(4),
        unit,
        autocomplete: Some("off"),
        ..Input::default()
    }
}
