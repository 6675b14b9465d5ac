//! How many took the offer up, and how.

use super::figures;
use super::uptake_words::{self, CAUTION};
use super::words::{as_at, people, show};
use crate::release::Figure;
use crate::release::uptake::{IndependentOption, Interviews, Parts, Uptake};
use crate::report::model::{Block, Look, NOT_PUBLISHED, Section, Span};
use crate::report::view::{self, RowView};

/// What was published of it, a section each.
pub fn sections(uptake: &Uptake) -> Vec<Section> {
    let parts = [
        uptake.by_mode.as_ref().map(by_mode),
        uptake.independent_option.as_ref().map(independent_option),
        uptake.interviews.as_ref().map(interviews),
        uptake.declined_because.as_ref().map(declined_because),
    ];
    parts.into_iter().flatten().collect()
}

/// Of all who were offered an interview, in a sentence.
pub fn sentence(uptake: &Uptake) -> Vec<Span> {
    let count = uptake.taken_up.count;
    vec![
        Span::Strong(view::percent(uptake.taken_up.percent)),
        Span::text(format!(
            " took up the offer and answered: {count} of the {} who were offered an interview{} (95% interval: {}).",
            people(uptake.offered),
            as_at(uptake.as_at),
            view::interval(&uptake.taken_up)
        )),
    ]
}

fn by_mode(parts: &Parts) -> Section {
    let rows = uptake_words::rows(parts, uptake_words::outcome);
    let base = format!("Of the {} who were offered an interview{}.", people(parts.base), as_at(parts.as_at));
    let note = "Counted when the answers are in. Who has begun, or asked for an interview that has not been held, has not answered yet.";
    part(["uptake-modes", "What became of the offer", "Everybody", "Outcome"], base, &rows, note)
}

fn declined_because(parts: &Parts) -> Section {
    let rows = uptake_words::rows(parts, uptake_words::reason);
    let base = format!("Of the {} who declined and said why{}.", people(parts.base), as_at(parts.as_at));
    let note = "Who changed their mind afterwards and took the offer up is still counted with the reason.";
    part(["uptake-declined", "Why people declined", "Who said why", "Reason"], base, &rows, note)
}

fn independent_option(option: &IndependentOption) -> Section {
    let rows = uptake_words::before_and_after(option);
    let base = format!(
        "Uptake among the {} who had been offered an interview before that was an option, and among the {} to whom the \
         offer went out later{}. Here whoever has begun, or asked for an interview, has taken the offer up.",
        people(option.before.offered),
        people(option.after.offered),
        as_at(option.as_at)
    );
    let names = ["uptake-option", "Before and since the independent interviewer", "Took up the offer", "Offered"];
    let mut section = part(names, base, &rows, &uptake_words::comparison(option));
    section.say(Look::Note, CAUTION);
    section
}

fn interviews(held: &Interviews) -> Section {
    let mut section = Section::new("uptake-interviews", "Interviews");
    section.say(Look::Base, format!("{} were held{}.", held.held, as_at(held.as_at)));
    let of = |figure: &Figure| format!("In {} ({})", figure.count, view::percent(figure.percent));
    let read_back = held.read_back.as_ref().map_or_else(|| format!("In how many: {NOT_PUBLISHED},"), of);
    section.say(
        Look::Plain,
        format!(
            "Half of them were held within {} of being asked for (median). {read_back} the person was read, or sent, what \
             was written down before it was handed in.",
            days(held.median_days)
        ),
    );
    section
}

/// Id, title, the table's caption and what its rows are; what they are of; a note.
fn part([id, title, caption, head]: [&str; 4], base: String, rows: &[RowView], note: &str) -> Section {
    let mut section = Section::new(id, title);
    section.say(Look::Base, base);
    let shown: Vec<&RowView> = rows.iter().collect();
    let table = figures::table(&format!("t-{id}"), format!("{title}: table"), [caption, head], &shown, None);
    show(Block::Pair(table, figures::bars(format!("c-{id}"), title, rows.iter())), &mut section);
    section.say(Look::Note, note);
    section
}

fn days(number: u32) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}
