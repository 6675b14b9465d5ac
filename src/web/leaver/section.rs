//! A section's page, and the way from page to page.

use super::draft::{Draft, Reading};
use super::place::{self, Place};
use super::question::{self, Sheet};
use super::refused::{self, Closed};
use super::words::Words;
use super::{backup, begin, check, language, scale};
use crate::app::App;
use crate::id::CampaignId;
use crate::secret::Keys;
use crate::survey::form::FormProblem;
use crate::survey::{Lang, Section, journey};
use crate::ticket::{self, Ticket};
use crate::web::{Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

/// Somebody on the way: what every page has to know.
pub(super) struct Visit<'a> {
    pub keys: &'a Keys,
    pub place: &'a Place,
    pub lang: Lang,
    pub is_https: bool,
    pub draft: Draft,
    /// The page that was sent came without its draft, or with one that is none.
    pub is_lost: bool,
    pub came: Came,
}

/// `POST /answer`: takes over what the page holds, and shows the page that is
/// asked for.
pub(crate) async fn turn(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = enter(&site, &req, &fields).await.map(|place| match fields.get("go") {
        begin::FIRST => first(&site.app, &req, &place, lang, Came::WithTicket),
        _ => Visit::from(&site.app, &req, &place, &fields).turn(&fields),
    });
    refused::or_page(done, &site, &req, lang, &fields)
}

/// How somebody came to their first page of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// We made the ticket from the code, just now, and say so.
    Here,
    /// However they gave it.
    WithTicket,
    /// They are past it.
    Before,
}

/// The place that a page of ours names by its hidden fields. Whoever holds a ticket
/// of ours is not guessing, and is not held up by somebody who does behind the
/// same address.
pub(super) async fn enter(site: &Site, req: &HttpRequest, fields: &Fields) -> Result<Place, Closed> {
    let campaign = CampaignId::claimed(fields.get("campaign"));
    let ticket = Ticket::read(fields.get("ticket"));
    if !ticket.as_ref().is_some_and(|ticket| ticket::is_genuine(&site.app.keys, &campaign, ticket)) {
        refused::may_try(site, req)?;
    }
    place::enter(site, campaign, ticket.ok_or(Closed::NotGood)?).await
}

/// The first page of questions, for whoever just came in: filled in, if this
/// browser was here before.
pub(super) fn first(app: &App, req: &HttpRequest, place: &Place, lang: Lang, came: Came) -> HttpResponse {
    let draft = backup::read(req, &app.keys, place).unwrap_or_default();
    let is_https = app.settings.is_https();
    let visit = Visit { keys: &app.keys, place, lang, is_https, draft, is_lost: false, came };
    let reading = visit.draft.read(&place.survey);
    match reading.sections.first() {
        Some(section) => visit.page(&reading, section, false),
        None => check::page(&visit, &reading),
    }
}

impl<'a> Visit<'a> {
    /// With the draft that the form brought, and the page that it came from.
    /// What later pages held is in the copy, when an older page is sent.
    pub fn from(app: &'a App, req: &HttpRequest, place: &'a Place, fields: &Fields) -> Self {
        let (keys, is_https) = (&app.keys, app.settings.is_https());
        let (draft, copy) = (Draft::open(keys, place, fields.get("state")), backup::read(req, keys, place));
        let is_lost = draft.is_none() && copy.is_none();
        let mut draft = draft.unwrap_or_default();
        draft.add_missing(copy.unwrap_or_default());
        if let Some(section) = section_of(place, fields.get("section")) {
            draft.put(section, fields);
        }
        let came = Came::Before;
        Visit { keys, place, lang: language::of_form(fields), is_https, draft, is_lost, came }
    }

    /// With the draft that the form brought and nothing else: what was shown on it
    /// is what is sent. None: the form has none, or one that is not ours.
    pub fn as_shown(app: &'a App, place: &'a Place, fields: &Fields) -> Option<Self> {
        let draft = Draft::open(&app.keys, place, fields.get("state"))?;
        let (lang, is_https) = (language::of_form(fields), app.settings.is_https());
        Some(Visit { keys: &app.keys, place, lang, is_https, draft, is_lost: false, came: Came::Before })
    }

    fn turn(mut self, fields: &Fields) -> HttpResponse {
        let place = self.place;
        let reading = self.draft.read(&place.survey);
        let here = section_of(place, fields.get("section"));
        let go = fields.get("go");
        if let Some(lang) = go.strip_prefix("lang:").and_then(Lang::from_tag) {
            self.lang = lang;
            return self.at(&reading, here);
        }
        if let Some(section) = go.strip_prefix("change:").and_then(|code| reading.section(code)) {
            return self.page(&reading, section, false);
        }
        if go == "back" {
            let before = journey::previous(&place.survey, &reading.answers, here.map(|section| &section.code));
            return self.at(&reading, before.or(reading.sections.first().copied()));
        }
        match here {
            Some(section) if reading.problems.contains_key(&section.code) => self.page(&reading, section, true),
            _ => self.on(&reading, here),
        }
    }

