//! The pages by which workforce figures are uploaded, and looked at once more.

use super::workforce::{HERE, day, words};
use super::workforce_page;
use crate::web::Fields;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Frame, Input};
use crate::workforce::store::Listed;
use crate::workforce::{Measure, Period, Workforce};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

/// Why figures are looked at once more before they are kept.
pub(super) struct Odd {
    pub period: Period,
    pub warnings: Vec<String>,
    /// Those that they would replace.
    pub known: Option<Listed>,
}

impl Odd {
    pub fn is_empty(&self) -> bool {
        self.warnings.is_empty() && self.known.is_none()
    }

    /// What a form says that comes from a page which has shown this.
    pub fn seen(&self) -> String {
        self.known.as_ref().map_or("warnings".to_owned(), |known| known.id.to_string())
    }
}

pub(super) fn page(user: &HrUser, form: &Fields, problems: &Problems) -> HttpResponse {
    let title = "Upload workforce figures";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let body = html! {
        (problems.summary())
        p { a href=(HERE) { "Workforce" } }
        h1 { (title) }
        (columns())
        form method="post" action={ (HERE) "/uploads" } enctype="multipart/form-data" novalidate {
            (dates(form, problems))
            (file(form, problems))
            div.buttons {
                (ui::button(&Button { label: "Upload the figures", ..Button::default() }))
                a href=(HERE) { "Cancel" }
            }
        }
    };
    ui::page_response(problems.status(), &frame, body)
}

fn columns() -> Markup {
    html! {
        p {
            "A CSV file from your spreadsheet: a line for each directorate and role, in numbers, without names. Its first line "
            "names the columns. "
            a href={ (HERE) "/template.csv" } { "An empty file with all columns" }
            "."
        }
        (ui::details("The columns", html! {
            p {
                code { "directorate" } " and " code { "role" } ": one of them or both. Written as in your survey, they stand "
                "beside its figures."
            }
            p { code { "headcount" } ": needed. The others only where you have them: what is missing is left out of the report." }
            ul { @for measure in Measure::ALL { li { code { (measure.as_str()) } ": " (meaning(measure)) } } }
        }))
    }
}

fn meaning(measure: Measure) -> &'static str {
    match measure {
        Measure::Headcount => "people in post at the end of the period",
        Measure::HeadcountStart => {
            "people in post at its start; if it is not there, those at the end without starters and with leavers"
        }
        Measure::Starters => "people who came over the period",
        Measure::Leavers => "people who left over the period",
        Measure::Stayed => "people in post at the start who still were at the end",
        Measure::Fte => "full-time equivalents in post at the end",
        Measure::Vacancies => "vacant posts at the end, in full-time equivalents",
        Measure::Agency => "agency staff at the end, in full-time equivalents",
        Measure::SicknessDays => "working days lost to sickness over the period",
    }
}

fn dates(form: &Fields, problems: &Problems) -> Markup {
    let day = |name, label, hint| {
        let field = Field { name, label, hint, error: problems.on(name), ..Field::default() };
        ui::text_input(
            &field,
            &Input { kind: "date", value: form.get(name), autocomplete: Some("off"), ..Input::default() },
        )
    };
    html! {
        (day("from", "First day of the period", None))
        (day("to", "Last day of the period", Some("Best a whole year: rates are of the period.")))
    }
}

fn file(form: &Fields, problems: &Problems) -> Markup {
    let list = form.get("list");
    let error = problems.on("list").map(|_| "Nothing was kept. Put right what is listed above, here or in your file");
    html! {
        div.field.wrong[problems.on("file").is_some()] {
            label for="f-file" { "File" }
            @if let Some(error) = problems.on("file") { p.error #f-file-error { (error) } }
            input #f-file type="file" name="file" accept=".csv,text/csv,text/plain"
                aria-describedby=[problems.on("file").map(|_| "f-file-error")];
        }
        (ui::text_area(
            &Field { name: "list", label: "Or paste its text", error, ..Field::default() },
            list,
            if list.is_empty() { 4 } else { 16 },
        ))
    }
}

pub(super) fn confirm(user: &HrUser, form: &Fields, odd: &Odd, workforce: &Workforce) -> HttpResponse {
    let title = "Keep these figures?";
    let replace = odd.known.is_some();
    let label = if replace { "Replace what is there" } else { "Keep them as they are" };
    let body = html! {
        h1 { (title) }
        p { strong { (words(odd.period)) } }
        @if let Some(known) = &odd.known {
            (ui::warning(html! {
                p {
                    "There are figures of this period already, uploaded on " (day(known.uploaded_on))
                    ". They would be replaced."
                }
            }))
        }
        @if !odd.warnings.is_empty() {
            p { "This is odd, and may be right all the same: people move between teams." }
            ul { @for warning in &odd.warnings { li { (warning) } } }
        }
        form method="post" action={ (HERE) "/uploads" } enctype="multipart/form-data" novalidate {
            @for name in ["from", "to", "list"] { (ui::hidden(name, form.get(name))) }
            (ui::hidden("seen", &odd.seen()))
            div.buttons {
                (ui::button(&Button { label, ..Button::default() }))
                a href={ (HERE) "/new" } { "Cancel" }
            }
        }
        (workforce_page::figures(workforce))
    };
    let frame = Frame { is_wide: true, ..frame(&user.account, title, HERE) };
    ui::page_response(StatusCode::OK, &frame, body)
}
