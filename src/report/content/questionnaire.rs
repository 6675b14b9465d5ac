//! The annex: what was asked, word for word.

use crate::report::model::{Look, Section, Span};
use crate::survey::{Condition, Lang, Question, QuestionKind, Survey};

pub fn section(survey: &Survey) -> Section {
    let lang = Lang::En;
    let mut annex = Section::new("questionnaire", "What was asked");
    annex.say(Look::Base, survey.title.get(lang));
    for asked in &survey.sections {
        let mut section = Section::new(format!("asked-{}", asked.code), asked.title.get(lang));
        for question in &asked.questions {
            section.write(Look::Plain, words(question, survey));
        }
        annex.sections.push(section);
    }
    annex
}

/// The question, how it is answered, who was asked it, and what could be chosen.
fn words(question: &Question, survey: &Survey) -> Vec<Span> {
    let asked = question.ask_if.as_ref().map(|condition| asked_if(condition, survey));
    vec![
        Span::Strong(question.label.get(Lang::En).to_owned()),
        Span::Text(format!(" ({}){}{}", how(question), asked.unwrap_or_default(), options(question))),
    ]
}

fn options(question: &Question) -> String {
    let labels: Vec<&str> = question.choices().iter().map(|choice| choice.label.get(Lang::En)).collect();
    if labels.is_empty() { String::new() } else { format!(": {}", labels.join("; ")) }
}

fn how(question: &Question) -> String {
    let lang = Lang::En;
    match &question.kind {
        QuestionKind::Single { .. } => "one answer".to_owned(),
        QuestionKind::Multiple { .. } => "several answers".to_owned(),
        QuestionKind::Scale { .. } => "one point of a scale".to_owned(),
        QuestionKind::Rating { low, high, .. } => {
            format!("0, {}, to 10, {}", lower(low.get(lang)), lower(high.get(lang)))
        }
        QuestionKind::Number { unit, min, max, .. } => format!("a number of {}, {min} to {max}", unit.get(lang)),
        QuestionKind::Month { from, to } => format!("a month, {from} to {to}"),
        QuestionKind::Text { .. } => "in one's own words".to_owned(),
    }
}

fn asked_if(condition: &Condition, survey: &Survey) -> String {
    let labels: Vec<String> = condition
        .all
        .iter()
        .filter_map(|clause| survey.question(clause.question.as_str()))
        .map(|question| format!("\u{201c}{}\u{201d}", question.label.get(Lang::En)))
        .collect();
    format!(", asked according to the answer to {}", labels.join(" and "))
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
