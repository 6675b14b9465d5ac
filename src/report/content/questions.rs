//! Every question, in the sections of the survey.

use super::{question, scale};
use crate::report::model::{Block, Section};
use crate::report::template::Part;
use crate::report::view::QuestionView;

/// `release` is the number of the report's own.
pub fn part(questions: &[QuestionView], release: u32) -> Section {
    let mut part = Section::new("questions", Part::Questions.title());
    for (number, (title, questions)) in by_section(questions).into_iter().enumerate() {
        let mut section = Section::new(format!("s-{number}"), title);
        let overview = scale::overview(&questions, format!("c-s-{number}"), title);
        section.blocks.extend(overview.map(Block::Chart));
        section.sections = questions.into_iter().map(|one| question::section(one, release)).collect();
        part.sections.push(section);
    }
    part
}

/// Neighbouring questions of one section under its title.
fn by_section(questions: &[QuestionView]) -> Vec<(&str, Vec<&QuestionView>)> {
    let mut sections: Vec<(&str, Vec<&QuestionView>)> = Vec::new();
    for question in questions {
        match sections.last_mut() {
            Some((title, gathered)) if *title == question.section => gathered.push(question),
            _ => sections.push((&question.section, vec![question])),
        }
    }
    sections
}
