//! A release with the survey's words beside its codes: what every format renders.

use crate::release::{Cell, Figure, Group, Release, Table, Tenths};
use crate::survey::{Code, Lang, Question, Survey, Text};

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitView {
    pub breakdown: String,
    pub label: String,
    pub groups: Vec<GroupView>,
}

/// The figures of everybody or of one group. A row for every option, whether its
/// figures are published or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    pub code: String,
    pub label: String,
    pub as_at: Option<u32>,
    pub base: Option<u64>,
    pub rows: Vec<RowView>,
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
            total: self.group(everybody, "", "Everybody".to_owned(), &options),
            splits,
        }
    }

    fn split(&self, table: &Table, options: &[(Code, Text, bool)]) -> SplitView {
        let breakdown = table.breakdown.clone().unwrap_or_default();
        let names = self.survey.question(&breakdown).map(Question::cells).unwrap_or_default();
        let groups = table.groups.iter().map(|group| {
            let code = group.group.clone().unwrap_or_default();
            let label = self.option(&names, &code);
            self.group(Some(group), &code, label, options)
        });
        SplitView { label: self.label(&breakdown), groups: groups.collect(), breakdown }
    }

    fn group(&self, group: Option<&Group>, code: &str, label: String, options: &[(Code, Text, bool)]) -> GroupView {
        let base = group.and_then(|group| group.base);
        let published = group.and_then(|group| group.cells.as_ref());
        let row = |(option, _, _): &(Code, Text, bool)| {
            let cell = published.and_then(|cells| cells.iter().find(|cell| cell.option == option.as_str()));
            let figure = cell.and_then(figure);
            RowView {
                code: option.to_string(),
                label: self.option(options, option.as_str()),
                as_at: cell.and_then(|cell| cell.as_at),
                base: figure.and(cell.and_then(|cell| cell.base).or(base)),
                figure,
            }
        };
        GroupView {
            code: code.to_owned(),
            label,
            as_at: group.and_then(|group| group.as_at),
            base,
            rows: options.iter().map(row).collect(),
            favourable: group.and_then(|group| group.favourable),
        }
    }

    fn section(&self, question: &Question) -> String {
        let has = |section: &&crate::survey::Section| section.questions.iter().any(|one| one.code == question.code);
        self.survey.sections.iter().find(has).map(|section| section.title.get(self.lang).to_owned()).unwrap_or_default()
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
