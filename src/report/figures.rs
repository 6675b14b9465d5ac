//! The figures of a release line by line: for programs and spreadsheets. One line is
//! one figure, with its codes and what they are called.

mod beside;
mod workforce;

pub use beside::{RELEASE, SINCE, STAFF};

use super::content::measures::{self, Mean};
use super::content::{comments, top, uptake_words};
use super::source::Source;
use super::template::Part;
use super::view::{self, GroupView, QuestionView};
use crate::comment::{Annex, AnnexQuestion};
use crate::release::uptake::{IndependentOption, Parts, Uptake};
use crate::release::{Difference, Figure, Points, Tenths};
use crate::survey::Lang;
use crate::workforce::Number;

/// All others than groups and options are none, or `""`, where there is nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// None of the parts that are no questions.
    pub question: String,
    pub question_label: String,
    /// A question's type; of uptake, which of its tables.
    pub kind: String,
    pub breakdown: String,
    pub group: String,
    pub group_label: String,
    pub option: String,
    pub option_label: String,
    pub base: Option<u64>,
    pub count: Option<u64>,
    pub share: Option<Share>,
    /// Instead of a count and a base: of full-time equivalents and of days, too.
    pub amount: Option<Amount>,
    pub as_at: Option<u32>,
}

/// What a line says besides a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Percent {
        percent: Tenths,
        low: Tenths,
        high: Tenths,
    },
    /// A percentage of all there are, which has no interval.
    Rate(Tenths),
    /// Percentage points.
    Difference {
        points: Points,
        low: Points,
        high: Points,
    },
    /// Of ratings from 0 to 10.
    Mean {
        mean: Tenths,
        low: Tenths,
        high: Tenths,
    },
}

/// So many, perhaps of so many: with at most two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub number: Number,
    pub of: Option<Number>,
}

/// What stands in the place of an option: no answer can have it.
const MEAN: &str = "(mean)";

/// What stands in the place of a breakdown, for uptake before and since.
const OPTION: &str = "independent_option";

/// Uptake first (where it is published), then every question in total and by
/// each breakdown, then the themes of comments. The groups of a crossing are named
/// after both answers, as `x*y`;
/// all who are in no group that is shown are the group `(others)`. Options that are
/// only shown as one are a line after the others, as `x+y`. All favourable answers
/// together are a line without an option, the mean of ratings one with the option `(mean)`. After a question come
/// its figures at earlier releases, and those of who came since; last, staff and the
/// workforce. Of the parts that were chosen for the paper only.
pub fn figures(source: &Source) -> Vec<Line> {
    let has = |part| source.template.parts.contains(&part);
    let questions = view::questions(source, Lang::En);
    let mut lines = Vec::new();
    if has(Part::Brief) || has(Part::Answered) {
        lines.extend(source.release.uptake.iter().flat_map(uptake));
    }
    if has(Part::Answered) {
        lines.extend(workforce::represented(source, &questions));
    }
    if has(Part::Questions) {
        lines.extend(questions.iter().flat_map(of_question));
    } else if has(Part::Brief) {
        lines.extend(top::leading(&questions).into_iter().flat_map(|question| {
            let total = group(question, "", &question.total);
            total.into_iter().chain(beside::since(question)).collect::<Vec<Line>>()
        }));
    }
    if has(Part::Stayers) {
        lines.extend(beside::staff(source));
    }
    if has(Part::Comments) {
        lines.extend(source.annex.into_iter().flat_map(|annex| themes(annex, source)));
    }
    if has(Part::Workforce) {
        lines.extend(workforce::lines(source));
    }
    lines
}

fn of_question(question: &QuestionView) -> Vec<Line> {
    let mut lines = group(question, "", &question.total);
    for split in &question.splits {
        for one in split.groups.iter().chain(&split.others) {
            lines.extend(group(question, &split.breakdown, one));
        }
    }
    lines.extend(beside::earlier(question));
    lines.extend(beside::since(question));
    lines
}

/// How many comments were read on each question, and how many touch which theme.
fn themes(annex: &Annex, source: &Source) -> Vec<Line> {
    let of = |question: &AnnexQuestion, option: &str, option_label: &str| Line {
        question: question.question.clone(),
        ..line(["comment_themes", comments::label(source.survey, question)], [option, option_label])
    };
    let read = annex.questions.iter().map(|question| Line {
        count: Some(question.read),
        as_at: question.themes.as_ref().and_then(|themes| themes.as_at),
        ..of(question, "read", "Comments that were read")
    });
    let themes = comments::themes(annex).map(|(question, as_at, row)| {
        of(question, &row.code, &row.label).of(row.base, row.figure, row.as_at.or(as_at))
    });
    read.chain(themes).collect()
}

