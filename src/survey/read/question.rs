//! One question: what all types have, and what each has besides.

use super::*;
use crate::survey::model::{Band, MODE, Question};
use shape::Shape;

/// Free text without a `max_length` has this many characters.
pub const DEFAULT_TEXT_LENGTH: i64 = 2_000;
/// Sums and bands of such numbers cannot overflow.
const NUMBERS: i64 = 1_000_000_000;

impl Reader {
    pub(super) fn question(&mut self, fields: &Fields, section: usize) -> Option<Question> {
        let code = fields.code(self, "code");
        let kind = self.question_type(fields);
        self.keys_of_type(fields, kind);
        let label = fields.label(self, "label");
        let help = fields.words(self, "help", PROSE_LENGTH);
        let prompt = fields.words(self, "prompt", PROSE_LENGTH);
        let is_required = fields.flag(self, "required");
        let is_breakdown = fields.flag(self, "breakdown");
        let others = self.others(fields, is_breakdown);
        let ask_if = self.condition(fields, section);
        let kind = kind.and_then(|kind| self.details(fields, kind));
        if is_breakdown && kind.as_ref().is_some_and(|kind| !matches!(kind, QuestionKind::Single { .. })) {
            let hint = "figures can be split by a question of type `single` only";
            self.problems.error(fields.place("breakdown"), format!("{} cannot be a breakdown", fields.what), hint);
        }
        let code = code?;
        if code.value.as_str() == MODE {
            let message = format!("the code `{MODE}` is reserved");
            let hint = "figures can be split by how people answered, online or in an interview: that is its code";
            self.problems.error(code.at, message, hint);
        }
        if self.questions.contains_key(&code.value) {
            let message = format!("the code `{}` is used for an earlier question", code.value);
            self.problems.error(code.at, message, "a code is unique in the whole survey");
        } else {
            self.questions.insert(code.value.clone(), kind.clone());
        }
        let (code, label, kind) = (code.value, label?, kind?);
        Some(Question { code, label, help, prompt, is_required, is_breakdown, others, ask_if, kind })
    }

    fn others(&mut self, fields: &Fields, is_breakdown: bool) -> Option<Text> {
        if fields.has("others") && !is_breakdown {
            let message = format!("`others` says nothing in {}", fields.what);
            let hint = "it names the groups of a breakdown that are too small to be shown: add `breakdown = true`";
            self.problems.error(fields.place("others"), message, hint);
        }
        fields.words(self, "others", LABEL_LENGTH)
    }

