//! A question over time: at each release, and among those who came since the last.

use super::changes::{Change, Changes, changes};
use super::words::minus;
use super::{figures, split};
use crate::release::{Difference, Points};
use crate::report::model::{Block, Body, Cell, Label, Look, Row, Section, Shape, Table};
use crate::report::view::{GroupView, QuestionView};

/// The same question at each release; then those who came since the last beside those
/// before.
pub fn add(question: &QuestionView, release: u32, rows: &[usize], section: &mut Section) {
    section.blocks.push(Block::Table(by_release(question, release, rows)));
    section.say(Look::Note, "Each release counts everybody up to its day, so the later ones hold the earlier.");
    if let Some(changes) = changes(question) {
        let id = format!("t-{}-since", question.code);
        let release = changes.release;
        let label = format!("{}: since release {release}", question.label);
        let caption = format!("Those who answered since release {release}, beside those who had before");
        since(&changes, changes.changes.iter(), [id, label, caption], section);
    }
}

/// So many releases stand beside each other.
const COLUMNS: usize = 4;

fn by_release(question: &QuestionView, release: u32, rows: &[usize]) -> Table {
    let earlier = question.earlier.iter().map(|earlier| (earlier.release, &earlier.total));
    let releases: Vec<(u32, &GroupView)> = earlier.chain([(release, &question.total)]).collect();
    let releases = releases.get(releases.len().saturating_sub(COLUMNS)..).unwrap_or_default();
    let answers = rows.iter().filter_map(|row| question.total.rows.get(*row)).map(|row| {
        let found = |total: &GroupView| total.rows.iter().position(|one| one.code == row.code);
        let cell = |(_, total): &(u32, &GroupView)| figures::row_cell(found(total).and_then(|at| total.rows.get(at)));
        Row::new(Label::new(&row.label), releases.iter().map(cell).collect())
    });
    let bases = Row {
        is_bases: true,
        ..Row::new(Label::new("How many answered"), releases.iter().map(|(_, total)| split::base(total)).collect())
    };
    let favourable = question.has_favourable.then(|| {
        let cells = releases.iter().map(|(_, total)| figures::cell(total.favourable));
        Row::new(Label::new("Favourable answers"), cells.collect())
    });
    let heads = releases.iter().map(|(number, total)| figures::group_label(format!("Release {number}"), total.as_at));
    Table {
        id: format!("t-{}-releases", question.code),
        label: format!("{}: release by release", question.label),
        caption: "Release by release".to_owned(),
        shape: Shape::Split,
        columns: std::iter::once(Label::new("Answer")).chain(heads).collect(),
        bodies: vec![Body { head: None, rows: std::iter::once(bases).chain(answers).collect() }],
        foot: favourable.into_iter().collect(),
    }
}

/// Some of the changes, `[id, label, caption]` of their table, and what to make of them.
pub fn since<'a>(
    all: &Changes,
    some: impl Iterator<Item = &'a Change>,
    [id, label, caption]: [String; 3],
    section: &mut Section,
) {
    let release = all.release;
    let heads = [
        Label::new("Answer"),
        Label::noted(format!("Up to release {release}"), Some(format!("of {}", all.before))),
        Label::noted(format!("Since release {release}"), Some(format!("of {}", all.since))),
        Label::noted("Change", Some("in points".to_owned())),
        Label::new("95% interval"),
    ];
    let bodies = vec![Body { head: None, rows: some.map(row).collect() }];
    let table = Table { id, label, caption, shape: Shape::Split, columns: heads.to_vec(), bodies, foot: Vec::new() };
    section.blocks.push(Block::Table(table));
    section.say(Look::Note, chance(all));
}

fn row(change: &Change) -> Row {
    let Difference { points, low, high } = change.difference;
    let figure = |figure| figures::cell(Some(figure));
    let interval = Cell::number(format!("{} to {}", signed(low), signed(high)));
    let more = change.is_more_than_chance().then(|| "more than chance".to_owned());
    let cells = vec![figure(change.before), figure(change.since), Cell::number(signed(points)), interval.noted(more)];
    Row::new(Label::new(&change.label), cells)
}

fn chance(changes: &Changes) -> String {
    let compared = changes.changes.len();
    let about = compared.div_ceil(20);
    format!(
        "An interval that does not include 0 (Newcombe) is called more than chance. {compared} answers are compared here: \
         where nothing had changed at all, about {about} in {compared} would still look so."
    )
}

/// With its sign as it is printed, a plus too.
pub fn signed(points: Points) -> String {
    let plus = if points.0 > 0 { "+" } else { "" };
    format!("{plus}{}", minus(points))
}
