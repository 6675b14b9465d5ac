//! The page by which people are added to a campaign.

use super::campaign::HERE;
use super::path;
use crate::campaign::Campaign;
use crate::web::Fields;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input};
use actix_web::HttpResponse;
use maud::{Markup, html};

pub(super) fn page(user: &HrUser, campaign: &Campaign, form: &Fields, problems: &Problems) -> HttpResponse {
    let title = "Add people";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let body = html! {
        (problems.summary())
        p { a href=(path(campaign, "")) { (campaign.name) } }
        h1 { (title) }
        p {
            "Nothing goes out to them until you press Send. Their names and addresses are used for that alone: no answer "
            "is ever kept with them."
        }
        h2 { "A list" }
        (upload_form(campaign, form, problems))
        h2 { "Or one by hand" }
        (person_form(campaign, form, problems))
    };
    ui::page_response(status, &frame, body)
}

fn upload_form(campaign: &Campaign, form: &Fields, problems: &Problems) -> Markup {
    let list = form.get("list");
    let error = problems.on("list").map(|_| "Nobody was added. Put right what is listed above, here or in your file");
    let add = Button { label: "Add these people", ..Button::default() };
    html! {
        p {
            "A CSV file from your spreadsheet. Its first line names the columns: " code { "name" } ", " code { "email" }
            " (an address, or the word " em { "letter" } " for whoever has none) and, if you like, " code { "leaving date" }
            ". Other columns are passed over and not kept."
        }
        form method="post" action=(path(campaign, "/people/uploads")) enctype="multipart/form-data" novalidate {
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
            div.buttons { (ui::button(&add)) }
        }
    }
}

fn person_form(campaign: &Campaign, form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let input = |name| Input { value: form.get(name), autocomplete: Some("off"), ..Input::default() };
    let add = Button { label: "Add this person", ..Button::default() };
    let letter = Some("Or the word “letter” if they have none.");
    ui::form(
        &path(campaign, "/people"),
        html! {
            (ui::text_input(&field("name", "Name", None), &input("name")))
            (ui::text_input(&field("email", "Email address", letter), &input("email")))
            (ui::text_input(
                &field("leaving_on", "Leaving date (optional)", Some("For example, 31/3/2027")),
                &Input { width: Some(12), ..input("leaving_on") },
            ))
            div.buttons { (ui::button(&add)) }
        },
    )
}
