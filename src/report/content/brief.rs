//! The first page: five sentences, made from the figures and saying no more than
//! their intervals do, then the numbers.

use super::changes::{Change, Changes, changes};
use super::over_time::{self, signed};
use super::words::{list, people, quoted, sentence, share, share_and_percent};
use super::{answered, figures, top, uptake};
use crate::release::{Figure, Release};
use crate::report::model::{Block, Look, Section, Span};
use crate::report::source::Source;
use crate::report::template::Part;
use crate::report::view::{self, QuestionView, RowView};

/// So many reasons are on the first page.
const TOP: usize = 6;

pub fn part(source: &Source, questions: &[QuestionView]) -> Section {
    let release = source.release;
    let leading = top::leading(questions);
    let changed = leading.and_then(changes);
    let mut part = Section::new("brief", Part::Brief.title());
    let sentences = [
        Some(taken_up(release)),
        leading.and_then(most_named).map(plain),
        favourable(questions).map(plain),
        Some(plain(what_changed(release, leading, changed.as_ref()))),
        Some(plain(answered::caution(release))),
    ];
    part.blocks.push(Block::List(sentences.into_iter().flatten().collect()));
    part.sections.extend(leading.map(reasons));
    if let (Some(question), Some(changes)) = (leading, &changed) {
        part.sections.push(since(question, changes));
    }
    part
}

fn plain(text: String) -> Vec<Span> {
    vec![Span::Text(text)]
}

fn taken_up(release: &Release) -> Vec<Span> {
    match &release.uptake {
        Some(uptake) => uptake::sentence(uptake),
        None => plain(format!(
            "{} answered; how many were offered an interview is not published.",
            sentence(&people(release.base))
        )),
    }
}

/// What was chosen most; in an order only where the intervals hold it.
fn most_named(question: &QuestionView) -> Option<String> {
    let ordered = top::ordered(question);
    let front = top::in_front(&ordered);
    let base = question.total.base?;
    let of = |figure: &Figure| {
        format!("{} ({} of {base}; 95% interval: {})", share_and_percent(figure), figure.count, view::interval(figure))
    };
    let hidden = question.total.rows.len() - ordered.len();
    // One that is not published may have been chosen as often.
    let (among, than) = match hidden {
        0 => ("", "anything else"),
        _ => ("of the answers that are published, ", "any other"),
    };
    Some(match front.as_slice() {
        [] => return None,
        [(row, figure)] if hidden > 0 && ordered.len() == 1 => format!(
            "Asked {}, of the answers only {} is published: {}.",
            quoted(&question.label),
            quoted(&row.label),
            of(figure)
        ),
        [(row, figure)] => format!(
            "Asked {}, {among}more people chose {} than {than}: {}.",
            quoted(&question.label),
            quoted(&row.label),
            of(figure)
        ),
        several if several.len() <= TOP => {
            let named: Vec<String> =
                several.iter().map(|(row, figure)| format!("{} ({}%)", quoted(&row.label), figure.percent)).collect();
            format!(
                "Asked {}, {among}people chose {} most; these intervals overlap, so which of them comes first is not certain.",
                quoted(&question.label),
                list(&named)
            )
        }
        [(row, figure), ..] => format!(
            "Asked {}, {} of people chose {}, but too few have answered to say what was chosen most.",
            quoted(&question.label),
            share_and_percent(figure),
            quoted(&row.label)
        ),
    })
}

/// On which questions more than half, or fewer, answered favourably for certain.
fn favourable(questions: &[QuestionView]) -> Option<String> {
    let asked: Vec<(&QuestionView, Figure)> =
        questions.iter().filter_map(|question| Some((question, question.total.favourable?))).collect();
    let having = |word: fn(&Figure) -> bool| -> Vec<&QuestionView> {
        asked.iter().filter(|(_, figure)| word(figure)).map(|(question, _)| *question).collect()
    };
    match asked.as_slice() {
        [] => None,
        [(question, figure)] => {
            let word = share(figure).map(|word| format!(" ({word})")).unwrap_or_default();
            Some(format!(
                "To {}, {}%{word} answered favourably: {} of {} (95% interval: {}).",
                quoted(&question.label),
                figure.percent,
                figure.count,
                question.total.base.unwrap_or_default(),
                view::interval(figure)
            ))
        }
        several => {
            let (most, fewer) = (having(|figure| figure.low.0 > 500), having(|figure| figure.high.0 < 500));
            let left_open = match several.len() - most.len() - fewer.len() {
                0 => String::new(),
                1 => "; for the other one the interval leaves it open".to_owned(),
                others => format!("; for the other {others} the intervals leave it open"),
            };
            Some(format!(
                "Of {} questions with favourable answers, {} answered favourably by more than half{}, and {} by fewer than \
                 half{}{left_open}.",
                several.len(),
                were(most.len()),
                named(&most),
                how_many(fewer.len()),
                named(&fewer)
            ))
        }
    }
}

