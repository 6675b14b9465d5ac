//! What a mapping file says about single cells: which values stand for which
//! options, and which are no answer.

use super::map::{Meaning, NoAnswer};
use super::map_reader::{Reader, Table};
use crate::survey::Question;
use crate::survey::problem::{did_you_mean, shown};
use std::collections::BTreeMap;
use toml::de::DeValue;

impl<'a> Reader<'a> {
    /// `values` of a column: the name of a shared list, or a list of its own, or
    /// not there, when cells hold the options' codes.
    pub fn values(&mut self, question: &Question, fields: Table<'a>) -> BTreeMap<String, Meaning> {
        let list = match fields.get("values") {
            None => {
                let codes = question.choices().iter().map(|choice| choice.code.as_str());
                return codes.filter_map(|code| Some((code.to_owned(), self.meaning(question, code, 0)?))).collect();
            }
            Some(value) => match value.get_ref() {
                DeValue::String(name) => {
                    let Some((name, list)) = self.lists.get_key_value(name.as_ref()).map(|(n, l)| (*n, *l)) else {
                        let hint = did_you_mean(name, self.lists.keys().copied());
                        self.problems.error(
                            value.span().start,
                            format!("there is no value list {}", shown(name)),
                            hint,
                        );
                        return BTreeMap::new();
                    };
                    self.used.insert(name);
                    list
                }
                _ => match self.table(value, "values") {
                    Some(list) => list,
                    None => return BTreeMap::new(),
                },
            },
        };
        let mut values = BTreeMap::new();
        for (cell, target) in list {
            let Some(text) = self.string(target, "values") else { continue };
            if let Some(meaning) = self.meaning(question, text, target.span().start)
                && values.insert(cell.get_ref().trim().to_owned(), meaning).is_some()
            {
                self.problems.error(cell.span().start, format!("{} is there twice", shown(cell.get_ref())), "");
            }
        }
        values
    }

    /// What a code stands for: an option of the question, or a reason for there
    /// being no answer.
    pub fn meaning(&mut self, question: &Question, text: &str, at: usize) -> Option<Meaning> {
        if let Some(choice) = question.choices().iter().find(|choice| choice.code.as_str() == text) {
            return Some(choice.missing.map_or_else(|| Meaning::Option(choice.code.clone()), Meaning::Missing));
        }
        match NoAnswer::NAMES.iter().find(|(name, _)| *name == text) {
            Some((_, NoAnswer::Missing(missing))) => Some(Meaning::Missing(*missing)),
            _ => {
                let hint = did_you_mean(text, question.choices().iter().map(|choice| choice.code.as_str()));
                self.problems.error(at, format!("`{}` has no option {}", question.code, shown(text)), hint);
                None
            }
        }
    }

    /// What is missing in every column, and what `missing` of this one adds.
    pub fn missing_here(&mut self, fields: Table<'a>) -> BTreeMap<String, NoAnswer> {
        let mut missing = self.missing.clone();
        missing.extend(self.missing(fields));
        missing
    }

    pub fn missing(&mut self, fields: Table<'a>) -> Vec<(String, NoAnswer)> {
        let Some(table) = fields.get("missing").and_then(|value| self.table(value, "missing")) else {
            return Vec::new();
        };
        let mut missing = Vec::new();
        for (cell, why) in table {
            let Some(text) = self.string(why, "missing") else { continue };
            match NoAnswer::NAMES.iter().find(|(name, _)| *name == text) {
                Some((_, why)) => missing.push((cell.get_ref().trim().to_owned(), *why)),
                None => {
                    let message = format!("{} is no reason for a missing answer", shown(text));
                    self.problems.error(why.span().start, message, did_you_mean(text, NoAnswer::NAMES.map(|(n, _)| n)));
                }
            }
        }
        missing
    }
}