fn uptake(uptake: &Uptake) -> Vec<Line> {
    let whole = line(["uptake", "Uptake"], ["taken_up", "Took up the offer"]);
    let mut lines = vec![whole.of(Some(uptake.offered), Some(uptake.taken_up), uptake.as_at)];
    if let Some(found) = &uptake.by_mode {
        lines.extend(parts(found, ["uptake", "Uptake"], uptake_words::outcome));
    }
    if let Some(option) = &uptake.independent_option {
        lines.extend(before_and_after(option));
    }
    if let Some(held) = &uptake.interviews {
        let names = |option, label| line(["interviews", "Interviews"], [option, label]);
        let number = |line: Line, number: u64| Line { count: Some(number), as_at: held.as_at, ..line };
        lines.push(number(names("held", "Held"), held.held));
        lines.push(names("read_back", "Read back").of(held.read_back.map(|_| held.held), held.read_back, held.as_at));
        lines.push(number(names("median_days", "Days from asking, median"), held.median_days.into()));
    }
    if let Some(found) = &uptake.declined_because {
        lines.extend(parts(found, ["declined_because", "Why people declined"], uptake_words::reason));
    }
    lines
}

/// A line of uptake: which table of it, and what of that.
fn line([kind, question_label]: [&str; 2], [option, option_label]: [&str; 2]) -> Line {
    Line {
        question_label: question_label.to_owned(),
        kind: kind.to_owned(),
        group_label: "Everybody".to_owned(),
        option: option.to_owned(),
        option_label: option_label.to_owned(),
        ..Line::default()
    }
}

fn parts(parts: &Parts, names: [&str; 2], words: fn(&str) -> Option<&'static str>) -> Vec<Line> {
    let rows = uptake_words::rows(parts, words);
    rows.into_iter().map(|row| line(names, [&row.code, &row.label]).of(row.base, row.figure, parts.as_at)).collect()
}

fn before_and_after(option: &IndependentOption) -> Vec<Line> {
    let of = |group: String, label: String| Line {
        breakdown: OPTION.to_owned(),
        group,
        group_label: label,
        ..line(["uptake", "Uptake"], ["taken_up", "Took up the offer"])
    };
    let rows = uptake_words::before_and_after(option);
    let mut lines: Vec<Line> =
        rows.into_iter().map(|row| of(row.code, row.label).of(row.base, row.figure, option.as_at)).collect();
    let Difference { points, low, high } = option.difference;
    let difference = of("difference".to_owned(), "Since less before, in points".to_owned());
    lines.push(Line { share: Some(Share::Difference { points, low, high }), as_at: option.as_at, ..difference });
    lines
}

fn group(question: &QuestionView, breakdown: &str, group: &GroupView) -> Vec<Line> {
    let named = |option: &str, label: &str| Line {
        question: question.code.clone(),
        question_label: question.label.clone(),
        kind: question.kind.clone(),
        breakdown: breakdown.to_owned(),
        group: group.code.clone(),
        group_label: group.label(),
        option: option.to_owned(),
        option_label: label.to_owned(),
        ..Line::default()
    };
    let rows = group.rows.iter().chain(&group.together);
    let row = |row: &view::RowView| named(&row.code, &row.label).of(row.base, row.figure, row.as_at.or(group.as_at));
    let favourable = question
        .has_favourable
        .then(|| named("", "Favourable answers").of(group.favourable.and(group.base), group.favourable, group.as_at));
    let mean = (question.kind == "rating").then(|| {
        let found = measures::mean(group);
        let share = found.map(|Mean { mean, low, high, .. }| Share::Mean { mean, low, high });
        Line {
            base: found.map(|mean| mean.base),
            share,
            as_at: found.and(group.as_at),
            ..named(MEAN, "Mean, of 0 to 10")
        }
    });
    rows.map(row).chain(favourable).chain(mean).collect()
}

impl Line {
    /// What the share is in.
    pub fn unit(&self) -> &'static str {
        match self.share {
            Some(Share::Percent { .. } | Share::Rate(_)) => "percent",
            Some(Share::Difference { .. }) => "points",
            Some(Share::Mean { .. }) => "of 0 to 10",
            None => "",
        }
    }

    fn of(self, base: Option<u64>, figure: Option<Figure>, as_at: Option<u32>) -> Line {
        let share = figure.map(|figure| Share::Percent { percent: figure.percent, low: figure.low, high: figure.high });
        Line { base, count: figure.map(|figure| figure.count), share, as_at: figure.and(as_at), ..self }
    }
}
