//! Answers in words, for the pages that show all of them: the leaver's before
//! sending, the interviewer's to read out, and the one on which a leaver confirms
//! what an interviewer wrote down.

use crate::interview;
use crate::survey::form::{self, FormProblem};
use crate::survey::{Answer, Answers, Code, Lang, Missing, Question, QuestionKind, Section, Survey, journey};
use crate::web::ui::{self, Row};
use maud::{Markup, html};

/// What stands for an answer that there is not.
struct Words {
    not_answered: &'static str,
    not_known: &'static str,
    prefer_not: &'static str,
    not_applicable: &'static str,
    not_asked: &'static str,
}

const EN: Words = Words {
    not_answered: "Not answered",
    not_known: "Do not know",
    prefer_not: "Prefer not to say",
    not_applicable: "Does not apply",
    not_asked: "Not asked",
};

const CY: Words = Words {
    not_answered: "Heb ei ateb",
    not_known: "Ddim yn gwybod",
    prefer_not: "Mae'n well gennyf beidio â dweud",
    not_applicable: "Ddim yn berthnasol",
    not_asked: "Heb ei ofyn",
};

/// What an interviewer has entered comes to. It does not print.
pub struct Interviewed<'a> {
    /// One for every question that was to be asked, but for those in `problems`.
    pub answers: Answers,
    /// What was to be asked, in order.
    pub sections: Vec<(&'a Section, Vec<&'a Question>)>,
    /// What cannot be taken as it is.
    pub problems: Vec<FormProblem>,
}

impl Interviewed<'_> {
    /// How many questions the interviewer did not come to.
    pub fn not_asked(&self) -> usize {
        self.answers.values().filter(|answer| **answer == Answer::Missing(Missing::NotAsked)).count()
    }

    pub fn asked(&self) -> usize {
        self.sections.iter().map(|(_, questions)| questions.len()).sum()
    }
}

impl std::fmt::Debug for Interviewed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interviewed([answers])")
    }
}

/// Reads a draft in the order of the survey: what is to be asked follows from the
/// answers before it. No question has to be answered in an interview; one that has
/// nothing was not asked.
pub fn interviewed<'a>(survey: &'a Survey, draft: &interview::Draft) -> Interviewed<'a> {
    let mut read = Interviewed { answers: Answers::new(), sections: Vec::new(), problems: Vec::new() };
    for section in &survey.sections {
        let questions = journey::asked_questions(section, &read.answers);
        if questions.is_empty() {
            continue;
        }
        let page = draft.pages.get(&section.code).map(Vec::as_slice).unwrap_or_default();
        let (answers, problems) = form::read_interview(&questions, page);
        let is_open =
            |code: &Code| !answers.contains_key(code) && !problems.iter().any(|problem| problem.question == *code);
        let open = questions.iter().map(|question| &question.code).filter(|code| is_open(code));
        read.answers.extend(open.map(|code| (code.clone(), Answer::Missing(Missing::NotAsked))));
        read.answers.extend(answers);
        read.sections.push((section, questions));
        read.problems.extend(problems);
    }
    read
}

/// All that an interviewer wrote down, to be read.
pub fn sections(lang: Lang, interviewed: &Interviewed) -> Markup {
    html! {
        @for (section, questions) in &interviewed.sections {
            h2 { (section.title.get(lang)) }
            (ui::summary_list(&rows(lang, questions, &interviewed.answers)))
        }
    }
}

/// A line for each question, with its answer in words.
pub fn rows(lang: Lang, questions: &[&Question], answers: &Answers) -> Vec<Row> {
    let row = |question: &&Question| Row {
        key: html! { (question.label.get(lang)) },
        value: shown(lang, question, answers.get(&question.code)),
        action: None,
    };
    questions.iter().map(row).collect()
}

/// What is no answer stands back behind those that are.
fn shown(lang: Lang, question: &Question, answer: Option<&Answer>) -> Markup {
    let words = in_words(lang, question, answer);
    match answer {
        None | Some(Answer::Missing(_)) => html! { span.soft { (words) } },
        Some(_) => html! { (words) },
    }
}

