//! The form about an interviewer.

use super::account_form;
use crate::id::OrganisationId;
use crate::staff::{Account, Interviewer, Organisation, Role};
use crate::web::Fields;
use crate::web::auth::{AdminUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field};
use actix_web::HttpResponse;
use maud::{Markup, html};

/// What the form is for, and what it offers.
pub(super) enum Form {
    /// A new independent interviewer, and who could be the employer.
    Independent(Vec<Organisation>),
    /// A new one in a post of this organisation.
    Own(Organisation),
    /// One of the pool as they are now.
    Change(Account, Vec<Organisation>),
}

/// The employer that is none of the organisations here.
const NONE_OF_THESE: &str = "none";

impl Form {
    /// Whose interviewer this is to be; none: an independent one.
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Form::Own(organisation) => Some(organisation.id.clone()),
            Form::Independent(_) | Form::Change(..) => None,
        }
    }

    /// The employer that was chosen, or a problem if nothing was: whom somebody
    /// works for is not to be left out by a slip.
    pub fn employer(&self, fields: &Fields, problems: &mut Problems) -> Option<OrganisationId> {
        let chosen = fields.get("employer");
        let known = self.employers()?.iter().find(|employer| employer.id.as_str() == chosen);
        if known.is_none() && chosen != NONE_OF_THESE {
            problems.add("employer", "Choose who employs them, or “None of these”");
        }
        known.map(|employer| employer.id.clone())
    }

    fn employers(&self) -> Option<&[Organisation]> {
        match self {
            Form::Independent(employers) | Form::Change(_, employers) => Some(employers),
            Form::Own(_) => None,
        }
    }

    fn title(&self) -> String {
        match self {
            Form::Independent(_) => "Add an independent interviewer".to_owned(),
            Form::Own(_) => "Add an interviewer".to_owned(),
            Form::Change(account, _) => format!("Change {}", account.name),
        }
    }

    fn action(&self) -> String {
        match self {
            Form::Independent(_) => account_form::create_path(&Role::Interviewer(None)),
            Form::Own(organisation) => account_form::create_path(&Role::Interviewer(Some(organisation.id.clone()))),
            Form::Change(account, _) => format!("/admin/interviewers/{}", account.id),
        }
    }
}

/// The fields as they stand for somebody who is an interviewer already.
pub(super) fn fields_of(known: &Interviewer) -> Fields {
    let employer = known.employer.as_ref().map_or(NONE_OF_THESE, OrganisationId::as_str);
    Fields::new(vec![("about".to_owned(), known.about.clone()), ("employer".to_owned(), employer.to_owned())])
}

pub(super) fn page(user: &AdminUser, form: &Form, fields: &Fields, problems: &Problems) -> HttpResponse {
    let title = form.title();
    let back = account_form::list_path(&Role::Interviewer(form.organisation()));
    let here = if form.organisation().is_some() { "/admin/organisations" } else { "/admin/interviewers" };
    let mut frame = frame(&user.account, &title, here);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let is_new = !matches!(form, Form::Change(..));
    let save = if is_new { "Add the account" } else { "Save" };
    let body = html! {
        (problems.summary())
        h1 { (title) }
        @if let Form::Own(organisation) = form {
            p {
                "For " strong { (organisation.name) } ": they hold its HR interviews, as somebody in a named post. Leavers are "
                "told that these are confidential and not anonymous."
            }
        }
        (ui::form(&form.action(), html! {
            @if is_new { (account_form::name_and_email(fields, problems)) }
            (about(fields.get("about"), problems))
            @if let Some(employers) = form.employers() { (employer(employers, fields, problems)) }
            div.buttons { (ui::button(&Button { label: save, ..Button::default() })) a href=(back) { "Cancel" } }
        }))
    };
    ui::page_response(status, &frame, body)
}

fn about(value: &str, problems: &Problems) -> Markup {
    let hint = "Leavers read this before they choose whom to talk to. For example: “Was a social worker for twenty years, \
                now works for a neighbouring council. Not in anybody’s HR.”";
    let field = Field {
        name: "about",
        label: "Who they are",
        hint: Some(hint),
        error: problems.on("about"),
        ..Field::default()
    };
    ui::text_area(&field, value, 3)
}

fn employer(employers: &[Organisation], fields: &Fields, problems: &Problems) -> Markup {
    let chosen = fields.get("employer");
    let choice = |value, label| Choice { value, label, is_chosen: value == chosen, ..Choice::default() };
    let mut choices = vec![choice("", "Choose..."), choice(NONE_OF_THESE, "None of these")];
    choices.extend(employers.iter().map(|employer| choice(employer.id.as_str(), &employer.name)));
    let field = Field {
        name: "employer",
        label: "Who employs them",
        hint: Some("They are never offered to the organisation that employs them."),
        error: problems.on("employer"),
        ..Field::default()
    };
    ui::select(&field, &choices)
}
