//! The whole survey as an interviewer has it before them, section by section.

use super::draft;
use super::form_page::button;
use super::sheet_condition;
use super::sheet_question::{self, Asked};
use crate::interview::Draft;
use crate::survey::{Lang, Question, Section, Survey};
use crate::web::answers::Interviewed;
use crate::web::ui::Look;
use maud::{Markup, html};

/// A survey, and what was entered.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub survey: &'a Survey,
    pub lang: Lang,
    pub draft: &'a Draft,
    pub read: &'a Interviewed<'a>,
}

impl<'a> Sheet<'a> {
    /// The questions of a section that are to be asked, as far as is known.
    fn asked(&self, section: &Section) -> &[&'a Question] {
        let found = self.read.sections.iter().find(|(one, _)| one.code == section.code);
        found.map(|(_, questions)| questions.as_slice()).unwrap_or_default()
    }

    /// How many of them have something entered.
    fn done(&self, section: &Section) -> usize {
        let page = draft::page(self.draft, &section.code);
        let has_any = |question: &&&Question| page.iter().any(|(name, _)| draft::is_of(question, name));
        self.asked(section).iter().filter(has_any).count()
    }
}

/// Each section with how much of it is done.
pub(super) fn contents(sheet: &Sheet) -> Markup {
    html! {
        ol {
            @for (at, section) in sheet.survey.sections.iter().enumerate() {
                @let (asked, done) = (sheet.asked(section).len(), sheet.done(section));
                li {
                    a href={ "#s-" (section.code) } {
                        span { (at + 1) }
                        span.title lang=(sheet.lang.tag()) { (section.title.get(sheet.lang)) }
                        span.count data-progress=(section.code) {
                            @if asked == 0 { "not asked" } @else { (done) " of " (asked) }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn sections(sheet: &Sheet) -> Markup {
    html! { @for (at, section) in sheet.survey.sections.iter().enumerate() { (part(sheet, at + 1, section)) } }
}

/// What is wrong, each with the field that it is about.
pub(super) fn problems(sheet: &Sheet) -> Vec<(String, String)> {
    let of = |problem: &crate::survey::form::FormProblem| {
        let question = sheet.survey.question(problem.question.as_str())?;
        let words = sheet_question::wrong_in_words(problem.what);
        Some((sheet_question::first_field(question), format!("{} – {words}", question.label.get(Lang::En))))
    };
    sheet.read.problems.iter().filter_map(of).collect()
}

fn part(sheet: &Sheet, number: usize, section: &Section) -> Markup {
    let (id, title) = (format!("s-{}", section.code), section.title.get(sheet.lang));
    let asked = Asked {
        survey: sheet.survey,
        lang: sheet.lang,
        filled: draft::page(sheet.draft, &section.code),
        problems: &sheet.read.problems,
    };
    html! {
        section.part data-section=(section.code) aria-labelledby=(id)
            data-if=[section.ask_if.as_ref().map(sheet_condition::as_data)] {
            h2 id=(id) tabindex="-1" { (number) ". " span lang=(sheet.lang.tag()) { (title) } }
            @if let Some(condition) = &section.ask_if {
                p.only-if { (sheet_condition::in_words(sheet.survey, condition)) }
            }
            @if let Some(help) = &section.help { p lang=(sheet.lang.tag()) { (help.get(sheet.lang)) } }
            @for question in &section.questions { (sheet_question::question(&asked, question)) }
            div.buttons id={ "end-" (section.code) } {
                (button("Save", &format!("save:{}", section.code), Look::Secondary))
            }
        }
    }
}
