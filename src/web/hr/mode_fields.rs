//! The fields by which the ways to take part are chosen, for a new campaign and
//! for one that runs.

use crate::app::App;
use crate::campaign::{Mode, OfferedMode, Problem};
use crate::staff::interviewer;
use crate::web::auth::HrUser;
use crate::web::problems::Problems;
use crate::web::ui::{self, Choice, Field, Input};
use crate::web::{Error, Fields};
use maud::{Markup, html};

/// For which interviews the organisation has somebody.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Serving {
    independent: bool,
    own: bool,
}

impl Serving {
    fn has_one_for(self, mode: Mode) -> bool {
        match mode {
            Mode::Online => true,
            Mode::Independent => self.independent,
            Mode::Hr => self.own,
        }
    }
}

/// Who could be given a case, before anybody passes one on or declares anything.
pub(super) async fn serving(app: &App, user: &HrUser) -> Result<Serving, Error> {
    let organisation = user.organisation_id.clone();
    let all = app.db.read(move |conn| interviewer::serving(conn, &organisation)).await?;
    let (independent, own): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.is_independent());
    Ok(Serving { independent: !independent.is_empty(), own: !own.is_empty() })
}

pub(super) fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Online => "Online",
        Mode::Independent => "Independent interviewer",
        Mode::Hr => "HR, or another post",
    }
}

/// What a mode is called in a campaign: with its post.
pub(super) fn called(mode: &OfferedMode) -> String {
    match &mode.post {
        Some(post) => format!("In-house: {post}"),
        None if mode.mode == Mode::Hr => "In-house: HR".to_owned(),
        None => name(mode.mode).to_owned(),
    }
}

fn field_of(mode: Mode) -> &'static str {
    match mode {
        Mode::Online => "mode_online",
        Mode::Independent => "mode_independent",
        Mode::Hr => "mode_hr",
    }
}

pub(super) fn all(form: &Fields, problems: &Problems, serving: Serving) -> Markup {
    let post = Field {
        name: "post",
        label: "If HR or another post: what the post is called",
        hint: Some("As it stands in a sentence: “the principal social worker”. Empty: HR."),
        error: problems.on("post"),
        ..Field::default()
    };
    html! {
        fieldset.field {
            legend { "How can people take part?" }
            p.hint { "The first is offered first. What is not offered can be switched on later." }
            @for mode in Mode::ALL { (place(mode, form, problems, serving)) }
        }
        (ui::text_input(&post, &Input { value: form.get("post"), autocomplete: Some("off"), ..Input::default() }))
        @if let Some(text) = without_anybody(form, serving) { (ui::warning(html! { p { (text) } })) }
    }
}

fn place(mode: Mode, form: &Fields, problems: &Problems, serving: Serving) -> Markup {
    let name_of = field_of(mode);
    let mut hint = match mode {
        Mode::Online => "Alone, without anyone knowing who it is.",
        Mode::Independent => "Somebody who does not work for you. People are told so.",
        Mode::Hr => "Somebody of your own: confidential, not anonymous. People are told so.",
    }
    .to_owned();
    if !serving.has_one_for(mode) {
        hint += " Nobody does this for you yet: whoever asks for it waits.";
    }
    let choice = |value, label| Choice { value, label, is_chosen: form.get(name_of) == value, ..Choice::default() };
    let field =
        Field { name: name_of, label: name(mode), hint: Some(&hint), error: problems.on(name_of), ..Field::default() };
    ui::select(&field, &[choice("", "Not offered"), choice("1", "First"), choice("2", "Second"), choice("3", "Third")])
}

/// What is chosen and leads to nobody.
fn without_anybody(form: &Fields, serving: Serving) -> Option<String> {
    let nobody: Vec<&str> = read(form).into_iter().filter(|mode| !serving.has_one_for(*mode)).map(name).collect();
    (!nobody.is_empty()).then(|| {
        format!(
            "Nobody holds these interviews for you yet: {}. Whoever asks for one waits until somebody does, or until \
             their details are erased.",
            nobody.join(", ")
        )
    })
}

/// The modes that are on, in the order of their places: where two have the same,
/// in the order of the page.
pub(super) fn read(form: &Fields) -> Vec<Mode> {
    let place = |mode: &Mode| form.get(field_of(*mode)).parse::<u8>().ok();
    let mut chosen: Vec<Mode> = Mode::ALL.into_iter().filter(|mode| place(mode).is_some()).collect();
    chosen.sort_by_key(place);
    chosen
}

/// The fields as they are for these modes.
pub(super) fn filled(modes: &[OfferedMode]) -> Vec<(String, String)> {
    let on = modes.iter().filter(|mode| mode.is_on);
    let mut pairs: Vec<(String, String)> =
        (1..).zip(on).map(|(place, mode): (u8, _)| (field_of(mode.mode).to_owned(), place.to_string())).collect();
    pairs.extend(modes.iter().filter_map(|mode| Some(("post".to_owned(), mode.post.clone()?))));
    pairs
}

/// Our name for a problem's field, as [`Problem::field`] gives it.
pub(super) fn in_form(problem: &Problem) -> &'static str {
    match problem.field() {
        "modes" => field_of(Mode::Online),
        field => field,
    }
}
