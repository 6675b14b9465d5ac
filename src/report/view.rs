//! A release with the survey's words beside its codes: what every format renders.

use crate::release::{Cell, Collapsed, Figure, Group, Others, Release, Table, Tenths};
use crate::survey::{Code, Lang, Question, Survey, Text};

/// The code of all who are in no group that is shown: no answer can have it.
pub const OTHERS: &str = "(others)";
/// What they are called where the survey has no name for them.
const ALL_OTHERS: &str = "All others";

/// One question and all its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    pub code: String,
    pub label: String,
    pub kind: String,
    /// The title of the section that it is asked in.
    pub section: String,
    pub has_favourable: bool,
    pub total: GroupView,
    pub splits: Vec<SplitView>,
}

/// A question by the answers to another, or to two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitView {
    pub breakdown: String,
    /// What was asked by whose answers it is split: two where they are crossed.
    pub by: Vec<String>,
    pub groups: Vec<GroupView>,
    /// Everybody in no group that is shown.
    pub others: Option<GroupView>,
}

/// The figures of everybody or of one group. A row for every option, whether its
/// figures are published or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    pub code: String,
    /// The answer, or both answers, that its people gave.
    pub labels: Vec<String>,
    pub as_at: Option<u32>,
    pub base: Option<u64>,
    pub rows: Vec<RowView>,
    /// Rows that stand for several options each.
    pub together: Vec<RowView>,
    pub favourable: Option<Figure>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    pub code: String,
    pub label: String,
    pub as_at: Option<u32>,
    /// What the percentage is of.
    pub base: Option<u64>,
    pub figure: Option<Figure>,
}

impl GroupView {
    pub fn label(&self) -> String {
        self.labels.join(", ")
    }
}

/// All questions of `release` in its order, in `lang` where there is a translation.
pub fn questions(release: &Release, survey: &Survey, lang: Lang) -> Vec<QuestionView> {
    let words = Words { survey, lang };
    let totals = release.tables.iter().filter(|table| table.breakdown.is_none());
    totals
        .map(|total| {
            let splits = release.tables.iter().filter(|table| table.question == total.question);
            words.question(total, splits.filter(|table| table.breakdown.is_some()))
        })
        .collect()
}

struct Words<'a> {
    survey: &'a Survey,
    lang: Lang,
}

