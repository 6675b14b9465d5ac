//! What a mapping file's tables hold, by type; a value of another type is a
//! problem at its place.

use super::map_reader::{Reader, Table, Value};
use crate::survey::problem::{did_you_mean, shown};
use toml::Spanned;
use toml::de::{DeString, DeValue};

impl<'a> Reader<'a> {
    pub fn only_known_keys(&mut self, table: Table<'a>, known: &[&str], what: &str) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let message = format!("{} is not a key of {what}", shown(key.get_ref()));
            self.problems.error(key.span().start, message, did_you_mean(key.get_ref(), known.iter().copied()));
        }
    }

    pub fn string(&mut self, value: Value<'a>, key: &str) -> Option<&'a str> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            _ => self.wrong_type(value, key, "a text in quotation marks"),
        }
    }

    pub fn table(&mut self, value: Value<'a>, key: &str) -> Option<Table<'a>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.wrong_type(value, key, "a table, such as { \"in the file\" = \"in the survey\" }"),
        }
    }

    pub fn array(&mut self, value: Value<'a>, key: &str) -> Vec<Value<'a>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => self.wrong_type(value, key, "a list, such as [\"a\", \"b\"]").unwrap_or_default(),
        }
    }

    /// The tables in a table of tables, with their names; none if it is not there.
    pub fn tables(&mut self, table: Table<'a>, key: &str) -> Vec<(&'a Spanned<DeString<'a>>, Table<'a>)> {
        let Some(all) = table.get(key).and_then(|value| self.table(value, key)) else { return Vec::new() };
        all.iter().filter_map(|(name, value)| Some((name, self.table(value, key)?))).collect()
    }

    /// A list of texts that must be there and not be empty.
    pub fn texts(&mut self, owner: &Spanned<DeString<'a>>, table: Table<'a>, key: &str) -> Vec<String> {
        let items = table.get(key).map(|value| self.array(value, key)).unwrap_or_default();
        let texts: Vec<String> =
            items.into_iter().filter_map(|item| Some(self.string(item, key)?.trim().to_owned())).collect();
        if texts.is_empty() {
            let hint = format!("add {key} = [\"TRUE\"], or what else stands in the file");
            self.problems.error(owner.span().start, format!("the multiple choice has no `{key}`"), hint);
        }
        texts
    }

    /// One of a few words; none if it is not there.
    pub fn one_of<T: Copy>(&mut self, table: Table<'a>, key: &str, known: &[(&'static str, T)]) -> Option<T> {
        let value = table.get(key)?;
        let text = self.string(value, key)?;
        let found = known.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let hint = did_you_mean(text, known.iter().map(|(name, _)| *name));
            self.problems.error(value.span().start, format!("`{key}` cannot be {}", shown(text)), hint);
        }
        found.map(|(_, meant)| *meant)
    }

    fn wrong_type<T>(&mut self, value: Value<'a>, key: &str, wanted: &str) -> Option<T> {
        self.problems.error(value.span().start, format!("`{key}` must be {wanted}"), "");
        None
    }
}
