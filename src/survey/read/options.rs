//! Options and points: written in the question, shared in the file, or shipped as
//! a code list.

use super::*;
use crate::survey::answer::Missing;
use shape::Shape;

impl Reader {
    pub(super) fn scales(&mut self, survey: &Fields) {
        for (name, fields) in self.named(survey, "scales", "scale") {
            self.only_known_keys(&fields, &shape::SCALE);
            let points = self.options(&fields, "points", &shape::POINT);
            if let Some(points) = &points
                && !points.iter().any(|point| point.is_favourable)
            {
                let hint = "add favourable = true to the points that are good news: reports add them up";
                self.problems.warning(fields.at, format!("{} has no favourable point", fields.what), hint);
            }
            let value = points.and_then(|points| Some(Scale { code: Code::new(name.value).ok()?, points }));
            self.scales.insert(name.value.to_owned(), Shared { at: name.at, value, is_used: false });
        }
    }

    pub(super) fn lists(&mut self, survey: &Fields) {
        for (name, fields) in self.named(survey, "lists", "list") {
            self.only_known_keys(&fields, &shape::LIST);
            let value = self.options(&fields, "options", &shape::OPTION);
            self.lists.insert(name.value.to_owned(), Shared { at: name.at, value, is_used: false });
        }
    }

