//! Words for people, in English and other languages.

use super::*;

impl Fields<'_> {
    /// Words for people that must be there.
    pub fn label(&self, reader: &mut Reader, key: &str) -> Option<Text> {
        if !self.has(key) {
            reader.missing(self, key, "the words that people read");
        }
        self.words(reader, key, LABEL_LENGTH)
    }

    /// Words for people: a text, which is English, or a table of languages.
    pub fn words(&self, reader: &mut Reader, key: &str, longest: usize) -> Option<Text> {
        let found = self.get(key)?;
        let text = match found.value {
            DeValue::String(en) => Text { en: reader.prose(found.at, key, en, longest)?, cy: None },
            DeValue::Table(table) => {
                let fields = Fields { table, at: found.at, what: format!("`{key}`") };
                reader.only_known_keys(&fields, &shape::TEXT);
                if !fields.has("en") {
                    reader.missing(&fields, "en", "the English words: everything else falls back on them");
                }
                let mut word = |lang| {
                    let text = fields.string(reader, lang)?;
                    reader.prose(text.at, &format!("{key}.{lang}"), text.value, longest)
                };
                let (en, cy) = (word("en"), word("cy"));
                Text { en: en?, cy }
            }
            other => {
                reader.wrong_kind(found.at, key, "a text, or { en = \"...\", cy = \"...\" }", other);
                return None;
            }
        };
        reader.saw_words(found.at, key, &text);
        Some(text)
    }
}

impl Reader {
    /// Words as they will be shown: trimmed, not empty, not endless, and without
    /// characters that no page shows and that PostgreSQL refuses.
    fn prose(&mut self, at: usize, key: &str, text: &str, longest: usize) -> Option<String> {
        let text = text.trim();
        let length = text.chars().count();
        if text.is_empty() {
            self.problems.error(at, format!("`{key}` is empty"), "write the words that people read, or leave it out");
        } else if length > longest {
            let message = format!("`{key}` has {length} characters; {longest} is the most");
            self.problems.error(at, message, "say it in fewer words, or move some of them to `help`");
        } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.problems.error(at, format!("`{key}` contains a control character"), "remove it");
        } else {
            return Some(text.replace("\r\n", "\n"));
        }
        None
    }
}