impl Words<'_> {
    fn question<'t>(&self, total: &Table, splits: impl Iterator<Item = &'t Table>) -> QuestionView {
        let question = self.survey.question(&total.question);
        let options = question.map(Question::cells).unwrap_or_default();
        let everybody = total.groups.first();
        let splits: Vec<SplitView> = splits.map(|table| self.split(table, &options)).collect();
        QuestionView {
            code: total.question.clone(),
            label: self.label(&total.question),
            kind: total.kind.clone(),
            section: question.map(|question| self.section(question)).unwrap_or_default(),
            has_favourable: !splits.is_empty() && options.iter().any(|(_, _, is_favourable)| *is_favourable)
                || everybody.is_some_and(|group| group.favourable.is_some()),
            total: self.group(everybody, "", vec!["Everybody".to_owned()], &options),
            splits,
        }
    }

    fn split(&self, table: &Table, options: &[(Code, Text, bool)]) -> SplitView {
        let breakdown = table.breakdown.clone().unwrap_or_default();
        let by: Vec<&str> = breakdown.split('*').collect();
        let names: Vec<_> = by.iter().map(|code| self.cells(code)).collect();
        let groups = table.groups.iter().map(|group| {
            let code = group.group.clone().unwrap_or_default();
            let labels = code.split('*').zip(&names).map(|(code, names)| self.option(names, code)).collect();
            self.group(Some(group), &code, labels, options)
        });
        SplitView {
            groups: groups.collect(),
            others: table.others.as_ref().map(|others| self.others(others, &by, options)),
            by: by.iter().map(|code| self.label(code)).collect(),
            breakdown,
        }
    }

    fn group(
        &self,
        group: Option<&Group>,
        code: &str,
        labels: Vec<String>,
        options: &[(Code, Text, bool)],
    ) -> GroupView {
        let base = group.and_then(|group| group.base);
        let published = group.and_then(|group| group.cells.as_deref()).unwrap_or_default();
        let together = group.and_then(|group| group.collapsed.as_deref()).unwrap_or_default();
        GroupView {
            code: code.to_owned(),
            labels,
            as_at: group.and_then(|group| group.as_at),
            base,
            rows: self.rows(published, base, options),
            together: together.iter().map(|several| self.together(several, base, options)).collect(),
            favourable: group.and_then(|group| group.favourable),
        }
    }

    fn others(&self, others: &Others, by: &[&str], options: &[(Code, Text, bool)]) -> GroupView {
        let named = match by {
            [breakdown] => self.survey.question(breakdown).and_then(|question| question.others.as_ref()),
            _ => None,
        };
        GroupView {
            code: OTHERS.to_owned(),
            labels: vec![named.map_or(ALL_OTHERS, |name| name.get(self.lang)).to_owned()],
            as_at: None,
            base: Some(others.base),
            rows: self.rows(&others.cells, Some(others.base), options),
            together: Vec::new(),
            favourable: others.favourable,
        }
    }

    fn rows(&self, published: &[Cell], base: Option<u64>, options: &[(Code, Text, bool)]) -> Vec<RowView> {
        let row = |(option, _, _): &(Code, Text, bool)| {
            let cell = published.iter().find(|cell| cell.option == option.as_str());
            let figure = cell.and_then(figure);
            RowView {
                code: option.to_string(),
                label: self.option(options, option.as_str()),
                as_at: figure.and(cell).and_then(|cell| cell.as_at),
                base: figure.and(cell.and_then(|cell| cell.base).or(base)),
                figure,
            }
        };
        options.iter().map(row).collect()
    }

    fn together(&self, several: &Collapsed, base: Option<u64>, options: &[(Code, Text, bool)]) -> RowView {
        let Collapsed { count, percent, low, high, .. } = *several;
        let labels: Vec<String> = several.options.iter().map(|code| self.option(options, code)).collect();
        let figure = (|| Some(Figure { count: count?, percent: percent?, low: low?, high: high? }))();
        RowView {
            code: several.options.join("+"),
            label: labels.join(" + "),
            as_at: None,
            base: figure.and(base),
            figure,
        }
    }

    fn section(&self, question: &Question) -> String {
        let has = |section: &&crate::survey::Section| section.questions.iter().any(|one| one.code == question.code);
        self.survey.sections.iter().find(has).map(|section| section.title.get(self.lang).to_owned()).unwrap_or_default()
    }

    fn cells(&self, question: &str) -> Vec<(Code, Text, bool)> {
        self.survey.question(question).map(Question::cells).unwrap_or_default()
    }

    /// A question's label; its code, should it be in no survey.
    fn label(&self, question: &str) -> String {
        self.survey.question(question).map_or(question, |question| question.label.get(self.lang)).to_owned()
    }

    fn option(&self, options: &[(Code, Text, bool)], code: &str) -> String {
        let found = options.iter().find(|(option, _, _)| option.as_str() == code);
        found.map_or(code, |(_, label, _)| label.get(self.lang)).to_owned()
    }
}

pub fn figure(cell: &Cell) -> Option<Figure> {
    Some(Figure { count: cell.count?, percent: cell.percent?, low: cell.low?, high: cell.high? })
}

/// The one mark for whatever is not published.
pub const NOT_PUBLISHED: &str = "n/p";

/// A percentage as people read it.
pub fn percent(value: Tenths) -> String {
    format!("{value}%")
}

/// The ends of a figure's interval as people read them.
pub fn interval(figure: &Figure) -> String {
    format!("{} to {}%", figure.low, figure.high)
}
