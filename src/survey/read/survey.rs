//! The survey itself and its sections.

use super::*;
use crate::survey::model::{Kind, Section};

impl Reader {
    pub(super) fn survey(&mut self, fields: &Fields) -> Option<Survey> {
        self.only_known_keys(fields, &shape::SURVEY);
        let code = fields.code(self, "code");
        let kind = self.kind(fields);
        let minutes = fields.required_integer(self, "minutes", 1..=60);
        let title = fields.label(self, "title");
        let introduction = fields.words(self, "introduction", PROSE_LENGTH);
        self.scales(fields);
        self.lists(fields);
        let sections = self.sections(fields);
        self.unused();
        let languages = self.languages();
        Some(Survey {
            code: code?.value,
            kind: kind?,
            title: title?,
            introduction,
            minutes: u32::try_from(minutes?.value).ok()?,
            languages,
            sections: sections?,
        })
    }

    pub(super) fn code_list(&mut self, fields: &Fields) -> Option<CodeList> {
        self.only_known_keys(fields, &shape::CODE_LIST);
        let mut text = |key| {
            if !fields.has(key) {
                self.missing(fields, key, "a text");
            }
            fields.string(self, key)
        };
        let (name, source) = (text("name"), text("source"));
        let title = fields.label(self, "title");
        let options = self.options(fields, "options", &shape::OPTION);
        Some(CodeList {
            name: name?.value.to_owned(),
            title: title?,
            source: source?.value.to_owned(),
            options: options?,
        })
    }

    fn kind(&mut self, fields: &Fields) -> Option<Kind> {
        if !fields.has("kind") {
            self.missing(fields, "kind", "\"exit\" for leavers, \"retention\" for those who stay");
        }
        let kind = fields.string(self, "kind")?;
        match kind.value {
            "exit" => Some(Kind::Exit),
            "retention" => Some(Kind::Retention),
            other => {
                let hint = did_you_mean(other, ["exit", "retention"]);
                self.problems.error(kind.at, format!("there is no kind {}", shown(other)), hint);
                None
            }
        }
    }

    fn sections(&mut self, survey: &Fields) -> Option<Vec<Section>> {
        let Some(tables) = survey.tables(self, "section", "section") else {
            if !survey.has("section") {
                self.missing(survey, "section", "write [[section]] on a line of its own, and its questions below it");
            }
            return None;
        };
        if tables.len() > MAX_SECTIONS {
            let message = format!("there are {} sections; {MAX_SECTIONS} is the most", tables.len());
            self.problems.error(survey.place("section"), message, "");
            return None;
        }
        let count = self.note_where_questions_are(&tables);
        if count > MAX_QUESTIONS {
            let message = format!("there are {count} questions; {MAX_QUESTIONS} is the most");
            self.problems.error(survey.place("section"), message, "");
            return None;
        }
        if tables.is_empty() {
            self.problems.error(survey.place("section"), "the survey asks nothing", "add a section with a question");
        }
        let mut codes = BTreeSet::new();
        let sections = tables.iter().enumerate().map(|(index, fields)| self.section(fields, index, &mut codes));
        let sections: Vec<Option<Section>> = sections.collect();
        sections.into_iter().collect()
    }

    /// So that a condition can tell a question that comes too late from one that
    /// does not exist. Returns how many questions there are.
    fn note_where_questions_are(&mut self, sections: &[Fields]) -> usize {
        let mut count = 0;
        for (index, section) in sections.iter().enumerate() {
            let Some(At { value: DeValue::Array(questions), .. }) = section.get("question") else { continue };
            count += questions.len();
            for question in questions.iter() {
                let code = question.get_ref().as_table().and_then(|table| table.get("code"));
                if let Some(code) = code.and_then(|code| code.get_ref().as_str()) {
                    self.sections_of.entry(code.to_owned()).or_insert(index);
                }
            }
        }
        count
    }

    fn section(&mut self, fields: &Fields, index: usize, codes: &mut BTreeSet<Code>) -> Option<Section> {
        self.only_known_keys(fields, &shape::SECTION);
        let code = fields.code(self, "code");
        self.only_once(codes, code.as_ref(), "section");
        let title = fields.label(self, "title");
        let help = fields.words(self, "help", PROSE_LENGTH);
        let ask_if = self.condition(fields, index);
        let questions = match fields.tables(self, "question", "question") {
            Some(tables) if !tables.is_empty() => {
                let questions = tables.iter().map(|question| self.question(question, index));
                questions.collect::<Vec<_>>().into_iter().collect()
            }
            _ => {
                if !matches!(fields.get("question"), Some(At { value, .. }) if !value.is_array()) {
                    let hint = "write [[section.question]] on a line of its own, and the question below it";
                    self.problems.error(fields.at, format!("{} asks nothing", fields.what), hint);
                }
                None
            }
        };
        Some(Section { code: code?.value, title: title?, help, ask_if, questions: questions? })
    }
}
