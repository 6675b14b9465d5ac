//! The form by which a token is made, and what a token was made for in words.

use super::token::HERE;
use crate::campaign::Campaign;
use crate::staff::token::{ApiToken, Problem, Scope};
use crate::web::Fields;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field, Input};
use actix_web::HttpResponse;
use chrono::NaiveDate;
use maud::{Markup, html};

/// Figures of all campaigns, until it is ended.
pub(super) fn defaults() -> Fields {
    Fields::new(vec![("scopes".to_owned(), Scope::Releases.as_str().to_owned())])
}

/// None: no last day. What is no day is one that has been.
pub(super) fn day_or_refused(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    (!text.is_empty()).then(|| day(text).unwrap_or(NaiveDate::MIN))
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

pub(super) fn page(user: &HrUser, form: &Fields, campaigns: &[Campaign], refused: &[Problem]) -> HttpResponse {
    let title = "Make a token";
    let problems = in_form(form, refused);
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let body = html! {
        (problems.summary())
        h1 { (title) }
        (ui::form(HERE, html! {
            (name(form, &problems))
            (scopes(form, &problems))
            (campaign(form, campaigns, &problems))
            (last_day(form, &problems))
            div.buttons {
                (ui::button(&Button { label: "Make the token", ..Button::default() }))
                a href=(HERE) { "Cancel" }
            }
        }))
    };
    ui::page_response(problems.status(), &frame, body)
}

fn in_form(form: &Fields, refused: &[Problem]) -> Problems {
    let mut problems = Problems::default();
    for problem in refused {
        match problem {
            Problem::IsOver if day(form.get("last_day").trim()).is_none() => {
                problems.add(problem.field(), "Enter the last day, or leave it empty");
            }
            _ => problems.add(problem.field(), problem),
        }
    }
    problems
}

fn name(form: &Fields, problems: &Problems) -> Markup {
    let hint = Some("So that you know later which one to end.");
    let field = Field { name: "name", label: "What it is for", hint, error: problems.on("name"), ..Field::default() };
    ui::text_input(&field, &Input { value: form.get("name"), autocomplete: Some("off"), ..Input::default() })
}

fn scopes(form: &Fields, problems: &Problems) -> Markup {
    let choice = |scope: Scope, hint| Choice {
        value: scope.as_str(),
        label: scope.label(),
        hint: Some(hint),
        is_chosen: form.all("scopes").any(|chosen| chosen == scope.as_str()),
        ..Choice::default()
    };
    let choices = [
        choice(Scope::Releases, "For spreadsheets and dashboards: JSON, CSV, XLSX and ODS. Nothing that people wrote."),
        choice(
            Scope::Reports,
            "For a website or an archive: HTML, PDF and DOCX, with the comments that were approved.",
        ),
    ];
    ui::checkboxes(
        &Field { name: "scopes", label: "What it may read", error: problems.on("scopes"), ..Field::default() },
        &choices,
    )
}

fn campaign<'c>(form: &Fields, campaigns: &'c [Campaign], problems: &Problems) -> Markup {
    let chosen = form.get("campaign");
    let all = Choice {
        value: "",
        label: "All campaigns, also those to come",
        is_chosen: chosen.is_empty(),
        ..Choice::default()
    };
    let one = |campaign: &'c Campaign| {
        let (value, label) = (campaign.id.as_str(), campaign.name.as_str());
        Choice { value, label, is_chosen: chosen == value, ..Choice::default() }
    };
    let options: Vec<Choice> = std::iter::once(all).chain(campaigns.iter().map(one)).collect();
    let hint = Some("Of one campaign it reads that one’s figures, and nothing of another beside them.");
    ui::select(
        &Field {
            name: "campaign",
            label: "Of which campaign",
            hint,
            error: problems.on("campaign"),
            ..Field::default()
        },
        &options,
    )
}

fn last_day(form: &Fields, problems: &Problems) -> Markup {
    let field = Field {
        name: "last_day",
        label: "Last day",
        hint: Some("On which it is still good. Left empty, it is good until you end it."),
        error: problems.on("last_day"),
        ..Field::default()
    };
    let input = Input { kind: "date", value: form.get("last_day"), autocomplete: Some("off"), ..Input::default() };
    ui::text_input(&field, &input)
}

/// Figures and papers of Leavers 2026
pub(super) fn said(token: &ApiToken, campaigns: &[Campaign]) -> String {
    let scopes = match (token.scopes.have(Scope::Releases), token.scopes.have(Scope::Reports)) {
        (true, true) => "Figures and papers",
        (false, true) => Scope::Reports.label(),
        _ => Scope::Releases.label(),
    };
    let campaign = token.campaign_id.as_ref().and_then(|id| campaigns.iter().find(|campaign| campaign.id == *id));
    format!("{scopes} of {}", campaign.map_or("all campaigns", |campaign| campaign.name.as_str()))
}