fn in_words(lang: Lang, question: &Question, answer: Option<&Answer>) -> String {
    let label = |code: &Code| {
        let choice = question.choices().iter().find(|choice| choice.code == *code);
        choice.map(|choice| choice.label.get(lang).to_owned()).unwrap_or_default()
    };
    match answer {
        None => words(lang).not_answered.to_owned(),
        Some(Answer::One(code)) => label(code),
        // In the order of the page, and not of the codes.
        Some(Answer::Many(codes)) => {
            let chosen = question.choices().iter().filter(|choice| codes.contains(&choice.code));
            chosen.map(|choice| choice.label.get(lang)).collect::<Vec<_>>().join("\n")
        }
        Some(Answer::Rating(n)) => n.to_string(),
        Some(Answer::Number(n)) => match &question.kind {
            QuestionKind::Number { unit, .. } => format!("{n} {}", unit.get(lang)),
            _ => n.to_string(),
        },
        Some(Answer::Month { year, month }) => {
            let months = lang.months();
            let name = usize::from(*month).checked_sub(1).and_then(|at| months.get(at)).unwrap_or(&"");
            format!("{name} {year}")
        }
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Missing(missing)) => missing_in_words(lang, question, *missing),
    }
}

/// In the survey's own words where it has an option for it.
fn missing_in_words(lang: Lang, question: &Question, missing: Missing) -> String {
    let words = words(lang);
    let choice = question.choices().iter().find(|choice| choice.missing == Some(missing));
    let ours = match missing {
        Missing::NotKnown => words.not_known,
        Missing::PreferNotToSay => words.prefer_not,
        Missing::NotApplicable => words.not_applicable,
        Missing::NotAsked => words.not_asked,
    };
    choice.map_or(ours, |choice| choice.label.get(lang)).to_owned()
}

fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Cy => &CY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn exit() -> Survey {
        let source = crate::survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
        crate::survey::parse(source).unwrap().survey
    }

    fn draft(survey: &Survey, question: &Question, value: &str) -> interview::Draft {
        let section = survey.sections.iter().find(|section| section.questions.contains(question)).unwrap();
        let page = vec![(form::field(&question.code), value.to_owned())];
        interview::Draft { pages: [(section.code.clone(), page)].into(), ..interview::Draft::default() }
    }

    #[test]
    fn what_has_no_answer_in_an_interview_was_not_asked_and_nothing_is_required() {
        let survey = exit();
        assert!(survey.questions().any(|question| question.is_required), "else this shows nothing");
        let read = interviewed(&survey, &interview::Draft::default());
        assert!(read.problems.is_empty() && read.asked() > 10);
        assert_eq!(read.not_asked(), read.asked());
        let first = survey.questions().next().unwrap();
        let rows = rows(Lang::Cy, &[first], &read.answers);
        assert!(rows[0].value.0.contains("Heb ei ofyn"), "{}", rows[0].value.0);
    }

    #[test]
    fn refused_not_known_and_not_asked_are_told_apart() {
        let survey = exit();
        let has_options_only = |question: &&Question| question.choices().iter().all(|choice| choice.missing.is_none());
        let question = survey.questions().find(has_options_only).unwrap();
        let said = |missing: &Missing| in_words(Lang::En, question, Some(&Answer::Missing(*missing)));
        let all: BTreeSet<String> = Missing::ALL.iter().map(said).collect();
        assert_eq!(all.len(), Missing::ALL.len());
        let refused = survey.questions().find(|question| question.type_name() == "single").unwrap();
        let read = interviewed(&survey, &draft(&survey, refused, "prefer_not_to_say"));
        assert_eq!(read.answers.get(&refused.code), Some(&Answer::Missing(Missing::PreferNotToSay)));
    }

    #[test]
    fn what_cannot_be_taken_is_a_problem_and_not_a_question_that_was_not_asked() {
        let survey = exit();
        let question = survey.questions().find(|question| question.type_name() == "single").unwrap();
        let read = interviewed(&survey, &draft(&survey, question, "nonesuch"));
        assert_eq!(read.problems.len(), 1);
        assert_eq!(read.answers.get(&question.code), None);
    }
}