fn how_many(questions: usize) -> String {
    if questions == 0 { "none".to_owned() } else { questions.to_string() }
}

fn were(questions: usize) -> String {
    format!("{} {}", how_many(questions), if questions > 1 { "were" } else { "was" })
}

/// Questions by name, if they are few.
fn named(questions: &[&QuestionView]) -> String {
    if questions.is_empty() || questions.len() > 3 {
        return String::new();
    }
    format!(" ({})", list(&questions.iter().map(|question| quoted(&question.label)).collect::<Vec<_>>()))
}

fn what_changed(release: &Release, leading: Option<&QuestionView>, changed: Option<&Changes>) -> String {
    let Some(changes) = changed else {
        return match (release.number, leading) {
            (1, _) => "This is the first release, so there is nothing yet to compare it with.".to_owned(),
            _ => {
                "What has changed since the release before cannot be said: too few have answered since, or the figures \
                  are not published."
                    .to_owned()
            }
        };
    };
    let more: Vec<&Change> = changes.changes.iter().filter(|change| change.is_more_than_chance()).collect();
    let since = format!("Since release {}, {} have answered", changes.release, people(changes.since));
    if more.is_empty() {
        return format!("{since}, and none of their reasons differs from those before by more than chance.");
    }
    let named: Vec<String> = more
        .iter()
        .take(TOP)
        .map(|change| format!("{} ({} points)", quoted(&change.label), signed(change.difference.points)))
        .collect();
    format!("{since}; by more than chance their answers differ from those before in {}.", list(&named))
}

/// The most frequent answers, with their intervals.
fn reasons(question: &QuestionView) -> Section {
    let ordered = top::ordered(question);
    let rows: Vec<&RowView> = ordered.iter().take(TOP).map(|(row, _)| *row).collect();
    let mut section = Section::new("brief-reasons", &question.label);
    let (published, all) = (ordered.len(), question.total.rows.len());
    let rest = all.saturating_sub(rows.len());
    let more = match rest {
        0 => String::new(),
        _ if published < all => {
            format!(" The {} most frequent of the {published} answers that are published, of {all}; ", rows.len())
        }
        _ => format!(" The {} most frequent of {all} answers; ", rows.len()),
    };
    let mut base = vec![Span::text(format!("{}{more}", super::question::base(&question.total)))];
    if rest > 0 {
        base.extend([Span::link("all of them", format!("#q-{}", question.code)), Span::text(".")]);
    }
    section.write(Look::Base, base);
    let label = format!("{}: the most frequent answers", question.label);
    let table = figures::table("t-brief-reasons", label, ["Everybody", "Answer"], &rows, None);
    let what = format!("the most frequent answers to {}", quoted(&question.label));
    let chart = figures::bars("c-brief-reasons".to_owned(), &what, rows.iter().copied());
    section.blocks.push(Block::Pair(table, chart));
    section
}

/// The largest changes of the leading question, those beyond chance first.
fn since(question: &QuestionView, changes: &Changes) -> Section {
    let release = changes.release;
    let mut section = Section::new("brief-since", format!("Since release {release}"));
    let mut largest: Vec<&Change> = changes.changes.iter().collect();
    largest.sort_by_key(|change| (!change.is_more_than_chance(), std::cmp::Reverse(change.difference.points.0.abs())));
    let label = format!("{}: the largest changes since release {release}", question.label);
    let caption = format!("The largest changes in answers to {}", quoted(&question.label));
    let names = ["t-brief-since".to_owned(), label, caption];
    over_time::since(changes, largest.into_iter().take(TOP), names, &mut section);
    section
}
