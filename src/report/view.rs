//! A release with the survey's words beside its codes: what every format renders.

use super::source::Source;
use crate::release::{Cell, Collapsed, Figure, Group, Others, Release, Table, Tenths};
use crate::survey::{Code, Lang, Question, Survey, Text};
use chrono::NaiveDate;

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
    /// Figures of other questions are split by it.
    pub is_breakdown: bool,
    pub total: GroupView,
    /// The same at the campaign's releases before, first to last.
    pub earlier: Vec<EarlierView>,
    pub splits: Vec<SplitView>,
}

/// The figures of everybody as an earlier release has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierView {
    pub release: u32,
    pub as_of: NaiveDate,
    pub total: GroupView,
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
    pub is_favourable: bool,
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

/// All questions of a release in its order, in `lang` where there is a translation;
/// split by the breakdowns that were chosen for the report.
pub fn questions(source: &Source, lang: Lang) -> Vec<QuestionView> {
    let words = Words { survey: source.survey, lang };
    let totals = source.release.tables.iter().filter(|table| table.breakdown.is_none());
    totals
        .map(|total| {
            let splits = source.release.tables.iter().filter(|table| table.question == total.question);
            let mut question = words.question(total, splits.filter(|table| is_chosen(source, table)));
            question.earlier = source
                .earlier
                .iter()
                .filter_map(|release| Some(words.earlier(release, total_of(release, &total.question)?)))
                .collect();
            question
        })
        .collect()
}

/// The table of a question in total.
fn total_of<'a>(release: &'a Release, question: &str) -> Option<&'a Table> {
    release.tables.iter().find(|table| table.question == question && table.breakdown.is_none())
}

/// Whether a split, or both questions of a crossing, are to be shown.
fn is_chosen(source: &Source, table: &Table) -> bool {
    let Some(breakdown) = &table.breakdown else { return false };
    let chosen = source.template.breakdowns.as_ref();
    chosen.is_none_or(|chosen| breakdown.split('*').all(|code| chosen.iter().any(|one| one == code)))
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
            is_breakdown: question.is_some_and(|question| question.is_breakdown),
            total: self.group(everybody, "", vec!["Everybody".to_owned()], &options),
            earlier: Vec::new(),
            splits,
        }
    }

    fn earlier(&self, release: &Release, total: &Table) -> EarlierView {
        let options = self.cells(&total.question);
        EarlierView {
            release: release.number,
            as_of: release.as_of,
            total: self.group(total.groups.first(), "", vec!["Everybody".to_owned()], &options),
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
        let row = |(option, _, is_favourable): &(Code, Text, bool)| {
            let cell = published.iter().find(|cell| cell.option == option.as_str());
            let figure = cell.and_then(figure);
            RowView {
                code: option.to_string(),
                label: self.option(options, option.as_str()),
                is_favourable: *is_favourable,
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
            is_favourable: false,
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

/// A percentage as people read it.
pub fn percent(value: Tenths) -> String {
    format!("{value}%")
}

/// The ends of a figure's interval as people read them.
pub fn interval(figure: &Figure) -> String {
    format!("{} to {}%", figure.low, figure.high)
}