    /// The tables of `[key.NAME]`.
    fn named<'a>(&mut self, survey: &Fields<'a>, key: &str, noun: &str) -> Vec<(At<&'a str>, Fields<'a>)> {
        let Some(found) = survey.get(key) else { return Vec::new() };
        let DeValue::Table(table) = found.value else {
            self.wrong_kind(found.at, key, &format!("a table with a name for each {noun}"), found.value);
            return Vec::new();
        };
        let mut named = Vec::new();
        for (name, value) in table.iter() {
            let name = At { value: name.get_ref().as_ref(), at: name.span().start };
            self.as_code(name);
            match value.get_ref() {
                DeValue::Table(table) => {
                    let mut fields = Fields::new(table, name.at, noun);
                    fields.what = format!("the {noun} {}", shown(name.value));
                    named.push((name, fields));
                }
                other => self.wrong_kind(value.span().start, name.value, "a table", other),
            }
        }
        named
    }

    /// The options of `key`, which must be there; none if any is wrong.
    pub(super) fn options(&mut self, fields: &Fields, key: &str, shape: &Shape) -> Option<Vec<Choice>> {
        let noun = shape.name;
        if !fields.has(key) {
            self.missing(fields, key, &format!("a list of {noun}s: [ {{ code = \"...\", label = \"...\" }}, ... ]"));
            return None;
        }
        let tables = fields.tables(self, key, noun)?;
        let place = fields.place(key);
        if tables.len() > MAX_OPTIONS {
            let message = format!("{} has {} {noun}s; {MAX_OPTIONS} is the most", fields.what, tables.len());
            self.problems.error(place, message, "");
            return None;
        }
        let mut seen = Seen::default();
        let choices: Vec<Option<Choice>> = tables.iter().map(|table| self.choice(table, shape, &mut seen)).collect();
        let choices: Vec<Choice> = choices.into_iter().collect::<Option<_>>()?;
        let answers: Vec<&Choice> = choices.iter().filter(|choice| choice.missing.is_none()).collect();
        if answers.len() < 2 {
            let message = format!("{} needs at least two {noun}s to choose from", fields.what);
            self.problems.error(place, message, "those marked `missing` are not answers");
        }
        if !answers.is_empty() && answers.iter().all(|choice| choice.is_favourable) {
            let message = format!("{} has nothing but favourable {noun}s", fields.what);
            self.problems.warning(place, message, "its favourable share will always be 100 %");
        }
        Some(choices)
    }

    fn choice(&mut self, fields: &Fields, shape: &Shape, seen: &mut Seen) -> Option<Choice> {
        self.only_known_keys(fields, shape);
        let code = fields.code(self, "code");
        self.only_once(&mut seen.codes, code.as_ref(), shape.name);
        let label = fields.label(self, "label");
        let missing = self.means_missing(fields);
        let is_favourable = fields.flag(self, "favourable");
        let is_exclusive = fields.flag(self, "exclusive") || missing.is_some();
        if let Some(label) = &label
            && !seen.labels.insert(label.en.to_lowercase())
        {
            let message = format!("{} has the same label as an earlier one", fields.what);
            self.problems.warning(fields.place("label"), message, "nobody can tell them apart");
        }
        if let Some(code) = &code {
            self.missing_is_unambiguous(fields, code, missing, seen);
        }
        if is_favourable && missing.is_some() {
            let message = format!("{} cannot be favourable and missing", fields.what);
            self.problems.error(fields.place("favourable"), message, "what is missing counts nowhere");
        }
        Some(Choice { code: code?.value, label: label?, is_exclusive, is_favourable, missing })
    }

    fn means_missing(&mut self, fields: &Fields) -> Option<Missing> {
        let word = fields.string(self, "missing")?;
        let found = Missing::OF_OPTIONS.into_iter().find(|missing| missing.code() == word.value);
        if found.is_none() {
            let hint = did_you_mean(word.value, Missing::OF_OPTIONS.map(Missing::code));
            self.problems.error(word.at, format!("{} is no reason for a missing answer", shown(word.value)), hint);
        }
        found
    }

    /// Answers at rest keep the reason and not the option: its name must belong to
    /// no other. Official lists have two options for one reason here and there.
    fn missing_is_unambiguous(&mut self, fields: &Fields, code: &At<Code>, missing: Option<Missing>, seen: &mut Seen) {
        let reserved = Missing::OF_OPTIONS.into_iter().find(|reason| reason.code() == code.value.as_str());
        if let Some(reason) = reserved
            && missing != Some(reason)
            && !fields.has("missing")
        {
            let hint = format!("add missing = \"{}\"", reason.code());
            self.problems.error(code.at, format!("`{}` must be marked as missing", code.value), hint);
        } else if let Some(reason) = reserved
            && missing.is_some_and(|missing| missing != reason)
        {
            let message = format!("{} is marked as another reason than its code says", fields.what);
            self.problems.error(fields.place("missing"), message, "give it another code");
        }
        if let Some(missing) = missing
            && !seen.missing.insert(missing)
        {
            let message = format!("an earlier one is marked `{}` already", missing.code());
            self.problems.warning(fields.place("missing"), message, "once answered, nothing tells the two apart");
        }
    }

    /// The choices of a `single` or `multiple` question.
    pub(super) fn choices(&mut self, fields: &Fields) -> Option<Vec<Choice>> {
        let given: Vec<&str> = ["options", "list", "code_list"].into_iter().filter(|key| fields.has(key)).collect();
        match given.as_slice() {
            ["list"] => self.options_of_list(fields),
            ["code_list"] => self.options_of_code_list(fields),
            ["options"] => self.options(fields, "options", &shape::OPTION),
            [] => self.options(fields, "options", &shape::OPTION),
            [.., second] => {
                let message = format!("{} has both `{}`", fields.what, given.join("` and `"));
                self.problems.error(fields.place(second), message, "keep one of them");
                None
            }
        }
    }

    fn options_of_list(&mut self, fields: &Fields) -> Option<Vec<Choice>> {
        let name = fields.string(self, "list")?;
        if let Some(list) = self.lists.get_mut(name.value) {
            list.is_used = true;
            return list.value.clone();
        }
        let hint = did_you_mean(name.value, self.lists.keys().map(String::as_str));
        let hint = if hint.is_empty() { format!("add [lists.{}] with its options", name.value) } else { hint };
        self.problems.error(name.at, format!("the file has no list {}", shown(name.value)), hint);
        None
    }

    fn options_of_code_list(&mut self, fields: &Fields) -> Option<Vec<Choice>> {
        let name = fields.string(self, "code_list")?;
        let Some(list) = codelist::find(name.value) else {
            let hint = did_you_mean(name.value, codelist::all().iter().map(|list| list.name.as_str()));
            self.problems.error(name.at, format!("there is no code list {}", shown(name.value)), hint);
            return None;
        };
        if list.options.iter().any(|choice| choice.label.cy.is_none()) {
            self.untranslated.push((name.at, format!("the code list {}", shown(name.value))));
        }
        Some(list.options.clone())
    }

    pub(super) fn scale(&mut self, fields: &Fields) -> Option<Scale> {
        if !fields.has("scale") {
            self.missing(fields, "scale", "the name of one of the file's [scales.NAME]");
        }
        let name = fields.string(self, "scale")?;
        if let Some(scale) = self.scales.get_mut(name.value) {
            scale.is_used = true;
            return scale.value.clone();
        }
        let hint = did_you_mean(name.value, self.scales.keys().map(String::as_str));
        let hint = if hint.is_empty() { format!("add [scales.{}] with its points", name.value) } else { hint };
        self.problems.error(name.at, format!("the file has no scale {}", shown(name.value)), hint);
        None
    }
}

/// What the options so far have taken.
#[derive(Debug, Default)]
struct Seen {
    codes: BTreeSet<Code>,
    labels: BTreeSet<String>,
    missing: BTreeSet<Missing>,
}