    fn question_type(&mut self, fields: &Fields) -> Option<&'static Shape> {
        let names = shape::TYPES.iter().map(|shape| shape.name);
        if !fields.has("type") {
            self.missing(fields, "type", &names.clone().collect::<Vec<_>>().join(", "));
        }
        let name = fields.string(self, "type")?;
        let found = shape::TYPES.iter().find(|shape| shape.name == name.value);
        if found.is_none() {
            let message = format!("there is no type {}", shown(name.value));
            self.problems.error(name.at, message, did_you_mean(name.value, names));
        }
        found
    }

    /// Reports keys that this type does not have; of an unknown type, those that
    /// no type has.
    fn keys_of_type(&mut self, fields: &Fields, kind: Option<&Shape>) {
        for key in fields.keys() {
            let types = || shape::TYPES.iter().filter(|shape| shape.keys.contains(&key.value)).map(|shape| shape.name);
            if shape::QUESTION.keys.contains(&key.value) || kind.is_some_and(|kind| kind.keys.contains(&key.value)) {
                continue;
            }
            match kind {
                None if types().next().is_some() => {}
                Some(kind) if types().next().is_some() => {
                    let message = format!("`{}` does not belong to a question of type `{}`", key.value, kind.name);
                    let hint = format!("it belongs to the type `{}`", types().collect::<Vec<_>>().join("` or `"));
                    self.problems.error(key.at, message, hint);
                }
                _ => {
                    let known = shape::QUESTION.keys.iter().chain(kind.iter().flat_map(|kind| kind.keys));
                    let message = format!("{} has an unknown key {}", fields.what, shown(key.value));
                    self.problems.error(key.at, message, did_you_mean(key.value, known.copied()));
                }
            }
        }
    }

    fn details(&mut self, fields: &Fields, kind: &Shape) -> Option<QuestionKind> {
        match kind.name {
            "single" => {
                let choices = self.choices(fields)?;
                // A shared list may be used by a `multiple` question as well.
                for option in fields.tables(self, "options", "option").unwrap_or_default() {
                    if option.flag(self, "exclusive") {
                        let message = format!("`exclusive` says nothing in {}", option.what);
                        let hint = "only one option can be chosen anyway";
                        self.problems.warning(option.place("exclusive"), message, hint);
                    }
                }
                Some(QuestionKind::Single { choices })
            }
            "multiple" => Some(QuestionKind::Multiple { choices: self.choices(fields)? }),
            "scale" => Some(QuestionKind::Scale { scale: self.scale(fields)? }),
            "rating" => self.rating(fields),
            "number" => self.number(fields),
            "month" => self.month(fields),
            "text" => {
                let length = fields.integer(self, "max_length", 1..=10_000);
                let length = if fields.has("max_length") { length?.value } else { DEFAULT_TEXT_LENGTH };
                Some(QuestionKind::Text { max_length: usize::try_from(length).ok()? })
            }
            _ => None,
        }
    }

    fn rating(&mut self, fields: &Fields) -> Option<QuestionKind> {
        let (low, high) = (fields.label(self, "low"), fields.label(self, "high"));
        let favourable = fields.integer(self, "favourable", 0..=10);
        if let Some(At { value: 0, at }) = favourable {
            self.problems.warning(at, "every rating counts as favourable", "its favourable share will always be 100 %");
        }
        let favourable = favourable.and_then(|least| u8::try_from(least.value).ok());
        Some(QuestionKind::Rating { low: low?, high: high?, favourable })
    }

    fn month(&mut self, fields: &Fields) -> Option<QuestionKind> {
        let from = fields.required_integer(self, "from", 1900..=2100);
        let to = fields.required_integer(self, "to", 1900..=2100);
        let (from, to) = self.in_order(fields, from, to, "from", "to")?;
        Some(QuestionKind::Month { from: i32::try_from(from).ok()?, to: i32::try_from(to).ok()? })
    }

    fn number(&mut self, fields: &Fields) -> Option<QuestionKind> {
        let unit = fields.label(self, "unit");
        let min = fields.required_integer(self, "min", -NUMBERS..=NUMBERS);
        let max = fields.required_integer(self, "max", -NUMBERS..=NUMBERS);
        let bounds = self.in_order(fields, min, max, "min", "max");
        let bands = match fields.tables(self, "bands", "band") {
            Some(tables) if tables.len() > MAX_OPTIONS => {
                let message = format!("{} has {} bands; {MAX_OPTIONS} is the most", fields.what, tables.len());
                self.problems.error(fields.place("bands"), message, "");
                None
            }
            Some(tables) if !tables.is_empty() => self.bands(&tables, bounds),
            _ => {
                let hint = "add bands = [ { code = \"under_5\", label = \"Under 5\", from = 0, to = 4 }, ... ]";
                let message = format!("{} has no bands, so that reports have no table of it", fields.what);
                self.problems.warning(fields.at, message, hint);
                Some(Vec::new())
            }
        };
        let (min, max) = bounds?;
        Some(QuestionKind::Number { unit: unit?, min, max, bands: bands? })
    }

    /// Bands in order that hold every number from `min` to `max` exactly once.
    fn bands(&mut self, tables: &[Fields], bounds: Option<(i64, i64)>) -> Option<Vec<Band>> {
        let mut codes = BTreeSet::new();
        let bands: Vec<Option<Band>> = tables.iter().map(|table| self.band(table, &mut codes)).collect();
        let bands: Vec<Band> = bands.into_iter().collect::<Option<_>>()?;
        let (min, max) = bounds?;
        let mut next = min;
        for (band, table) in bands.iter().zip(tables) {
            if band.from < next {
                let hint = format!("the bands before it, or `min`, end at {}: begin at {next}", next - 1);
                self.problems.error(table.place("from"), format!("{} begins too early", table.what), hint);
            } else if band.from > next {
                let message = format!(
                    "no band holds {}",
                    if band.from - 1 == next { next.to_string() } else { format!("{next} to {}", band.from - 1) }
                );
                self.problems.error(table.place("from"), message, format!("begin {} at {next}", table.what));
            }
            if band.to > max {
                let hint = format!("end at {max}, or raise `max`");
                self.problems.error(table.place("to"), format!("{} ends after `max`", table.what), hint);
            }
            next = next.max(band.to + 1);
        }
        if let Some(last) = tables.last()
            && next <= max
        {
            let message = format!("no band holds {next} to {max}");
            self.problems.error(last.place("to"), message, "add a band, or lower `max`");
        }
        Some(bands)
    }

    fn band(&mut self, fields: &Fields, codes: &mut BTreeSet<Code>) -> Option<Band> {
        self.only_known_keys(fields, &shape::BAND);
        let code = fields.code(self, "code");
        self.only_once(codes, code.as_ref(), "band");
        let label = fields.label(self, "label");
        let from = fields.required_integer(self, "from", -NUMBERS..=NUMBERS);
        let to = fields.required_integer(self, "to", -NUMBERS..=NUMBERS);
        let (from, to) = self.in_order(fields, from, to, "from", "to")?;
        Some(Band { code: code?.value, label: label?, from, to })
    }

    fn in_order(
        &mut self,
        fields: &Fields,
        low: Option<At<i64>>,
        high: Option<At<i64>>,
        low_key: &str,
        high_key: &str,
    ) -> Option<(i64, i64)> {
        let (low, high) = (low?, high?);
        if low.value > high.value {
            let message = format!("`{low_key}` of {} is more than its `{high_key}`", fields.what);
            self.problems.error(low.at, message, "swap them?");
            return None;
        }
        Some((low.value, high.value))
    }
}
