//! The fields of a form that asks for an interview, or changes what was left.

use super::interview_words::{InterviewWords, Suits};
use super::invitation::Invited;
use super::request::{DIRECTORATE, Wrongs, directorates};
use super::ticket_box;
use super::words::Words;
use crate::interview::{Channel, Known};
use crate::survey::{Lang, Question, Survey};
use crate::web::Fields;
use crate::web::ui::{self, Choice, Field, Input};
use maud::{Markup, html};

/// A form being filled in.
pub(super) struct Sheet<'a> {
    pub lang: Lang,
    pub form: &'a Fields,
    pub wrongs: &'a Wrongs,
}

impl Sheet<'_> {
    fn words(&self) -> &'static InterviewWords {
        &Words::of(self.lang).interview
    }

    /// Everything that a request needs.
    pub fn request(&self, survey: &Survey, known: &[Known]) -> Markup {
        html! {
            (self.reaching(false))
            (self.when())
            (self.language())
            (self.needs())
            (self.avoid(known))
            @if let Some(question) = directorates(survey) { (self.directorate(question)) }
        }
    }

    /// The ticket that their browser made: nobody else knows it.
    pub fn ticket(&self, invited: &Invited) -> Markup {
        let error = self.wrongs.on(ticket_box::TICKET, self.words());
        let (hint, value) = (Words::of(self.lang).ticket.ask_hint, self.form.get(ticket_box::TICKET));
        ticket_box::field(invited, self.lang, hint, value, error.as_deref())
    }

    /// What can be changed afterwards.
    pub fn change(&self) -> Markup {
        html! { (self.when()) (self.reaching(true)) (self.needs()) }
    }

    fn reaching(&self, is_change: bool) -> Markup {
        let words = self.words();
        let chosen = self.form.get("channel");
        let as_before = is_change.then(|| Choice {
            value: "",
            label: words.same_channel,
            is_chosen: chosen.is_empty(),
            ..Choice::default()
        });
        let channel = |channel: Channel| Choice {
            value: channel.as_str(),
            label: (words.channel)(channel),
            is_chosen: chosen == channel.as_str(),
            ..Choice::default()
        };
        let channels: Vec<Choice> = as_before.into_iter().chain(Channel::ALL.map(channel)).collect();
        html! {
            (self.line("name", words.name, words.name_hint, Some("nickname")))
            (self.choices(ui::radios, "channel", words.channel_label, None, &channels))
            (self.line("reach", words.reach, words.reach_hint, Some("off")))
        }
    }

    fn when(&self) -> Markup {
        let words = self.words();
        let times = Suits::ALL.map(|suits| Choice {
            value: suits.as_str(),
            label: (words.suits)(suits),
            is_chosen: self.form.all("suits").any(|value| value == suits.as_str()),
            ..Choice::default()
        });
        html! {
            (self.choices(ui::checkboxes, "suits", words.times, None, &times))
            (self.text("times", words.times_else, words.times_hint))
        }
    }

    fn language(&self) -> Markup {
        let chosen = Lang::from_tag(self.form.get("speaks")).unwrap_or(self.lang);
        let langs = Lang::ALL.map(|lang| Choice {
            value: lang.tag(),
            label: lang.name(),
            is_chosen: lang == chosen,
            ..Choice::default()
        });
        self.choices(ui::radios, "speaks", self.words().lang, None, &langs)
    }

    fn needs(&self) -> Markup {
        self.text("access", self.words().access, self.words().access_hint)
    }

    fn avoid(&self, known: &[Known]) -> Markup {
        let words = self.words();
        let names: Vec<Choice> = known
            .iter()
            .map(|one| Choice {
                value: one.account_id.as_str(),
                label: &one.name,
                is_chosen: self.form.all("avoid").any(|id| id == one.account_id.as_str()),
                ..Choice::default()
            })
            .collect();
        html! {
            @if !names.is_empty() {
                (self.choices(ui::checkboxes, "avoid", words.avoid, Some(words.avoid_hint), &names))
            }
        }
    }

    fn directorate(&self, question: &Question) -> Markup {
        let words = self.words();
        let chosen = self.form.get(DIRECTORATE);
        let mut options = vec![Choice { value: "", label: words.rather_not, ..Choice::default() }];
        options.extend(question.choices().iter().filter(|choice| choice.missing.is_none()).map(|choice| Choice {
            value: choice.code.as_str(),
            label: choice.label.get(self.lang),
            is_chosen: chosen == choice.code.as_str(),
            ..Choice::default()
        }));
        let field = Field {
            name: DIRECTORATE,
            label: question.label.get(self.lang),
            hint: Some(words.directorate_hint),
            ..Field::default()
        };
        ui::select(&field, &options)
    }

    fn line(&self, name: &str, label: &str, hint: &str, autocomplete: Option<&str>) -> Markup {
        let error = self.wrongs.on(name, self.words());
        ui::text_input(
            &Field { name, label, hint: Some(hint), error: error.as_deref(), ..Field::default() },
            &Input { value: self.form.get(name), autocomplete, ..Input::default() },
        )
    }

    fn text(&self, name: &str, label: &str, hint: &str) -> Markup {
        let error = self.wrongs.on(name, self.words());
        let field = Field { name, label, hint: Some(hint), error: error.as_deref(), ..Field::default() };
        ui::text_area(&field, self.form.get(name), 3)
    }

    fn choices(
        &self,
        control: fn(&Field, &ui::Options) -> Markup,
        name: &str,
        label: &str,
        hint: Option<&str>,
        options: &[Choice],
    ) -> Markup {
        let error = self.wrongs.on(name, self.words());
        control(&Field { name, label, hint, error: error.as_deref(), ..Field::default() }, options)
    }
}