    /// The page after this one: once all were checked, the next that still has
    /// something to ask.
    fn on(&mut self, reading: &Reading, here: Option<&Section>) -> HttpResponse {
        let next = if self.draft.has_checked {
            let is_open = |section: &&&Section| {
                reading.problems.contains_key(&section.code) || !self.draft.has_seen(&section.code)
            };
            reading.sections.iter().find(is_open).copied()
        } else {
            journey::next(&self.place.survey, &reading.answers, here.map(|section| &section.code))
        };
        match next {
            Some(section) => self.page(reading, section, false),
            None => {
                self.draft.has_checked = true;
                self.check(reading)
            }
        }
    }

    fn at(&self, reading: &Reading, section: Option<&Section>) -> HttpResponse {
        match section {
            Some(section) => self.page(reading, section, false),
            None => check::page(self, reading),
        }
    }

    /// The page of all answers, or the first that needs putting right.
    pub fn check(&self, reading: &Reading) -> HttpResponse {
        let wrong = reading.sections.iter().find(|section| reading.problems.contains_key(&section.code));
        match wrong {
            Some(section) => self.page(reading, section, true),
            None => check::page(self, reading),
        }
    }

    /// A page, and the copy of the draft with it.
    pub fn respond(&self, status: StatusCode, frame: &ui::Frame, body: Markup) -> HttpResponse {
        let mut response = ui::page_response(status, frame, body);
        backup::keep(&mut response, &self.draft, self.keys, self.place, self.is_https);
        response
    }

    /// What all forms of the way carry.
    pub fn hidden(&self) -> Markup {
        html! {
            (ui::hidden("ticket", &self.place.ticket.spell()))
            (ui::hidden("campaign", self.place.campaign.id.as_str()))
            (ui::hidden("lang", self.lang.tag()))
            (ui::hidden("state", &self.draft.seal(self.keys, self.place)))
        }
    }

    /// Below everything: the other languages, and how to stop here.
    pub fn foot(&self, is_first: bool) -> Markup {
        let words = Words::of(self.lang);
        html! {
            details open[is_first] {
                summary { (words.ticket_title) }
                div {
                    p { (words.ticket_text) }
                    p { span.ticket { (self.place.ticket.spell()) } }
                    p { (words.ticket_unsent) }
                }
            }
        }
    }

    /// Buttons to the same page in the other languages. After Continue: whoever
    /// presses Enter in a box means that.
    pub fn languages(&self) -> Markup {
        language::buttons(self.lang, &self.place.survey.languages)
    }

    pub fn lost(&self) -> Markup {
        let words = Words::of(self.lang);
        html! { @if self.is_lost { (ui::warning(html! { h2 { (words.lost_title) } p { (words.lost_text) } })) } }
    }

    fn page(&self, reading: &Reading, section: &Section, shows_problems: bool) -> HttpResponse {
        let none = Vec::new();
        let problems = reading.problems.get(&section.code).filter(|_| shows_problems).unwrap_or(&none);
        let words = Words::of(self.lang);
        let sheet = Sheet { lang: self.lang, words, filled: self.draft.page(&section.code), problems };
        let questions = journey::asked_questions(section, &reading.answers);
        let at = reading.sections.iter().position(|one| one.code == section.code).unwrap_or_default();
        let title = section.title.get(self.lang);
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let answering = (self.came == Came::WithTicket).then_some(&self.place.campaign.id);
        let scripts = answering.iter().map(|_| ui::TICKET.path.as_str()).collect();
        let frame = ui::Frame { lang: self.lang, has_errors: !problems.is_empty(), scripts, ..ui::Frame::new(title) };
        self.respond(
            status,
            &frame,
            html! {
                (ui::error_summary(self.lang, &self.summary(section, problems)))
                (self.lost())
                (ui::progress(&(words.section_of)(at + 1, reading.sections.len()), at, reading.sections.len()))
                h1 data-answering=[answering] { (title) }
                @if self.came == Came::Here { p.soft { (words.ticket.made_here) } }
                @if let Some(help) = &section.help { p.lead { (help.get(self.lang)) } }
                (ui::form("/answer", html! {
                    (self.hidden())
                    (ui::hidden("section", section.code.as_str()))
                    @for group in scale::grouped(&questions) {
                        @match group.as_slice() {
                            [one] => (question::controls(&sheet, one)),
                            many => (scale::grid(&sheet, many)),
                        }
                    }
                    (self.buttons(at == 0))
                }))
                (self.foot(at == 0 && self.draft == Draft::default()))
            },
        )
    }

    fn buttons(&self, is_first: bool) -> Markup {
        let words = Words::of(self.lang);
        let go = |label, value, look| {
            ui::button(&ui::Button { label, name: Some("go"), value: Some(value), look, about: None })
        };
        html! {
            div.buttons {
                (go(words.next, "next", ui::Look::Primary))
                @if !is_first { (go(words.back, "back", ui::Look::Secondary)) }
                (self.languages())
            }
        }
    }

    /// What is wrong, each with the question that it is about.
    fn summary(&self, section: &Section, problems: &[FormProblem]) -> Vec<(String, String)> {
        let words = Words::of(self.lang);
        let of = |problem: &FormProblem| {
            let question = section.questions.iter().find(|question| question.code == problem.question)?;
            let text = format!("{} – {}", question.label.get(self.lang), (words.wrong)(problem.what));
            Some((question::first_field(question), text))
        };
        problems.iter().filter_map(of).collect()
    }
}

fn section_of<'a>(place: &'a Place, code: &str) -> Option<&'a Section> {
    place.survey.sections.iter().find(|section| section.code.as_str() == code)
}
