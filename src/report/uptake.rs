//! The first section of a report: how many took the offer up, and how.

use super::chart;
use super::marks::{as_at, hidden, hidden_note, people};
use super::question::figure_table;
use super::uptake_words::{self, CAUTION};
use super::view::{self, RowView};
use crate::release::uptake::{IndependentOption, Interviews, Parts, Uptake};
use crate::release::{Figure, Release};
use maud::{Markup, html};

pub fn section(release: &Release) -> Markup {
    html! {
        section aria-labelledby="uptake" {
            h2 #uptake { "Uptake" }
            @match &release.uptake {
                Some(uptake) => (figures(uptake)),
                None => p { (hidden_note()) },
            }
        }
    }
}

fn figures(uptake: &Uptake) -> Markup {
    html! {
        p.report-figure {
            strong { (view::percent(uptake.taken_up.percent)) }
            " took up the offer and answered: " (uptake.taken_up.count) " of the " (people(uptake.offered))
            " who were offered an interview" (as_at(uptake.as_at)) "."
        }
        p.soft { "95% interval: " (view::interval(&uptake.taken_up)) "." }
        @if let Some(parts) = &uptake.by_mode { (by_mode(parts)) }
        @if let Some(option) = &uptake.independent_option { (independent_option(option)) }
        @if let Some(held) = &uptake.interviews { (interviews(held)) }
        @if let Some(parts) = &uptake.declined_because { (declined_because(parts)) }
    }
}

fn by_mode(parts: &Parts) -> Markup {
    let rows = uptake_words::rows(parts, uptake_words::outcome);
    let base = html! { "Of the " (people(parts.base)) " who were offered an interview" (as_at(parts.as_at)) "." };
    let note = "Counted when the answers are in. Who has begun, or asked for an interview that has not been held, has not answered yet.";
    part(["uptake-modes", "What became of the offer", "Everybody", "Outcome"], &base, &rows, note)
}

fn declined_because(parts: &Parts) -> Markup {
    let rows = uptake_words::rows(parts, uptake_words::reason);
    let base = html! { "Of the " (people(parts.base)) " who declined and said why" (as_at(parts.as_at)) "." };
    let note = "Who changed their mind afterwards and took the offer up is still counted with the reason.";
    part(["uptake-declined", "Why people declined", "Who said why", "Reason"], &base, &rows, note)
}

fn independent_option(option: &IndependentOption) -> Markup {
    let rows = uptake_words::before_and_after(option);
    let (before, after) = (&option.before, &option.after);
    let base = html! {
        "Uptake among the " (people(before.offered)) " who had been offered an interview before that was an option, and "
        "among the " (people(after.offered)) " to whom the offer went out later" (as_at(option.as_at)) ". Here whoever "
        "has begun, or asked for an interview, has taken the offer up."
    };
    let title = "Before and since the independent interviewer";
    html! {
        (part(["uptake-option", title, "Took up the offer", "Offered"], &base, &rows, &uptake_words::comparison(option)))
        p.soft.small { (CAUTION) }
    }
}

fn interviews(held: &Interviews) -> Markup {
    let of = |figure: &Figure| html! { "In " (figure.count) " (" (view::percent(figure.percent)) ")" };
    html! {
        section.report-question aria-labelledby="uptake-interviews" {
            h3 #uptake-interviews { "Interviews" }
            p.report-base { (held.held) " were held" (as_at(held.as_at)) "." }
            p {
                "Half of them were held within " (days(held.median_days)) " of being asked for (median). "
                @match &held.read_back {
                    Some(figure) => (of(figure)),
                    None => { "In how many: " (hidden()) "," },
                }
                " the person was read, or sent, what was written down before it was handed in."
            }
        }
    }
}

/// Id, title, the table's caption and what its rows are; what they are of; a note.
fn part([id, title, caption, head]: [&str; 4], base: &Markup, rows: &[RowView], note: &str) -> Markup {
    let rows: Vec<&RowView> = rows.iter().collect();
    let table_id = format!("t-{id}");
    html! {
        section.report-question aria-labelledby=(id) {
            h3 id=(id) { (title) }
            p.report-base { (base) }
            div.report-pair {
                (figure_table(&format!("{title}: table"), [caption, head], &rows, None, &table_id))
                (chart::bars(title, &rows, &table_id))
            }
            @if rows.iter().any(|row| row.figure.is_none()) { p.soft.small { (hidden_note()) } }
            p.small { (note) }
        }
    }
}

fn days(number: u32) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}
